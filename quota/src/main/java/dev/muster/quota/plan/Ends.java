package dev.muster.quota.plan;

import dev.muster.quota.fit.Future;
import dev.muster.quota.name.NodeName;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When what holds room is expected to leave it, the soonest first; those of which nobody knows come last, the oldest first. What
 * each leaves is worked out when it is looked at: most reservations need but the next few ends.
 */
final class Ends {
    private static final Comparator<Leave> SOONEST =
            Comparator.comparing(Leave::at).thenComparing(Leave::id);
    private static final Comparator<Leave> OLDEST =
            Comparator.comparing(Leave::since).thenComparing(Leave::id);

    private final World world;
    private final List<Leave> known = new ArrayList<>();
    private final List<Leave> unknown = new ArrayList<>();
    private boolean unknownIsSorted;

    /** One attempt; {@code at} is {@code since} where nobody knows. */
    private record Leave(Instant at, Instant since, String id, List<LiveAttempt.Held> pods) {}

    Ends(World world) {
        this.world = world;
        for (LiveAttempt attempt : world.snapshot.live()) {
            Instant end = attempt.expectedEnd();
            String id = attempt.id().job().value();
            (end == null ? unknown : known).add(leave(end, attempt.since(), id, attempt.pods()));
        }
        known.sort(SOONEST);
    }

    /** What this cycle has launched. */
    void add(PendingJob job, List<LiveAttempt.Held> promise) {
        Instant now = world.snapshot.now();
        Instant end =
                job.traits().runTime() == null ? null : now.plus(job.traits().runTime());
        Leave leave = leave(end, now, job.id().value(), promise);
        if (end == null) {
            unknown.add(leave);
            unknownIsSorted = false;
        } else {
            int at = Collections.binarySearch(known, leave, SOONEST);
            known.add(at < 0 ? -at - 1 : at, leave);
        }
    }

    private Leave leave(@Nullable Instant end, Instant since, String id, List<LiveAttempt.Held> pods) {
        Instant now = world.snapshot.now();
        // Later than expected: any moment now.
        return new Leave(end == null ? since : end.isBefore(now) ? now : end, since, id, pods);
    }

    List<Future.End> known() {
        return ends(known, List.of());
    }

    List<Future.End> all() {
        if (!unknownIsSorted) {
            unknown.sort(OLDEST);
            unknownIsSorted = true;
        }
        return ends(known, unknown);
    }

    private List<Future.End> ends(List<Leave> first, List<Leave> then) {
        return new AbstractList<>() {
            @Override
            public int size() {
                return first.size() + then.size();
            }

            @Override
            public Future.End get(int index) {
                return end(index < first.size() ? first.get(index) : then.get(index - first.size()));
            }
        };
    }

    private Future.End end(Leave leave) {
        List<Future.Leaving> leaves = new ArrayList<>();
        for (LiveAttempt.Held held : leave.pods()) {
            NodeName node = held.node();
            int number = node == null ? -1 : world.room.number(node);
            if (number >= 0) {
                leaves.add(new Future.Leaving(number, world.index.vector(held.pod()), held.count()));
            }
        }
        return new Future.End(leaves);
    }

    /** When the last of the first {@code count} ends is; null where nobody knows. */
    @Nullable
    Instant at(int count) {
        return count == 0
                ? world.snapshot.now()
                : count > known.size() ? null : known.get(count - 1).at();
    }
}
