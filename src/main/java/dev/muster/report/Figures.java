package dev.muster.report;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cycle.Board;
import dev.muster.cycle.CycleStatus;
import dev.muster.cycle.OrderedBreaker;
import dev.muster.cycle.Spread;
import dev.muster.cycle.Tallies;
import dev.muster.cycle.WaitingDemand;
import dev.muster.cycle.Warming;
import dev.muster.job.Category;
import dev.muster.job.JobState;
import dev.muster.operation.IdleNodes;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.JobCounts;
import dev.muster.postgres.OfferingStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.QuotaRequestStore;
import dev.muster.quota.node.Node;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Resources;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of the service, read when they are asked for. Labels are states, queues, pools, reasons: never a job. */
@Singleton
public class Figures extends Collector {
    private final JobCounts counts;
    private final Tallies tallies;
    private final Board board;
    private final Cluster cluster;
    private final IdleNodes idle;
    private final Warming warming;
    private final QuotaRequestStore quota;
    private final OfferingStore offerings;
    private final PoolStore pools;
    private final InstantSource clock;

    Figures(
            JobCounts counts,
            Tallies tallies,
            Board board,
            Cluster cluster,
            IdleNodes idle,
            Warming warming,
            QuotaRequestStore quota,
            OfferingStore offerings,
            PoolStore pools,
            InstantSource clock) {
        this.warming = warming;
        this.quota = quota;
        this.offerings = offerings;
        this.pools = pools;
        this.clock = clock;
        this.idle = idle;
        this.counts = counts;
        this.tallies = tallies;
        this.board = board;
        this.cluster = cluster;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples> all = new ArrayList<>();
        jobs(all);
        nodes(all);
        plan(all);
        cycle(all);
        return all;
    }

    private void jobs(List<MetricFamilySamples> all) {
        GaugeMetricFamily up = new GaugeMetricFamily("muster_database_up", "1 where the database answers", 1);
        GaugeMetricFamily jobs =
                new GaugeMetricFamily("muster_jobs", "Jobs by queue and state", List.of("queue", "state"));
        try {
            counts.byQueue()
                    .forEach((queue, states) -> states.forEach(
                            (state, count) -> jobs.addMetric(List.of(queue.value(), state.name()), count)));
            asked(all);
            breakers(all);
        } catch (RuntimeException e) {
            if (DatabaseUnavailable.in(e).isEmpty()) {
                throw e;
            }
            up = new GaugeMetricFamily("muster_database_up", "1 where the database answers", 0);
        }
        all.add(up);
        all.add(jobs);
    }

    private void asked(List<MetricFamilySamples> all) {
        QuotaRequestStore.Unanswered unanswered = quota.unanswered();
        Instant oldest = unanswered.oldest();
        all.add(new GaugeMetricFamily(
                "muster_quota_requests_open", "Quota requests that nobody has answered", unanswered.count()));
        all.add(new GaugeMetricFamily(
                "muster_quota_request_oldest_seconds",
                "How long the oldest of them has waited, 0 where there is none",
                oldest == null
                        ? 0
                        : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds())));
    }

    private void breakers(List<MetricFamilySamples> all) {
        GaugeMetricFamily open = new GaugeMetricFamily(
                "muster_breaker_open",
                "1 where an offering is asked for no nodes, 0.5 where one gang tries, 0 where it is asked",
                List.of("offering"));
        Map<Offering, OfferingStore.State> states = offerings.states();
        Map<Offering, OfferingStore.Order> orders = offerings.orders();
        pools.all().stream()
                .map(pool -> pool.value().offering())
                .distinct()
                .forEach(offering -> open.addMetric(
                        List.of(offering.toString()),
                        switch (OrderedBreaker.of(states.get(offering), orders.get(offering))
                                .state(clock.instant())) {
                            case CLOSED -> 0;
                            case HALF_OPEN -> 0.5;
                            case OPEN -> 1;
                        }));
        all.add(open);
    }

    private void nodes(List<MetricFamilySamples> all) {
        GaugeMetricFamily nodes = new GaugeMetricFamily("muster_nodes", "Nodes by pool", List.of("pool", "ready"));
        try {
            cluster.nodes().stream()
                    .collect(Collectors.groupingBy(
                            Node::pool, Collectors.partitioningBy(Node::ready, Collectors.counting())))
                    .forEach((pool, byReady) -> byReady.forEach(
                            (ready, count) -> nodes.addMetric(List.of(pool.value(), Boolean.toString(ready)), count)));
        } catch (ClusterUnavailable e) {
            // No figure is the figure.
        }
        all.add(nodes);
        GaugeMetricFamily held = new GaugeMetricFamily(
                "muster_idle_nodes_held", "Idle nodes kept while nodes of another group do not come", List.of("pool"));
        idle.held().ifPresent(found -> found.nodes()
                .forEach((pool, count) -> held.addMetric(List.of(pool.value()), count)));
        all.add(held);
        GaugeMetricFamily warm = new GaugeMetricFamily(
                "muster_warm_nodes_wanted", "Nodes that are kept until a gang comes", List.of("pool"));
        warming.asked().forEach(pool -> warm.addMetric(List.of(pool.pool().value()), pool.nodes()));
        all.add(warm);
    }

    /** What the last plan saw and said; nothing where another replica plans. */
    private void plan(List<MetricFamilySamples> all) {
        GaugeMetricFamily waiting = new GaugeMetricFamily(
                "muster_waiting_jobs", "Jobs that wait, by their primary reason", List.of("reason"));
        GaugeMetricFamily held = new GaugeMetricFamily(
                "muster_queue_used",
                "What a queue and those below it hold, in base units",
                List.of("queue", "resource"));
        GaugeMetricFamily asked = new GaugeMetricFamily(
                "muster_waiting_demand",
                "What the gangs of jobs that wait ask for, in base units",
                List.of("queue", "resource"));
        GaugeMetricFamily longest = new GaugeMetricFamily(
                "muster_waiting_longest_seconds", "How long the job has waited that waits longest", List.of("queue"));
        board.view().ifPresent(view -> {
            Map<String, Long> reasons = view.plan().decisions().stream()
                    .filter(Decision.Hold.class::isInstance)
                    .collect(Collectors.groupingBy(
                            decision -> decision.reason().code().name(), Collectors.counting()));
            if (view.leftAside() > 0) {
                reasons.merge(ReasonCode.PLANNER_ERROR.name(), (long) view.leftAside(), Long::sum);
            }
            reasons.forEach((reason, count) -> waiting.addMetric(List.of(reason), count));
            WaitingDemand demand = WaitingDemand.of(
                    view.snapshot().pending(), view.plan(), view.snapshot().now());
            demand.asked().forEach((queue, resources) -> resources
                    .asMap()
                    .forEach((resource, amount) -> asked.addMetric(List.of(queue.value(), resource), amount)));
            demand.longest()
                    .forEach((queue, time) -> longest.addMetric(List.of(queue.value()), time.toMillis() / 1000.0));
            for (QueueSpec queue : view.snapshot().queues()) {
                Resources used = view.used(queue.name());
                used.asMap()
                        .forEach((resource, amount) ->
                                held.addMetric(List.of(queue.name().value(), resource), amount));
            }
        });
        all.add(waiting);
        all.add(asked);
        all.add(longest);
        all.add(held);
    }

    private void cycle(List<MetricFamilySamples> all) {
        CycleStatus status = board.status();
        all.add(new GaugeMetricFamily("muster_leads", "1 where this replica plans", status.leads() ? 1 : 0));
        all.add(new GaugeMetricFamily(
                "muster_set_aside", "Attempts in the cluster that the database does not know", status.setAside()));
        all.add(new CounterMetricFamily(
                "muster_cycles_failed", "Cycles that ended in trouble", tallies.failedCycles()));
        all.add(new CounterMetricFamily(
                "muster_planner_errors",
                "Jobs, queues and pools left aside because Muster failed to plan or act on them",
                tallies.plannerErrors()));
        all.add(new GaugeMetricFamily(
                "muster_left_aside",
                "Of these, how many are left aside now",
                board.leftAside().size()));
        all.add(new CounterMetricFamily("muster_launches", "Gangs launched", tallies.launches()));
        CounterMetricFamily moves =
                new CounterMetricFamily("muster_job_moves", "Moves of jobs by the cycle", List.of("to"));
        for (JobState state : JobState.values()) {
            moves.addMetric(List.of(state.name()), tallies.jobMoves(state));
        }
        all.add(moves);
        CounterMetricFamily failures =
                new CounterMetricFamily("muster_attempt_failures", "Attempts that failed", List.of("category"));
        for (Category category : Category.values()) {
            failures.addMetric(List.of(category.name()), tallies.failures(category));
        }
        all.add(failures);
        all.add(histogram("muster_cycle_seconds", "How long a cycle took", tallies.cycleTimes()));
        all.add(histogram(
                "muster_snapshot_seconds",
                "From the first read of what had changed to the snapshot that has it",
                tallies.snapshots()));
        all.add(histogram("muster_job_wait_seconds", "From the queue to the launch", tallies.waits()));
        all.add(histogram("muster_gang_start_seconds", "From the launch until every pod runs", tallies.starts()));
    }

    private static MetricFamilySamples histogram(String name, String help, Spread spread) {
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        long count = 0;
        for (Spread.UpTo upTo : spread.classes()) {
            samples.add(new MetricFamilySamples.Sample(
                    name + "_bucket", List.of("le"), List.of(doubleToGoString(upTo.seconds())), upTo.count()));
            count = upTo.count();
        }
        samples.add(new MetricFamilySamples.Sample(name + "_count", List.of(), List.of(), count));
        samples.add(new MetricFamilySamples.Sample(name + "_sum", List.of(), List.of(), spread.seconds()));
        return new MetricFamilySamples(name, Type.HISTOGRAM, help, samples);
    }
}
