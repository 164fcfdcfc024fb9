package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address that is told of a job's moves: when it gets into one of the states {@code on}; where none are said, when it has ended. */
public record CallbackSpec(@Nullable String url, @Nullable List<String> on) {}
