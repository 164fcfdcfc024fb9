package dev.muster.quota.plan;

import dev.muster.quota.fit.Future;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.resource.ResourceIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When what holds room is expected to leave it, the soonest first; those of which nobody knows come last, the oldest first. */
final class Ends {
    private final World world;
    private final List<Leave> known = new ArrayList<>();
    private final List<Leave> unknown = new ArrayList<>();

    /** One attempt; {@code at} null where nobody knows. */
    private record Leave(@Nullable Instant at, Instant since, String id, Future.End end) {}

    Ends(World world) {
        this.world = world;
        world.snapshot
                .live()
                .forEach(attempt -> add(
                        attempt.expectedEnd(),
                        attempt.since(),
                        attempt.id().job().toString(),
                        attempt.pods()));
        sort();
    }

    /** What this cycle has launched. */
    void add(PendingJob job, List<LiveAttempt.Held> promise) {
        Instant now = world.snapshot.now();
        Instant end =
                job.traits().runTime() == null ? null : now.plus(job.traits().runTime());
        add(end, now, job.id().toString(), promise);
        sort();
    }

    private void add(@Nullable Instant end, Instant since, String id, List<LiveAttempt.Held> pods) {
        List<Future.Leaving> leaves = new ArrayList<>();
        ResourceIndex index = world.index;
        for (LiveAttempt.Held held : pods) {
            NodeName node = held.node();
            int number = node == null ? -1 : world.room.number(node);
            if (number >= 0) {
                leaves.add(new Future.Leaving(number, index.vector(held.pod()), held.count()));
            }
        }
        // Later than expected: any moment now.
        @Nullable Instant at = end != null && end.isBefore(world.snapshot.now()) ? world.snapshot.now() : end;
        (at == null ? unknown : known).add(new Leave(at, since, id, new Future.End(leaves)));
    }

    private void sort() {
        known.sort(Comparator.comparing(Leave::at).thenComparing(Leave::id));
        unknown.sort(Comparator.comparing(Leave::since).thenComparing(Leave::id));
    }

    List<Future.End> known() {
        return known.stream().map(Leave::end).toList();
    }

    List<Future.End> all() {
        List<Future.End> all = new ArrayList<>(known());
        unknown.forEach(leave -> all.add(leave.end()));
        return all;
    }

    /** When the last of the first {@code count} ends is; null where nobody knows. */
    @Nullable
    Instant at(int count) {
        return count == 0
                ? world.snapshot.now()
                : count > known.size() ? null : known.get(count - 1).at();
    }
}
