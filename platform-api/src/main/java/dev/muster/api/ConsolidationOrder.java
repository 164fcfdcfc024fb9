package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Empty these nodes, which are among the proposals; all of those where none is named. {@code why} is told to whoever moves. */
public record ConsolidationOrder(
        @Nullable List<String> nodes, @Nullable String why) {}
