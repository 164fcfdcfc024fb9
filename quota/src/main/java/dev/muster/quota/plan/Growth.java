package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.Placement;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.queue.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives running jobs pods above their minimum, in the turns of their queues, where nobody who waits could use the room: it
 * comes last, and not at all while a job waits for nodes or the cycle was cut short.
 */
final class Growth {
    /** Turns that a role takes to grow from its minimum to its maximum; smaller parts are fairer and take longer. */
    private static final int TURNS = 8;

    private final World world;
    private final Groups groups;
    private final Acts acts;
    private final Map<JobId, Map<RoleName, Map<PoolName, Integer>>> pools = new LinkedHashMap<>();
    private final Map<JobId, List<LiveAttempt.Held>> promises = new HashMap<>();

    Growth(World world, Groups groups, Acts acts) {
        this.world = world;
        this.groups = groups;
        this.acts = acts;
    }

    /** Elastic pods must not take what a waiting gang collects: they would only be taken away again. */
    void growAfter(Turns turns) {
        if (world.snapshot.settings().elastic() && acts.mayLaunchMore() && !turns.anyWaitsForNodes()) {
            grow();
        }
    }

    private void grow() {
        List<Entry> entries = new ArrayList<>();
        Map<Entry, Ask> asks = new HashMap<>();
        for (LiveAttempt attempt : world.snapshot.live()) {
            int queue = isElastic(attempt) ? world.ledger.number(attempt.queue()) : Ledger.NONE;
            if (queue != Ledger.NONE && !groups.isDraining(queue) && isWholeAndStays(attempt)) {
                for (Ask ask : attempt.roles()) {
                    turnsOf(attempt, queue, ask).forEach(entry -> {
                        entries.add(entry);
                        asks.put(entry, ask);
                    });
                }
            }
        }
        Contest contest = new Contest(world, entries);
        for (@Nullable Entry entry = contest.next(); entry != null; entry = contest.next()) {
            take(entry, asks.get(entry));
            contest.done(entry);
        }
        pools.forEach((job, placement) -> acts.add(grown(job, placement)));
    }

    /** Asked first: most attempts have nothing above their minimum. */
    private static boolean isElastic(LiveAttempt attempt) {
        for (Ask ask : attempt.roles()) {
            if (ask.maximum() > ask.minimum()) {
                return true;
            }
        }
        return false;
    }

    /** And began before now: a gang does not grow in the cycle that starts it. */
    private boolean isWholeAndStays(LiveAttempt attempt) {
        return attempt.since().isBefore(world.snapshot.now())
                && attempt.pods().stream().noneMatch(LiveAttempt.Held::leaving)
                && attempt.roles().stream().allMatch(ask -> held(attempt, ask) >= ask.minimum());
    }

    private static int held(LiveAttempt attempt, Ask ask) {
        return attempt.pods().stream()
                .filter(pods -> pods.role().equals(ask.role()))
                .mapToInt(LiveAttempt.Held::count)
                .sum();
    }

    private List<Entry> turnsOf(LiveAttempt attempt, int queue, Ask ask) {
        List<Entry> turns = new ArrayList<>();
        int missing = Math.max(0, ask.maximum() - held(attempt, ask));
        int each = Math.max(1, (ask.maximum() - ask.minimum() + TURNS - 1) / TURNS);
        for (int left = missing; left > 0; left -= each) {
            PendingJob like = new PendingJob(
                    attempt.id().job(), attempt.queue(), attempt.priority(), attempt.since(), List.of(ask), Map.of());
            turns.add(new Entry(like, group(queue, groups.some(ask, Math.min(left, each)), like)));
        }
        return turns;
    }

    /** As many of the entry's pods as fit in quota and on nodes. */
    private void take(Entry entry, Ask ask) {
        int left = entry.group().shape.minimum(0);
        while (left > 0) {
            GangShape some = null;
            Placement placement = null;
            for (int pods = left; pods > 0 && placement == null; pods /= 2) {
                some = groups.some(ask, pods);
                placement = world.ledger.refusal(entry.group().queue, some.total()) == null
                        ? world.packer.pack(some, world.quota(entry.group().queue))
                        : null;
            }
            if (placement == null) {
                return;
            }
            left -= some.minimum(0);
            List<LiveAttempt.Held> pods = promise(ask, placement);
            world.book(entry.group().queue, some, pods);
            note(entry.job().id(), placement, pods);
        }
    }

    private Group group(int queue, GangShape shape, PendingJob like) {
        return new Group(queue, shape, world.asked(shape), like);
    }

    private static List<LiveAttempt.Held> promise(Ask ask, Placement placement) {
        return placement.byNode().stream()
                .map(spot -> new LiveAttempt.Held(spot.role(), spot.pool(), spot.node(), ask.pod(), spot.pods()))
                .toList();
    }

    private void note(JobId job, Placement placement, List<LiveAttempt.Held> pods) {
        Map<RoleName, Map<PoolName, Integer>> roles = pools.computeIfAbsent(job, id -> new TreeMap<>());
        placement
                .pools()
                .forEach((role, counts) -> counts.forEach((pool, count) ->
                        roles.computeIfAbsent(role, r -> new TreeMap<>()).merge(pool, count, Integer::sum)));
        promises.computeIfAbsent(job, id -> new ArrayList<>()).addAll(pods);
    }

    private Decision.Grow grown(JobId job, Map<RoleName, Map<PoolName, Integer>> placement) {
        Map<String, String> numbers = new TreeMap<>();
        int pods = 0;
        for (var role : placement.entrySet()) {
            for (var pool : role.getValue().entrySet()) {
                numbers.put(
                        "pods." + role.getKey() + "." + pool.getKey(),
                        pool.getValue().toString());
                pods += pool.getValue();
            }
        }
        Reason reason = new Reason(
                ReasonCode.GROWN,
                "grows by %d pods: nobody who waits could use the room".formatted(pods),
                null,
                numbers);
        return new Decision.Grow(job, placement, promises.getOrDefault(job, List.of()), reason);
    }
}
