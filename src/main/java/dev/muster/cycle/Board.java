package dev.muster.cycle;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.EffectiveQueue;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.plan.Waits;
import dev.muster.quota.policy.Pauses;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Resources;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the planner used last and what it decided: the one source of explanations, pages and metrics, so that they show what was
 * planned with. Empty on a replica that does not lead. Safe for any thread.
 */
@ApplicationScoped
public class Board {
    private volatile @Nullable View view;
    private volatile List<String> leftAside = List.of();
    private volatile Map<JobId, Reason> remarks = Map.of();
    private volatile CycleStatus status = new CycleStatus(false, 0, null, null, 0, 0, 0, 0, 0, null);

    public CycleStatus status() {
        return status;
    }

    /** What was planned with, and the plan; empty before the first plan and where another replica leads. */
    public Optional<View> view() {
        return Optional.ofNullable(view);
    }

    /** Every reason that the last plan gave for a waiting job, the primary one first; empty where it did not look at it. */
    public List<Reason> reasons(JobId job) {
        View last = view;
        List<Reason> planned = last == null ? List.of() : last.reasons(job);
        Reason remark = remarks.get(job);
        return remark == null || planned.isEmpty()
                ? planned
                : Stream.concat(planned.stream(), Stream.of(remark)).toList();
    }

    /** What else there is to say of waiting jobs of the last plan. */
    void remark(Map<JobId, Reason> all) {
        remarks = all;
    }

    void publish(Snapshot snapshot, Plan plan) {
        publish(snapshot, plan, plan, Pauses.NONE, Map.of());
    }

    /** {@code planned}: before anything was withheld because of {@code pauses}; {@code aside}: waiting jobs without a decision. */
    void publish(Snapshot snapshot, Plan plan, Plan planned, Pauses pauses, Map<JobId, Reason> aside) {
        view = new View(snapshot, plan, planned, pauses, aside);
    }

    /** What Muster failed to plan or to act on, a line each. */
    public List<String> leftAside() {
        return leftAside;
    }

    void leftAside(List<String> lines) {
        leftAside = List.copyOf(lines);
    }

    void publish(CycleStatus now) {
        status = now;
    }

    void clear() {
        view = null;
        leftAside = List.of();
        remarks = Map.of();
    }

    /** One snapshot and its plan. What is asked of them is worked out when it is asked first. */
    public static final class View {
        /** Queues in which gangs wait for one reason each. */
        private static final int MOST_WAITS = 200;

        private static final Comparator<PendingJob> ORDER = Comparator.comparingInt(PendingJob::priority)
                .reversed()
                .thenComparing(PendingJob::since)
                .thenComparing(PendingJob::id);

        private final Snapshot snapshot;
        private final Plan plan;
        private final Plan planned;
        private final Pauses pauses;
        private final Map<JobId, Reason> aside;
        private @Nullable Map<JobId, Decision> decisions;
        private @Nullable Map<QueueName, Resources> used;
        private @Nullable Map<QueueName, Integer> waiting;
        private @Nullable Map<QueueName, EffectiveQueue> inForce;
        private @Nullable Waits waits;

        View(Snapshot snapshot, Plan plan, Plan planned, Pauses pauses, Map<JobId, Reason> aside) {
            this.aside = Map.copyOf(aside);
            this.planned = planned;
            this.snapshot = snapshot;
            this.plan = plan;
            this.pauses = pauses;
        }

        /** What of the plan was withheld. */
        public Pauses pauses() {
            return pauses;
        }

        public Snapshot snapshot() {
            return snapshot;
        }

        public Plan plan() {
            return plan;
        }

        /** What the planner said, without regard to pauses. */
        Plan planned() {
            return planned;
        }

        public Optional<Decision> decision(JobId job) {
            return Optional.ofNullable(decisions().get(job));
        }

        /** How many jobs wait that the planner was not shown, because it fails with them. */
        public int leftAside() {
            return aside.size();
        }

        List<Reason> reasons(JobId job) {
            return decision(job)
                    .map(decision -> decision instanceof Decision.Hold hold ? hold.all() : List.of(decision.reason()))
                    .orElse(List.of());
        }

        /** How many jobs of its queue go before it by priority, age and id; empty where it did not wait. */
        public OptionalInt ahead(JobId job) {
            Optional<PendingJob> found = snapshot.pending().stream()
                    .filter(pending -> pending.id().equals(job))
                    .findFirst();
            if (found.isEmpty()) {
                return OptionalInt.empty();
            }
            return OptionalInt.of((int) snapshot.pending().stream()
                    .filter(other -> other.queue().equals(found.get().queue()))
                    .filter(other -> ORDER.compare(other, found.get()) < 0)
                    .count());
        }

        /** Of each queue in which jobs wait those that go first, by priority, age and id. */
        public Map<QueueName, List<PendingJob>> first(int most) {
            Map<QueueName, List<PendingJob>> heads = new TreeMap<>(Comparator.comparing(QueueName::value));
            for (PendingJob job : snapshot.pending()) {
                List<PendingJob> head = heads.computeIfAbsent(job.queue(), queue -> new ArrayList<>());
                int at = head.size();
                while (at > 0 && ORDER.compare(job, head.get(at - 1)) < 0) {
                    at--;
                }
                if (at < most) {
                    head.add(at, job);
                    if (head.size() > most) {
                        head.remove(most);
                    }
                }
            }
            return heads;
        }

        /** What the queue and those below it hold: launching, running and releasing attempts. */
        public Resources used(QueueName queue) {
            return used().getOrDefault(queue, Resources.NONE);
        }

        /** How many jobs wait in the queue and those below it. */
        public int waiting(QueueName queue) {
            return waiting().getOrDefault(queue, 0);
        }

        /** What was in force of the queue; empty where the plan knew none of that name. */
        public Optional<EffectiveQueue> inForce(QueueName queue) {
            return Optional.ofNullable(inForce().get(queue));
        }

        /** Which queues hold what waiting gangs lack. */
        public synchronized Waits waits() {
            if (waits == null) {
                waits = Waits.of(snapshot, plan, MOST_WAITS);
            }
            return waits;
        }

        private synchronized Map<QueueName, EffectiveQueue> inForce() {
            if (inForce == null) {
                inForce = EffectiveQueue.of(snapshot);
            }
            return inForce;
        }

        private synchronized Map<JobId, Decision> decisions() {
            if (decisions == null) {
                Map<JobId, Decision> byJob = new HashMap<>();
                aside.forEach((job, reason) -> byJob.put(job, new Decision.Hold(job, List.of(reason))));
                plan.decisions().forEach(decision -> byJob.put(decision.job(), decision));
                decisions = byJob;
            }
            return decisions;
        }

        private synchronized Map<QueueName, Resources> used() {
            if (used == null) {
                Map<QueueName, Resources> sums = new HashMap<>();
                for (LiveAttempt attempt : snapshot.live()) {
                    Resources held = attempt.pods().stream()
                            .map(pods -> pods.pod().times(pods.count()))
                            .reduce(Resources.NONE, Resources::plus);
                    lineage(attempt.queue()).forEach(queue -> sums.merge(queue, held, Resources::plus));
                }
                used = sums;
            }
            return used;
        }

        private synchronized Map<QueueName, Integer> waiting() {
            if (waiting == null) {
                Map<QueueName, Integer> perLeaf = new HashMap<>();
                snapshot.pending().forEach(job -> perLeaf.merge(job.queue(), 1, Integer::sum));
                Map<QueueName, Integer> sums = new HashMap<>();
                perLeaf.forEach(
                        (leaf, count) -> lineage(leaf).forEach(queue -> sums.merge(queue, count, Integer::sum)));
                waiting = sums;
            }
            return waiting;
        }

        /** The queue and all above it. */
        private List<QueueName> lineage(QueueName leaf) {
            Map<QueueName, QueueName> parents = new HashMap<>();
            for (QueueSpec queue : snapshot.queues()) {
                if (queue.parent() != null) {
                    parents.put(queue.name(), queue.parent());
                }
            }
            List<QueueName> lineage = new java.util.ArrayList<>();
            for (QueueName at = leaf; at != null && !lineage.contains(at); at = parents.get(at)) {
                lineage.add(at);
            }
            return Collections.unmodifiableList(lineage);
        }
    }
}
