package dev.muster.api;

import org.jspecify.annotations.Nullable;

/**
 * A job that a person uses: what its leader serves at {@code port} is shown through the service, first at {@code path} (default
 * {@code /}). A local process serves at the port that {@code MUSTER_PAGE_PORT} tells it.
 */
public record InteractiveSpec(
        @Nullable Integer port, @Nullable String path) {}
