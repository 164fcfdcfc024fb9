package dev.muster.job;

import dev.muster.event.Why;
import dev.muster.quota.name.RoleName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why an attempt failed: the first pod that failed it, where it was a pod, and one sentence for people. */
public record Failure(
        Category category,
        @Nullable RoleName role,
        @Nullable Integer exitCode,
        String message) {
    /** The same for an event, with what becomes different. */
    public Why why(List<String> told) {
        return Why.of(category.name(), message + "; " + String.join("; ", told));
    }

    /** The same for an event. */
    public Why why() {
        return Why.of(category.name(), message);
    }
}
