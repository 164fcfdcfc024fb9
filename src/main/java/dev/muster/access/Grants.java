package dev.muster.access;

import dev.muster.postgres.GrantStore;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.TeamStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Duty;
import dev.muster.rights.GivenGrant;
import dev.muster.rights.Grant;
import dev.muster.rights.Scope;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives and takes duties. */
@ApplicationScoped
public class Grants {
    private final GrantStore store;
    private final TeamStore teams;
    private final QueueStore queues;
    /** People's days, not those of the virtual clock. */
    private final InstantSource clock = InstantSource.system();

    Grants(GrantStore store, TeamStore teams, QueueStore queues) {
        this.store = store;
        this.teams = teams;
        this.queues = queues;
    }

    /** Those that the actor may see. */
    public List<GivenGrant> seenBy(Actor actor) {
        Sight sight = May.sight(actor.rights(), Verb.LIST, Resource.Kind.GRANT);
        return store.all().stream()
                .filter(given -> sight == null || isIn(sight, given.grant().scope()))
                .toList();
    }

    /** True where the actor may see what is held for the scope. */
    public boolean sees(Actor actor, Scope scope) {
        Sight sight = May.sight(actor.rights(), Verb.LIST, Resource.Kind.GRANT);
        return sight == null || isIn(sight, scope);
    }

    /** True where the actor may give it, and take it. */
    public boolean mayGive(Actor actor, Grant grant) {
        return Giving.mayGive(actor.rights(), grant);
    }

    /** Gives it; null where it was given before: then nothing changes. */
    @Transactional
    public @Nullable GivenGrant give(Actor actor, Grant grant, @Nullable String why) {
        require(actor, Verb.PUT, grant);
        requireScope(grant.scope());
        GivenGrant given = new GivenGrant(grant, actor.name(), clock.instant(), why);
        return store.give(given) ? given : null;
    }

    /** @throws MusterException where it is not there, or is the last of an operator and the actor no other one */
    @Transactional
    public void take(Actor actor, Grant grant) {
        require(actor, Verb.DELETE, grant);
        boolean isLast = grant.duty() == Duty.OPERATOR && store.holders(Duty.OPERATOR) == 1;
        if (store.find(grant) == null) {
            throw MusterException.notFound("grant", grant.toString());
        }
        // With the installation's own token there is always a way back in.
        if (isLast && actor.card() != null) {
            throw MusterException.inUse(
                    "Grant",
                    grant.toString(),
                    "the installation: there is no other operator",
                    "Make somebody else an operator first, or use the installation's own token");
        }
        store.take(grant, actor.name(), clock.instant());
    }

    private static void require(Actor actor, Verb verb, Grant grant) {
        if (!Giving.mayGive(actor.rights(), grant)) {
            throw MusterException.forbidden(actor.name(), verb.name(), "grant " + grant);
        }
    }

    private void requireScope(Scope scope) {
        TeamName team = scope.team();
        if (team != null && teams.find(team).isEmpty()) {
            throw MusterException.notFound("team", team.value());
        }
        QueueName queue = scope.queue();
        if (queue != null && queues.find(queue).isEmpty()) {
            throw MusterException.notFound("queue", queue.value());
        }
    }

    private static boolean isIn(Sight sight, Scope scope) {
        TeamName team = scope.team();
        QueueName queue = scope.queue();
        return (team != null && sight.teams().contains(team))
                || (queue != null && sight.queues().contains(queue));
    }
}
