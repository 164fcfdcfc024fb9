package dev.muster.job;

import dev.muster.event.Why;
import dev.muster.quota.name.RoleName;
import org.jspecify.annotations.Nullable;

/** Why an attempt failed: the first pod that failed it, where it was a pod, and one sentence for people. */
public record Failure(
        Category category,
        @Nullable RoleName role,
        @Nullable Integer exitCode,
        String message) {
    /** The same for an event. */
    public Why why() {
        return Why.of(category.name(), message);
    }
}
