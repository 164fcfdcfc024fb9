package dev.muster.ui;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.cluster.Cluster;
import dev.muster.cycle.Board;
import dev.muster.cycle.Shadow;
import dev.muster.event.RecordedEvent;
import dev.muster.job.JobState;
import dev.muster.pool.Pool;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.JobCounts;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.ReasonStore;
import dev.muster.postgres.Versioned;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the first page shows. However many look, it is read at most once in a second. */
@ApplicationScoped
class Overviews {
    private static final int EVENTS = 12;
    private static final long KEPT_NANOS = Duration.ofMillis(900).toNanos();

    private final JobCounts counts;
    private final ReasonStore reasons;
    private final QueueStore queues;
    private final PoolStore pools;
    private final EventStore events;
    private final Board board;
    private final Shadow shadow;
    private final Cluster cluster;
    private final Caller caller;
    private final Map<Seen, Facts> kept = new HashMap<>();

    Overviews(
            JobCounts counts,
            ReasonStore reasons,
            QueueStore queues,
            PoolStore pools,
            EventStore events,
            Board board,
            Shadow shadow,
            Cluster cluster,
            Caller caller) {
        this.caller = caller;
        this.shadow = shadow;
        this.counts = counts;
        this.reasons = reasons;
        this.queues = queues;
        this.pools = pools;
        this.events = events;
        this.board = board;
        this.cluster = cluster;
    }

    /** What somebody may see; equal for all who see the same. */
    private record Seen(
            @Nullable Sight jobs,
            @Nullable Sight queues,
            @Nullable Sight events) {}

    private record Facts(
            long readAt,
            Map<JobState, Long> jobs,
            List<ReasonStore.Waiting> waiting,
            List<QueueSpec> queues,
            Map<QueueName, QueueUse> uses,
            List<Pool> pools,
            Supply supply,
            List<RecordedEvent> latest) {}

    Overview in(Frame frame) {
        Facts facts = facts();
        return Overview.of(
                frame,
                facts.jobs(),
                facts.waiting(),
                facts.queues(),
                facts.uses(),
                facts.pools(),
                facts.supply(),
                facts.latest(),
                caller.may(Verb.READ, Resource.all(Resource.Kind.PLANNER))
                        ? shadow.report().map(ShadowPanel::of).orElse(null)
                        : null);
    }

    private synchronized Facts facts() {
        Seen seen = new Seen(
                caller.view(Resource.Kind.JOB), caller.view(Resource.Kind.QUEUE), caller.view(Resource.Kind.EVENT));
        kept.values().removeIf(facts -> System.nanoTime() - facts.readAt() > KEPT_NANOS);
        return kept.computeIfAbsent(seen, this::read);
    }

    private Facts read(Seen seen) {
        List<QueueSpec> specs =
                queues.all().stream().map(Versioned::value).map(Queue::spec).toList();
        Sight sight = seen.queues();
        Board.View view = board.view().orElse(null);
        return new Facts(
                System.nanoTime(),
                counts.seen(seen.jobs()),
                reasons.waiting(seen.jobs()),
                specs.stream()
                        .filter(queue -> sight == null || sight.queues().contains(queue.name()))
                        .toList(),
                uses(specs, view),
                pools.all().stream().map(Versioned::value).toList(),
                view == null
                        ? Supply.of(cluster.nodes(), List.of())
                        : Supply.of(view.snapshot().nodes(), view.snapshot().live()),
                events.latest(EVENTS, seen.events()));
    }

    /** What queues hold is known where the planner works; how many jobs wait and run, everywhere. */
    private Map<QueueName, QueueUse> uses(List<QueueSpec> specs, Board.@Nullable View view) {
        Map<QueueName, QueueName> parents = new HashMap<>();
        for (QueueSpec spec : specs) {
            if (spec.parent() != null) {
                parents.put(spec.name(), spec.parent());
            }
        }
        Map<QueueName, QueueUse> uses = new HashMap<>();
        counts.byQueue().forEach((leaf, states) -> {
            long waiting = states.getOrDefault(JobState.QUEUED, 0L) + states.getOrDefault(JobState.BLOCKED, 0L);
            long running = states.getOrDefault(JobState.RUNNING, 0L) + states.getOrDefault(JobState.LAUNCHING, 0L);
            int steps = 0;
            for (QueueName at = leaf; at != null && steps <= specs.size(); at = parents.get(at), steps++) {
                QueueUse below = uses.getOrDefault(at, QueueUse.NOTHING);
                uses.put(at, new QueueUse(below.used(), below.waiting() + waiting, below.running() + running));
            }
        });
        if (view != null) {
            for (QueueSpec spec : specs) {
                QueueUse use = uses.getOrDefault(spec.name(), QueueUse.NOTHING);
                uses.put(spec.name(), new QueueUse(view.used(spec.name()), use.waiting(), use.running()));
            }
        }
        return uses;
    }
}
