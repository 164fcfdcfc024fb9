package dev.muster.rights;

import java.util.EnumSet;
import java.util.Set;

/** What somebody is there for, and may do therefore. What that is stands in one table, {@code access.DutyTable}. */
public enum Duty {
    /** Looks. */
    VIEWER(Scope.Kind.EVERYTHING, Scope.Kind.TEAM, Scope.Kind.QUEUE),
    /** Submits jobs and schedules for a team, and steers its jobs. */
    SUBMITTER(Scope.Kind.EVERYTHING, Scope.Kind.TEAM),
    /** Submits, and says who else may in the team. */
    TEAM_ADMIN(Scope.Kind.EVERYTHING, Scope.Kind.TEAM),
    /** Shares out what a queue has among those below it. */
    QUOTA_ADMIN(Scope.Kind.EVERYTHING, Scope.Kind.QUEUE),
    /** Runs the installation: may do everything. */
    OPERATOR(Scope.Kind.EVERYTHING),
    /** Looks at everything, the record of changes too, and changes nothing. */
    AUDITOR(Scope.Kind.EVERYTHING);

    private final Set<Scope.Kind> scopes;

    Duty(Scope.Kind first, Scope.Kind... others) {
        scopes = EnumSet.of(first, others);
    }

    /** True where the duty can be held for such a scope: an operator of one team would be no operator. */
    public boolean goesWith(Scope.Kind scope) {
        return scopes.contains(scope);
    }
}
