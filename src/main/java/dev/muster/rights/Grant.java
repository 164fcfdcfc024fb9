package dev.muster.rights;

/** A duty that somebody was given, for a scope. */
public record Grant(Subject subject, Duty duty, Scope scope) {
    public Grant {
        if (!duty.goesWith(scope.kind())) {
            throw new IllegalArgumentException("%s cannot be held for %s".formatted(duty, scope));
        }
    }

    /** {@code ana is SUBMITTER for team/vision}. */
    @Override
    public String toString() {
        return "%s is %s for %s".formatted(subject, duty, scope);
    }
}
