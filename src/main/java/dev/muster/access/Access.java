package dev.muster.access;

import dev.muster.problem.MusterException;
import jakarta.enterprise.context.ApplicationScoped;

/** The one question that every call passes: docs/rights.md has the table. */
@ApplicationScoped
public class Access {

    public boolean may(Actor actor, Verb verb, Resource resource) {
        return May.may(actor.rights(), verb, resource);
    }

    /** @throws MusterException where the actor is not known, or may not */
    public void require(Actor actor, Verb verb, Resource resource) {
        if (may(actor, verb, resource)) {
            return;
        }
        if (actor.kind() == Actor.Kind.NOBODY) {
            throw MusterException.unauthenticated("No valid token or session came with the request");
        }
        throw MusterException.forbidden(actor.name(), verb.name(), resource.toString());
    }
}
