package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list. {@code nextPageToken} absent: the last one. */
public record Page<T>(List<T> items, @Nullable String nextPageToken) {}
