package dev.muster.quota.plan;

import dev.muster.quota.name.RoleName;
import dev.muster.quota.queue.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be ended at all, in the order in which it is to go. Good for one ground, and follows from cycle to cycle: who comes and goes
 * is put in and taken out, and what time changes of the order is little.
 */
final class Exits {
    private @Nullable Roster<LiveAttempt> live;
    private @Nullable Instant at;
    private PlanSettings.@Nullable Eviction settings;
    /** Of all that may ever give way on this ground, in their order. */
    private final List<Piece> all = new ArrayList<>();
    /** Those that may now. */
    private List<Piece> order = List.of();

    private Object who = order;

    /** As long as nothing changes it is the same object. */
    List<Piece> of(World world) {
        Snapshot snapshot = world.snapshot;
        Roster<LiveAttempt> now = Roster.ofLiving(snapshot.live());
        boolean isMoved = !snapshot.now().equals(at);
        boolean isOther = now != live;
        if (isOther) {
            follow(world, now);
        }
        if (isOther || isMoved) {
            all.forEach(piece -> piece.endsAt(snapshot.now()));
            // Most stand where they stood: that costs little more than a look at each.
            all.sort(Piece.ORDER);
        }
        boolean bySettings = !snapshot.settings().eviction().equals(settings);
        if (isOther || isMoved || bySettings) {
            int before = order.size();
            order = all.stream().filter(piece -> mayGo(piece, snapshot)).toList();
            // As time goes on some become free to go and nobody ceases to be, or the other way round where it is set
            // back.
            who = isOther || bySettings || order.size() != before ? order : who;
        }
        live = now;
        at = snapshot.now();
        settings = snapshot.settings().eviction();
        return order;
    }

    /** The same object as long as the same may go, in whatever order; of the last that asked. */
    Object who() {
        return who;
    }

    private void follow(World world, Roster<LiveAttempt> now) {
        LivingTable table = LivingTable.of(now);
        int[] queues = new int[table.queueCount];
        for (int queue = 0; queue < queues.length; queue++) {
            queues[queue] = world.ledger.number(table.queues[queue]);
        }
        Roster<LiveAttempt> before = live;
        if (before == null || !before.isSorted() || !now.isSorted()) {
            all.clear();
            for (int c = 0; c < table.chunks(); c++) {
                for (int place = 0; place < table.chunk(c).size(); place++) {
                    add(table.chunk(c), place, queues);
                }
            }
            return;
        }
        LivingTable old = LivingTable.of(before);
        Set<LiveAttempt> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        before.differences(
                now,
                (c, place) -> gone.add(old.chunk(c).attempt(place)),
                (c, place) -> add(table.chunk(c), place, queues));
        all.removeIf(piece -> gone.contains(piece.attempt));
    }

    /** Where pods have no node yet, or leave already, the attempt stays. */
    private void add(LivingTable.Chunk chunk, int place, int[] queues) {
        LiveAttempt attempt = chunk.attempt(place);
        int queue = queues[chunk.queues()[place]];
        if (chunk.noted()[place] || attempt.roles().isEmpty() || queue == Ledger.NONE) {
            return;
        }
        if (!chunk.above()[place]) {
            all.add(Piece.gang(attempt, queue, attempt.pods(), List.of()));
            return;
        }
        List<LiveAttempt.Held> gang = new ArrayList<>(attempt.pods());
        List<Piece> elastic = elastic(attempt, queue, gang);
        all.addAll(elastic);
        all.add(Piece.gang(attempt, queue, gang, elastic));
    }

    /** Takes what is above the minimum out of {@code gang}, each role's on each node a piece of its own. */
    private static List<Piece> elastic(LiveAttempt attempt, int queue, List<LiveAttempt.Held> gang) {
        List<Piece> elastic = new ArrayList<>();
        Map<RoleName, Integer> above = new HashMap<>();
        for (Ask ask : attempt.roles()) {
            int held = gang.stream()
                    .filter(pods -> pods.role().equals(ask.role()))
                    .mapToInt(LiveAttempt.Held::count)
                    .sum();
            above.put(ask.role(), Math.max(0, held - ask.minimum()));
        }
        for (int i = gang.size() - 1; i >= 0; i--) {
            LiveAttempt.Held held = gang.get(i);
            int take = Math.min(held.count(), above.getOrDefault(held.role(), 0));
            if (take > 0) {
                above.merge(held.role(), -take, Integer::sum);
                elastic.add(Piece.elastic(attempt, queue, List.of(held.withCount(take)), elastic.size()));
                if (take == held.count()) {
                    gang.remove(i);
                } else {
                    gang.set(i, held.withCount(held.count() - take));
                }
            }
        }
        return elastic;
    }

    /** Nobody is ended in the instant in which it began, nor before it ran for the protected time. */
    private static boolean mayGo(Piece piece, Snapshot snapshot) {
        PlanSettings.Eviction settings = snapshot.settings().eviction();
        Instant since = piece.attempt.since();
        return piece.attempt.traits().evictions() < settings.budget()
                && since.isBefore(snapshot.now())
                && !since.isAfter(snapshot.now().minus(settings.minRunTime()));
    }
}
