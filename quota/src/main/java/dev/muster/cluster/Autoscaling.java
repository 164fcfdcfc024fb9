package dev.muster.cluster;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster shows of the autoscaler that makes and removes its nodes. {@code removesAfter}: how long it lets a node stand idle,
 * {@code delaysAreLocal}: a group that asks for nodes does not keep the idle ones of others; null where it does not say.
 */
public record Autoscaling(
        List<IdleNode> idle,
        List<BackOff> backOffs,
        @Nullable Duration removesAfter,
        @Nullable Boolean delaysAreLocal) {
    /** Nothing is known of one. */
    public static final Autoscaling UNKNOWN = new Autoscaling(List.of(), List.of(), null, null);

    /** A node is overdue when it stands idle for so many times the time after which it should go. */
    private static final double OVERDUE = 1.2;

    public Autoscaling {
        idle = List.copyOf(idle);
        backOffs = List.copyOf(backOffs);
    }

    /** A ready node on which nothing runs but what runs on every node; {@code group} as the provider calls it, or empty. */
    public record IdleNode(NodeName node, PoolName pool, String group, Instant since) {}

    /** Nodes of {@code group} did not come; {@code pool} is the one that it belongs to, null where nobody knows. */
    public record BackOff(String group, @Nullable PoolName pool, Instant since, String why) {
        boolean isOf(IdleNode node) {
            return node.pool().equals(pool) || (!node.group().isEmpty() && group.contains(node.group()));
        }
    }

    /** Idle nodes that are kept while nodes of another group do not come: how many of each pool, since when at the latest. */
    public record HeldNodes(SortedMap<PoolName, Integer> nodes, Instant since, BackOff cause) {
        public int count() {
            return nodes.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** With groups of which others know that their nodes did not come. */
    public Autoscaling and(List<BackOff> others) {
        return new Autoscaling(
                idle, Stream.concat(backOffs.stream(), others.stream()).toList(), removesAfter, delaysAreLocal);
    }

    /**
     * Idle nodes that should have gone by now, and are kept by the launches of another group that fail: an autoscaler with one delay
     * for all begins it anew with each try. {@code removable}: how many nodes of a pool may go at all; {@code usual}: how long nodes
     * stand idle where the autoscaler does not say it.
     */
    public Optional<HeldNodes> held(Map<PoolName, Integer> removable, Duration usual, Instant now) {
        if (Boolean.TRUE.equals(delaysAreLocal)) {
            return Optional.empty();
        }
        Duration after = removesAfter == null ? usual : removesAfter;
        Instant overdueSince = now.minusMillis((long) (after.toMillis() * OVERDUE));
        return backOffs.stream()
                .sorted(Comparator.comparing(BackOff::since).thenComparing(BackOff::group))
                .flatMap(backOff -> heldBy(backOff, removable, overdueSince).stream())
                .findFirst();
    }

    private Optional<HeldNodes> heldBy(BackOff backOff, Map<PoolName, Integer> removable, Instant overdueSince) {
        SortedMap<PoolName, Integer> counts = new TreeMap<>();
        Instant since = null;
        for (IdleNode node : idle) {
            int most = removable.getOrDefault(node.pool(), 0);
            if (!node.since().isAfter(overdueSince)
                    && !backOff.isOf(node)
                    && counts.getOrDefault(node.pool(), 0) < most) {
                counts.merge(node.pool(), 1, Integer::sum);
                since = since == null || node.since().isBefore(since) ? node.since() : since;
            }
        }
        return since == null ? Optional.empty() : Optional.of(new HeldNodes(counts, since, backOff));
    }
}
