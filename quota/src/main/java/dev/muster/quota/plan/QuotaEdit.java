package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.queue.QueueTreeProblems;
import dev.muster.quota.resource.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What other queues would change for the jobs of a snapshot, before anybody acts: which waiting ones could never run any more,
 * would be kept from starting or be let start by their queues, and which running ones would be in a queue above its capability.
 * Room on nodes is left aside: it does not change.
 */
public final class QuotaEdit {
    private static final Comparator<Effect> ORDER =
            Comparator.comparing(Effect::kind).thenComparing(Effect::job);

    private QuotaEdit() {}

    /**
     * {@code problems}: why the queues make no sense, a sentence each; then nothing else is told. {@code above}: queues that
     * would hold more than they may.
     */
    public record Preview(List<String> problems, List<Effect> effects, List<Above> above) {
        public Preview {
            problems = List.copyOf(problems);
            effects = List.copyOf(effects);
            above = List.copyOf(above);
        }
    }

    /** Of a waiting job; {@code because} is what stands against it then, or for LET_START what stands against it now. */
    public record Effect(JobId job, QueueName queue, Kind kind, Reason because) {}

    /** NEVER_RUNS: it could not run even in an empty queue. HELD, LET_START: by its queues, now. COULD_RUN: NEVER_RUNS, undone. */
    public enum Kind {
        NEVER_RUNS,
        HELD,
        LET_START,
        COULD_RUN
    }

    /** A queue that would hold more than it may of a resource: nobody is evicted for it unless the policy says so ({@code eviction.cut}), and nothing starts until it holds less. */
    public record Above(QueueName queue, String what, String used, String capability, List<JobId> running) {
        public Above {
            running = List.copyOf(running);
        }
    }

    /** {@code queues}: all of them, as they would be. */
    public static Preview preview(Snapshot snapshot, List<QueueSpec> queues) {
        List<String> problems = QueueTreeProblems.of(queues);
        if (!problems.isEmpty()) {
            return new Preview(problems, List.of(), List.of());
        }
        Side now = new Side(snapshot);
        Side then = new Side(snapshot.withQueues(queues));
        List<Effect> effects = new ArrayList<>();
        for (PendingJob job : snapshot.pending()) {
            Reason before = now.against(job);
            Reason after = then.against(job);
            Kind kind = kind(before, after);
            Reason because = after == null ? before : after;
            if (kind != null && because != null) {
                effects.add(new Effect(job.id(), job.queue(), kind, because));
            }
        }
        effects.sort(ORDER);
        return new Preview(List.of(), effects, then.above(now));
    }

    private static @Nullable Kind kind(@Nullable Reason before, @Nullable Reason after) {
        boolean never = after != null && after.code() == ReasonCode.ABOVE_CAPABILITY;
        boolean neverBefore = before != null && before.code() == ReasonCode.ABOVE_CAPABILITY;
        if (never != neverBefore) {
            return never ? Kind.NEVER_RUNS : Kind.COULD_RUN;
        }
        if ((before == null) != (after == null)) {
            return after == null ? Kind.LET_START : Kind.HELD;
        }
        return null;
    }

    /** The snapshot with one set of queues. */
    private static final class Side {
        private final World world;
        private final Shapes shapes;
        private final NeverReasons never;
        private final QuotaReasons quota;
        private final LimitBook limits;
        private final Map<Alike, List<Reason>> known = new HashMap<>();

        private record Alike(QueueName queue, List<Ask> roles, boolean oneZone) {}

        Side(Snapshot snapshot) {
            world = World.of(snapshot);
            shapes = new Shapes(world.index, world.places);
            never = new NeverReasons(world);
            quota = new QuotaReasons(world);
            limits = new LimitBook(world);
        }

        /** The first thing that its queues have against the job; null where they would let it start. */
        @Nullable
        Reason against(PendingJob job) {
            int queue = world.ledger.number(job.queue());
            var shape = shapes.of(job.roles(), job.traits().oneZone(), Set.of());
            Group group = new Group(queue, shape, world.asked(shape), job);
            List<Reason> reasons = new ArrayList<>(known.computeIfAbsent(
                    new Alike(job.queue(), job.roles(), job.traits().oneZone()), alike -> all(group)));
            Reason limit = queue == Ledger.NONE ? null : limits.refusal(job, group);
            if (limit != null) {
                reasons.add(limit);
            }
            return reasons.stream().min(Comparator.comparing(Reason::code)).orElse(null);
        }

        private List<Reason> all(Group group) {
            if (group.queue == Ledger.NONE) {
                return List.of(QuotaReasons.unknownQueue(group.queueName()));
            }
            List<Reason> reasons = new ArrayList<>();
            if (world.tree.effectiveState(group.queueName()) == QueueState.DRAINING) {
                reasons.add(QuotaReasons.closed(group.queueName()));
            }
            never.of(group.queue, group.sample.roles(), group.shape).stream()
                    .filter(reason -> reason.code() == ReasonCode.ABOVE_CAPABILITY)
                    .forEach(reasons::add);
            reasons.addAll(quota.of(group));
            return reasons;
        }

        /** Queues above capability here that are not, or are less, in {@code other}. */
        List<Above> above(Side other) {
            List<Above> above = new ArrayList<>();
            for (int q = 0; q < world.ledger.queues(); q++) {
                for (int place = 0; place < world.ledger.width(); place++) {
                    long used = world.ledger.used(q, place);
                    long capability = world.ledger.capability(q, place);
                    if (used > capability && !other.isAbove(world.ledger.name(q), world.words(place), capability)) {
                        String name = world.resource(place);
                        above.add(new Above(
                                world.ledger.name(q),
                                world.words(place),
                                Quantity.format(name, used),
                                Quantity.format(name, capability),
                                running(q, place)));
                    }
                }
            }
            return above;
        }

        /** True where it holds more than it may already, and may hold no more than {@code most}. */
        private boolean isAbove(QueueName queue, String what, long most) {
            int q = world.ledger.number(queue);
            for (int place = 0; q != Ledger.NONE && place < world.ledger.width(); place++) {
                if (world.words(place).equals(what)) {
                    long capability = world.ledger.capability(q, place);
                    return world.ledger.used(q, place) > capability && capability <= most;
                }
            }
            return false;
        }

        /** The jobs that hold some of it, by id. */
        private List<JobId> running(int queue, int place) {
            Map<JobId, Boolean> jobs = new TreeMap<>();
            for (LiveAttempt attempt : world.snapshot.live()) {
                boolean below = world.tree.lineage(attempt.queue()).stream()
                        .anyMatch(each -> each.name().equals(world.ledger.name(queue)));
                boolean holds = attempt.pods().stream()
                        .anyMatch(pods -> pods.pod().amount(world.resource(place)) > 0
                                && (world.columns.pool(place) == null
                                        || pods.pool().equals(world.columns.pool(place))));
                if (below && holds) {
                    jobs.put(attempt.id().job(), true);
                }
            }
            return List.copyOf(jobs.keySet());
        }
    }
}
