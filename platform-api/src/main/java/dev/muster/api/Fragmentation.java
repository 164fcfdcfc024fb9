package dev.muster.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of the nodes is of no use, against the {@code shapes} of the load of the last 24 hours. {@code nodes} are those of one pool, where
 * it was asked for.
 */
public record Fragmentation(
        Instant at,
        List<PoolPart> pools,
        List<ShapeFit> shapes,
        List<Tail> tails,
        @Nullable List<NodePart> nodes) {
    /** Amounts over the ready nodes of a pool; prices are per hour, absent where the pool has none. */
    public record PoolPart(
            String pool,
            int nodes,
            Map<String, String> allocatable,
            Map<String, String> free,
            Map<String, String> stranded,
            double strandedShare,
            @Nullable Double strandedCost,
            int tails,
            @Nullable Double tailCost) {}

    /**
     * Pods that ask so; {@code share} of the load is such pods, {@code largestGang} of them fits now, quota left aside; {@code advice} by
     * pool: with a little less one more would fit each node.
     */
    public record ShapeFit(
            Map<String, String> pod,
            double share,
            long largestGang,
            Map<String, Long> byPool,
            @Nullable Map<String, String> advice) {}

    /** A node whose only pods are a small remainder of one job; {@code elastic}: they may go without ending its gang. */
    public record Tail(
            String node,
            String pool,
            String job,
            int pods,
            Map<String, String> used,
            double fill,
            boolean elastic,
            @Nullable Double cost) {}

    /** One node; {@code fill} and {@code strandedShare} are the largest part of a resource that is used, and that is stranded. */
    public record NodePart(
            String name,
            boolean ready,
            Map<String, String> used,
            Map<String, String> stranded,
            double fill,
            double strandedShare,
            int pods,
            boolean tail,
            @Nullable Double strandedCost) {}
}
