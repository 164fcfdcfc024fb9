package dev.muster.quota.consolidation;

import dev.muster.quota.fragmentation.Elastic;
import dev.muster.quota.fragmentation.NodeRoom;
import dev.muster.quota.fragmentation.Shape;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.resource.Resources;
import dev.muster.quota.usage.NodePrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes could be empty if their few pods ran on others that are held anyway, the most gainful first. Only pods above a minimum
 * move, or gangs that lie on the node as a whole; each has room elsewhere, so nobody gets smaller for long, and no two proposals count on
 * the same room. Touches nothing.
 */
public final class Consolidation {
    /** Of so many nodes it is found out whether they can be emptied. */
    private static final int MOST_CANDIDATES = 500;
    /** A node that is fuller than this is well used. */
    public static final double MOST_FILL = 0.5;

    private final Snapshot snapshot;
    private final Rules rules;
    private final Map<PoolName, NodePrice> prices;
    private final Map<NodeName, Free> free = new HashMap<>();
    private final List<Free> fullest;
    private final Map<AttemptId, Elastic> elastic = new HashMap<>();
    private final Set<AttemptId> moved = new HashSet<>();
    private final Set<NodeName> receiving = new HashSet<>();
    private final Set<NodeName> emptied = new HashSet<>();

    private Consolidation(Snapshot snapshot, Rules rules, Map<PoolName, NodePrice> prices) {
        this.snapshot = snapshot;
        this.rules = rules;
        this.prices = prices;
        NodeRoom.of(snapshot).forEach((name, room) -> {
            // Pods on an empty node would only keep another node.
            if (room.node().ready() && !room.guests().isEmpty()) {
                free.put(name, new Free(room));
            }
        });
        reservePromises();
        fullest = free.values().stream()
                .sorted(Comparator.comparingDouble((Free node) -> -node.room.fill())
                        .thenComparing(node -> node.room.node().name()))
                .toList();
    }

    /** Room on a node as moves take it. */
    private static final class Free {
        private final NodeRoom room;
        private Resources left;
        private int podsLeft;

        private Free(NodeRoom room) {
            this.room = room;
            this.left = room.free();
            this.podsLeft = room.node().maxPods() - room.pods();
        }
    }

    public static List<Proposal> propose(Snapshot snapshot, Rules rules, Map<PoolName, NodePrice> prices) {
        return new Consolidation(snapshot, rules, prices).proposals();
    }

    /** Pods that no node is known of yet may come anywhere in their pool: its nodes give no room away. */
    private void reservePromises() {
        Set<PoolName> unsure = new HashSet<>();
        snapshot.live().forEach(attempt -> attempt.pods().stream()
                .filter(held -> held.node() == null)
                .forEach(held -> unsure.add(held.pool())));
        free.values().removeIf(node -> unsure.contains(node.room.node().pool()));
    }

    private List<Proposal> proposals() {
        List<NodeRoom> candidates = free.values().stream()
                .map(node -> node.room)
                .filter(room -> room.fill() <= MOST_FILL)
                .sorted(Comparator.comparing(this::price)
                        .reversed()
                        .thenComparingDouble(NodeRoom::fill)
                        .thenComparing(room -> room.node().name()))
                .limit(MOST_CANDIDATES)
                .toList();
        List<Proposal> found = new ArrayList<>();
        for (NodeRoom room : candidates) {
            if (!receiving.contains(room.node().name())) {
                Proposal proposal = emptying(room);
                if (proposal != null) {
                    found.add(proposal);
                }
            }
        }
        return found;
    }

    private BigDecimal price(NodeRoom room) {
        NodePrice price = prices.get(room.node().pool());
        return price == null || price.perHour() == null ? BigDecimal.ZERO : price.perHour();
    }

    private @Nullable Proposal emptying(NodeRoom room) {
        Map<LiveAttempt, List<LiveAttempt.Held>> leaving = new LinkedHashMap<>();
        for (NodeRoom.Guest guest : room.guests()) {
            leaving.computeIfAbsent(guest.attempt(), attempt -> new ArrayList<>())
                    .add(guest.held());
        }
        List<Proposal.Move> moves = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        double cost = 0;
        for (Map.Entry<LiveAttempt, List<LiveAttempt.Held>> entry : leaving.entrySet()) {
            Proposal.Move move = move(room, entry.getKey(), entry.getValue(), taken);
            if (move == null) {
                taken.forEach(Taken::giveBack);
                return null;
            }
            moves.add(move);
            cost += lost(entry.getKey(), move);
        }
        emptied.add(room.node().name());
        moves.forEach(move -> {
            moved.add(move.attempt());
            receiving.addAll(move.to().keySet());
        });
        NodePrice price = prices.get(room.node().pool());
        return new Proposal(
                room.node().name(), room.node().pool(), moves, cost, price == null ? null : price.perHour());
    }

    private Proposal.@Nullable Move move(
            NodeRoom from, LiveAttempt attempt, List<LiveAttempt.Held> pods, List<Taken> taken) {
        boolean above = pods.stream().allMatch(held -> elastic(attempt).of(held) == held.count());
        boolean whole = !above
                && rules.gangs()
                && attempt.traits().evictions() < rules.budget()
                && attempt.pods().stream().allMatch(held -> from.node().name().equals(held.node()));
        if (isProtected(attempt) || !above && !whole) {
            return null;
        }
        SortedMap<NodeName, Integer> to = new TreeMap<>();
        for (LiveAttempt.Held held : pods) {
            Ask ask = attempt.roles().stream()
                    .filter(role -> role.role().equals(held.role()))
                    .findFirst()
                    .orElse(null);
            if (ask == null
                    || !place(
                            new Shape(held.pod(), ask.affinity(), ask.tolerations()), held.count(), from, to, taken)) {
                return null;
            }
        }
        return new Proposal.Move(attempt.id(), whole, pods, to);
    }

    /** An attempt moves once at a time: what is planned of it for another node is not there yet. */
    private boolean isProtected(LiveAttempt attempt) {
        return moved.contains(attempt.id())
                || attempt.traits().oneZone()
                || attempt.pods().stream().anyMatch(LiveAttempt.Held::leaving)
                || Duration.between(attempt.since(), snapshot.now()).compareTo(rules.minRunTime()) < 0;
    }

    private Elastic elastic(LiveAttempt attempt) {
        return elastic.computeIfAbsent(attempt.id(), id -> Elastic.of(attempt));
    }

    private record Taken(Free node, Resources amount, int pods) {
        private void giveBack() {
            node.left = node.left.plus(amount);
            node.podsLeft += pods;
        }
    }

    /** The fullest nodes first. */
    private boolean place(Shape shape, int count, NodeRoom from, SortedMap<NodeName, Integer> to, List<Taken> taken) {
        int open = count;
        for (Free node : fullest) {
            boolean stays =
                    node.room != from && !emptied.contains(node.room.node().name());
            int fits = stays ? fits(node, shape.pod(), open) : 0;
            if (fits > 0 && node.room.node().admits(shape.affinity(), shape.tolerations())) {
                Resources amount = shape.pod().times(fits);
                node.left = node.left.minus(amount);
                node.podsLeft -= fits;
                taken.add(new Taken(node, amount, fits));
                to.merge(node.room.node().name(), fits, Integer::sum);
                open -= fits;
            }
            if (open == 0) {
                return true;
            }
        }
        return false;
    }

    private static int fits(Free node, Resources pod, int most) {
        long fits = Math.min(most, Math.max(0, node.podsLeft));
        for (String name : pod.names()) {
            fits = Math.min(fits, node.left.amount(name) / pod.amount(name));
        }
        return (int) fits;
    }

    /** Work of the pods since the start, or since it was saved last. */
    private double lost(LiveAttempt attempt, Proposal.Move move) {
        Instant saved = attempt.checkpoint();
        Instant since = saved != null && saved.isAfter(attempt.since()) ? saved : attempt.since();
        double seconds = Math.max(0, Duration.between(since, snapshot.now()).toSeconds());
        return move.pods().stream()
                        .mapToDouble(held -> held.pod().amount(Resources.CPU) / 1000.0 * held.count())
                        .sum()
                * seconds;
    }
}
