package dev.muster.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Children that were asked for, by rising index; at most {@code parallelism} of them at once, null: all may be. */
public record ArrayRequest(List<Integer> indices, @Nullable Integer parallelism) {
    public ArrayRequest {
        indices = List.copyOf(indices);
    }
}
