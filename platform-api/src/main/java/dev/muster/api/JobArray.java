package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs that were submitted as one. {@code state} is OPEN until the newest child of each index has ended, then how they ended together. */
public record JobArray(String kind, Metadata metadata, Spec spec, Status status) {
    public static final String KIND = "JobArray";

    /** How many children, and how many of them at once. */
    public record Spec(int size, @Nullable Integer parallelism) {}

    /** {@code children}: how many indices there are of whose newest job the state is that. */
    public record Status(
            String state,
            Map<String, Long> children,
            Instant submittedAt,
            String submittedBy,
            @Nullable Instant endedAt) {}
}
