package dev.muster.access;

import dev.muster.rights.Duty;
import dev.muster.rights.Grant;
import dev.muster.rights.Held;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Rights;
import dev.muster.rights.Scope;
import java.util.Set;

/**
 * Which duties somebody may give and take: operators all; who is an admin of a team or of a queue those of the same kind of
 * scope, within their own. So nobody can give themselves more than they have.
 */
final class Giving {
    private static final Set<Duty> OF_A_TEAM = Set.of(Duty.VIEWER, Duty.SUBMITTER, Duty.TEAM_ADMIN);
    private static final Set<Duty> OF_A_QUEUE = Set.of(Duty.VIEWER, Duty.QUOTA_ADMIN);

    private Giving() {}

    static boolean mayGive(Rights rights, Grant grant) {
        return rights.narrowing() == Narrowing.NONE
                && rights.held().stream().anyMatch(held -> mayGive(held, grant.duty(), grant.scope()));
    }

    private static boolean mayGive(Held held, Duty duty, Scope scope) {
        return switch (held.duty()) {
            case OPERATOR -> true;
            case TEAM_ADMIN ->
                scope.kind() == Scope.Kind.TEAM
                        && OF_A_TEAM.contains(duty)
                        && (held.isEverywhere() || held.scope().equals(scope));
            case QUOTA_ADMIN ->
                scope.kind() == Scope.Kind.QUEUE
                        && OF_A_QUEUE.contains(duty)
                        && (held.isEverywhere() || held.queues().contains(scope.queue()));
            case VIEWER, SUBMITTER, AUDITOR -> false;
        };
    }
}
