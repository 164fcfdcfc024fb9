package dev.muster.access;

import dev.muster.problem.MusterException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;

/** The one question that every call passes: docs/rights.md has the table. */
@ApplicationScoped
public class Access {
    private static final Set<Verb> LOOK = Set.of(Verb.LIST, Verb.READ);

    /** Kinds of things that are not there for who may not look at them. */
    private static final Set<Resource.Kind> OF_SOMEBODY =
            Set.of(Resource.Kind.QUEUE, Resource.Kind.JOB, Resource.Kind.SCHEDULE);

    public boolean may(Actor actor, Verb verb, Resource resource) {
        // Who they are, somebody may know who holds nothing yet: it is how they learn that.
        boolean known = actor.kind() != Actor.Kind.NOBODY && LOOK.contains(verb);
        return (known && resource.kind() == Resource.Kind.ONESELF) || May.may(actor.rights(), verb, resource);
    }

    /** True where there may be a thing of the kind that the actor may do it with. */
    public boolean maySomewhere(Actor actor, Verb verb, Resource.Kind kind) {
        return May.maySomewhere(actor.rights(), verb, kind);
    }

    /**
     * Asked before anything is looked up: the answer is the same whether or not there is such a thing.
     *
     * @throws MusterException where the actor is not known, may not, or may not know that there is such a thing
     */
    public void require(Actor actor, Verb verb, Resource resource) {
        if (may(actor, verb, resource)) {
            return;
        }
        if (actor.kind() == Actor.Kind.NOBODY) {
            throw MusterException.unauthenticated("No valid token or session came with the request");
        }
        hide(actor, resource);
        throw MusterException.forbidden(actor.name(), verb.name(), resource.toString());
    }

    private void hide(Actor actor, Resource resource) {
        String team = resource.team();
        if (team != null && !may(actor, Verb.READ, new Resource(Resource.Kind.TEAM, null, team))) {
            throw MusterException.notFound("team", team);
        }
        String name = resource.name();
        if (OF_SOMEBODY.contains(resource.kind()) && name != null && !may(actor, Verb.READ, resource)) {
            throw MusterException.notFound(resource.kind().name().toLowerCase(Locale.ROOT), name);
        }
    }
}
