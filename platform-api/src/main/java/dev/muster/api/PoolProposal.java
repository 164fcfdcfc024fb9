package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool that could be declared for {@code nodes} that belong to none; {@code hint}: what to do before, absent where it can be
 * applied as it is. Without nodes: a group that has none now, and {@code hint} says what its autoscaler does not.
 */
public record PoolProposal(
        Pool pool, List<String> nodes, @Nullable String hint) {}
