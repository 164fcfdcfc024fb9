package dev.muster.api;

import org.jspecify.annotations.Nullable;

/**
 * A job that a person uses: what its leader serves at {@code port} is shown through the service, first at {@code path} (default
 * {@code /}). A local process serves at the port that {@code MUSTER_PAGE_PORT} tells it. {@code keepPath}: it must be told where its
 * addresses begin, which {@code MUSTER_SESSION_PATH} does, and is asked below that; absent: it is asked for what comes after.
 */
public record InteractiveSpec(
        @Nullable Integer port,
        @Nullable String path,
        @Nullable Boolean keepPath) {}
