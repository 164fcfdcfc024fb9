package dev.muster.ui;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.PodTemplate;
import dev.muster.event.Event;
import dev.muster.event.EventCursor;
import dev.muster.event.EventType;
import dev.muster.event.RecordedEvent;
import dev.muster.event.Why;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Category;
import dev.muster.job.CompletionRules;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobSpec;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.pool.Pool;
import dev.muster.postgres.OfferingStore;
import dev.muster.postgres.ReasonStore;
import dev.muster.quota.fit.RoomBuilder;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A busy afternoon: pools, a queue tree and jobs in every state. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
    static final String HOSTILE = "<script>alert(1)</script>\"'&";
    static final Reason FULL = new Reason(
            ReasonCode.NODES_FULL,
            "needs 20 × (4 cpu, 18Gi); pool spot-a fits 11, pool on-demand fits 3",
            "Room for 6 more executors: a smaller minimum (14) would start now.",
            Map.of("asked pods", "21", "fits in spot-a", "11", "fits in on-demand", "3"));
    static final Reason CAPABILITY = new Reason(
            ReasonCode.CAPABILITY_REACHED,
            "queue vision holds 8 of 8 gpu; the job asks 4 more",
            "Starts when a job of vision ends, or when its capability is raised to 12.",
            Map.of("capability", "8", "used", "8", "asked", "4"));
    static final RoleName DRIVER = new RoleName("driver");
    static final RoleName EXECUTOR = new RoleName("executor");

    private static final String GPU = "nvidia.com/gpu";
    private static final PoolName SPOT = new PoolName("spot-a");
    private static final PoolName ON_DEMAND = new PoolName("on-demand");

    private Samples() {}

    static Frame frame(String title, String section) {
        return new Frame(
                title, section, "", NOW, false, "operator", Place.open((verb, kind) -> true, 2), ZoneOffset.UTC);
    }

    static List<Pool> pools() {
        return List.of(
                pool("gpu", 12, shape(64, 512, 8), false),
                pool("on-demand", 24, shape(16, 64, 0), false),
                pool("spot-a", 60, shape(16, 72, 0), false),
                pool("laptop", 1, shape(2, 4, 0), true));
    }

    static Resources shape(long cpus, long gibibytes, long gpus) {
        return Resources.of(Map.of("cpu", cpus * 1000, "memory", gibibytes << 30, GPU, gpus));
    }

    private static Pool pool(String name, int nodes, Resources each, boolean local) {
        return new Pool(new PoolName(name), nodes, each, Map.of(), List.of(), 110, null, local);
    }

    static Supply supply(List<Pool> pools) {
        Map<PoolName, List<Supply.NodeUse>> nodes = new TreeMap<>();
        for (Pool pool : pools) {
            List<Supply.NodeUse> uses = new ArrayList<>();
            for (int i = 0; i < pool.nodes(); i++) {
                int eighths = pool.nodes() == 1 ? 0 : Math.min(8, (i * 7 * pool.nodes() + i * i) % 13);
                Map<String, Long> used = new TreeMap<>();
                pool.resources().asMap().forEach((resource, amount) -> used.put(resource, amount * eighths / 8));
                uses.add(new Supply.NodeUse(
                        new NodeName(pool.name() + "-" + i),
                        i != 17,
                        pool.resources(),
                        new Supply.Held(Resources.of(used), eighths)));
            }
            nodes.put(pool.name(), uses);
        }
        return new Supply(nodes, Map.of());
    }

    static QueueSpec queue(
            String name, @Nullable String parent, long guarantee, long deserved, long capability, QueueState state) {
        return new QueueSpec(
                new QueueName(name),
                parent == null ? null : new QueueName(parent),
                Resources.of("cpu", guarantee * 1000),
                deserved == 0
                        ? Resources.NONE
                        : Resources.of(Map.of("cpu", deserved * 1000, GPU, name.equals("etl") ? 0L : 32L)),
                capability == 0 ? null : Resources.of("cpu", capability * 1000),
                1,
                state);
    }

    static List<QueueSpec> queues() {
        return List.of(
                queue("research", null, 512, 800, 1400, QueueState.OPEN),
                queue("vision", "research", 256, 400, 800, QueueState.OPEN),
                queue("nlp", "research", 128, 300, 900, QueueState.OPEN),
                queue("etl", null, 200, 500, 900, QueueState.OPEN),
                queue("nightly", "etl", 100, 200, 600, QueueState.OPEN),
                queue("adhoc", "etl", 0, 300, 600, QueueState.OPEN),
                queue("archive", null, 0, 0, 64, QueueState.DRAINING));
    }

    static Map<QueueName, QueueUse> uses() {
        return Map.of(
                new QueueName("research"), new QueueUse(shape(760, 3040, 56), 14, 21),
                new QueueName("vision"), new QueueUse(shape(512, 2048, 48), 9, 12),
                new QueueName("nlp"), new QueueUse(shape(248, 992, 8), 5, 9),
                new QueueName("etl"), new QueueUse(shape(640, 2560, 0), 31, 40),
                new QueueName("nightly"), new QueueUse(shape(420, 1680, 0), 28, 22),
                new QueueName("adhoc"), new QueueUse(shape(220, 880, 0), 3, 18));
    }

    private static Role role(RoleName name, int least, int most, Resources each) {
        PodTemplate pod = new PodTemplate(
                "ghcr.example.org/spark:4.0.1",
                List.of("/opt/spark/bin/run", name.value()),
                List.of("--rows", "1000000"),
                Map.of(),
                List.of(),
                List.of(),
                null,
                each,
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                Map.of());
        return new Role(name, least, most, name.equals(DRIVER), pod);
    }

    static Job job(int number, String name, JobState state, @Nullable Outcome outcome, Reason... reasons) {
        boolean started = state.isFinal() || state == JobState.RUNNING;
        Instant submitted = NOW.minusSeconds(900L + number * 37L);
        JobSpec spec = new JobSpec(
                name,
                new QueueName(number % 2 == 0 ? "vision" : "nightly"),
                new PriorityClassName(number % 5 == 0 ? "urgent" : "routine"),
                List.of(role(DRIVER, 1, 1, shape(2, 8, 0)), role(EXECUTOR, 20, 40, shape(4, 18, 0))),
                Duration.ofHours(2),
                null,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                null,
                new RetryRules(3, List.of(), 5),
                new CompletionRules(Set.of(DRIVER), Map.of()),
                Map.of("experiment", "resnet-" + number, "owner", "ada"),
                Map.of());
        return new Job(
                new JobId("01k9%022d".formatted(number)),
                new TeamName(number % 2 == 0 ? "research" : "data"),
                spec,
                state,
                2,
                3,
                started ? 1 : 0,
                1,
                0,
                0,
                Map.of(),
                "ada",
                submitted,
                submitted,
                submitted,
                started ? submitted.plusSeconds(260) : null,
                state.isFinal() ? submitted.plusSeconds(700) : null,
                outcome,
                List.of(reasons),
                null);
    }

    static List<Job> jobs() {
        return List.of(
                job(1, "features-hourly", JobState.QUEUED, null, FULL, CAPABILITY),
                job(2, "resnet-sweep-17", JobState.QUEUED, null, CAPABILITY),
                job(3, "orders-compaction", JobState.LAUNCHING, null),
                job(4, "train-vit-large", JobState.RUNNING, null),
                job(5, "clickstream-sessions", JobState.SUSPENDING, null),
                job(6, "wait-for-orders", JobState.BLOCKED, null),
                job(7, "dedupe-customers", JobState.SUSPENDED, null),
                job(8, "tokenise-corpus", JobState.SUCCEEDED, Outcome.SUCCEEDED),
                job(9, "embed-catalogue", JobState.FAILED, oom()),
                job(10, "nightly-export", JobState.CANCELLED, Outcome.of(Outcome.Result.CANCELLED)),
                job(11, "late-report", JobState.EXPIRED, Outcome.of(Outcome.Result.EXPIRED)),
                job(12, HOSTILE, JobState.CANCELLING, null));
    }

    private static Outcome oom() {
        return Outcome.failed(new Failure(
                Category.OOM, EXECUTOR, 137, "executor 7 was killed: used more memory than the 18Gi it asked"));
    }

    static Map<JobState, Long> counts() {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        counts.put(JobState.QUEUED, 1240L);
        counts.put(JobState.BLOCKED, 6L);
        counts.put(JobState.LAUNCHING, 4L);
        counts.put(JobState.RUNNING, 61L);
        counts.put(JobState.SUSPENDED, 2L);
        counts.put(JobState.SUCCEEDED, 18_422L);
        counts.put(JobState.FAILED, 37L);
        counts.put(JobState.CANCELLED, 12L);
        return counts;
    }

    static List<RecordedEvent> events() {
        JobState[] states = {JobState.RUNNING, JobState.SUCCEEDED, JobState.LAUNCHING, JobState.FAILED, JobState.QUEUED
        };
        List<RecordedEvent> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            JobState state = states[i % states.length];
            Job job = jobs().get(i + 2);
            events.add(new RecordedEvent(
                    new EventCursor(900 - i, i),
                    new Event(
                            NOW.minusSeconds(3 + i * i * 4L),
                            state == JobState.QUEUED ? EventType.JOB_SUBMITTED : EventType.JOB_MOVED,
                            state == JobState.QUEUED ? "ada" : "muster",
                            job.team(),
                            job.id(),
                            job.spec().name(),
                            1,
                            null,
                            state.name(),
                            state == JobState.FAILED
                                    ? Why.of("OOM", "executor 7 was killed: used more memory than it asked")
                                    : null)));
        }
        return events;
    }

    static Overview overview() {
        List<ReasonStore.Waiting> waiting = List.of(
                new ReasonStore.Waiting("NODES_FULL", 910, FULL),
                new ReasonStore.Waiting("CAPABILITY_REACHED", 287, CAPABILITY),
                new ReasonStore.Waiting(
                        "FRAGMENTED",
                        31,
                        new Reason(
                                ReasonCode.FRAGMENTED,
                                "48 cpu are free in pool gpu, but no node has more than 6",
                                null,
                                Map.of())));
        return Overview.of(
                frame("Overview", "overview"),
                counts(),
                waiting,
                queues(),
                uses(),
                pools(),
                supply(pools()),
                events(),
                null);
    }

    /** One that an operator has opened, and one of which nothing is known. */
    static OfferingPage offerings() {
        Pool opened = growing("spot-a", Map.of("karpenter.sh/capacity-type", "spot", RoomBuilder.ZONE, "eu-1a"));
        Pool unknown = growing("on-demand", Map.of());
        Frame frame = frame("Pools", "pools");
        OfferingStore.Order order =
                new OfferingStore.Order(OfferingStore.Word.OPEN, "ada", "no <spot> today", frame.now());
        return new OfferingPage(
                frame,
                List.of(
                        OfferingTile.of(opened, null, order, frame.now()),
                        OfferingTile.of(unknown, null, null, frame.now())),
                "3 idle nodes (3 of steady) are kept",
                "Set --scale-down-delay-type-local=true",
                true);
    }

    private static Pool growing(String name, Map<String, String> labels) {
        return new Pool(
                new PoolName(name),
                0,
                Resources.of("cpu", 8_000),
                labels,
                List.of(),
                110,
                new BigDecimal("0.12"),
                false,
                40);
    }

    static Overview nothing() {
        return Overview.of(
                frame("Overview", "overview"),
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                Supply.of(List.of(), List.of()),
                List.of(),
                null);
    }

    static ProblemPage problem() {
        return new ProblemPage(
                frame("Not found", ""),
                404,
                "There is no such thing",
                "There is no job '<b>x</b>'",
                List.of("Look for it in the list of jobs"));
    }

    static JobList list(JobFilter filter) {
        return new JobList(
                frame("Jobs", "jobs"),
                filter,
                JobList.chips(filter, counts()),
                List.of("data", "research"),
                List.of("adhoc", "nightly", "nlp", "vision"),
                List.of("CAPABILITY_REACHED", "FRAGMENTED", "NODES_FULL"),
                jobs().stream().map(job -> JobRow.of(job, NOW)).toList(),
                Set.of(),
                true,
                true,
                "opaque+token/=");
    }

    static JobPage waiting() {
        Job job = jobs().get(0);
        WhyPanel why = WhyPanel.of(
                job.reasons(),
                17,
                NOW.minusSeconds(2),
                NOW,
                List.of("Expected to start between in 5 min and in 2 h, if no job is submitted."));
        return JobPage.of(
                frame(job.spec().name(), "jobs"),
                job,
                List.of(),
                List.of(),
                why,
                null,
                null,
                verb -> true,
                events().subList(4, 5),
                null);
    }

    private static final String LOST =
            "12 of 172 executors were lost: 9 to spot in pool burst, 3 killed for memory on n1, n2, n3; the driver exited with 1";

    static JobPage failed() {
        Job job = jobs().get(8);
        String output = "Loading 1,000,000 rows\nshard 0 done\nshard 1 done\n</pre><script>alert('x')</script>\n"
                + "java.lang.OutOfMemoryError: Java heap space\n";
        LogPanel log = new LogPanel(
                job.team().value(),
                job.id().value(),
                "executor",
                7,
                2,
                LogPanel.readable(output.getBytes(StandardCharsets.UTF_8)),
                output.length(),
                true,
                true);
        List<Attempt> attempts = List.of(
                attempt(
                        job,
                        1,
                        40,
                        null,
                        100,
                        Outcome.failed(new Failure(Category.LAUNCH_TIMEOUT, null, null, "late"))),
                attempt(job, 2, 220, 260L, 700, oom()));
        return JobPage.of(
                frame(job.spec().name(), "jobs"),
                job,
                attempts,
                pods(job),
                null,
                LOST,
                "{\"rows\": 3, \"note\": \"</pre><b>\"}",
                verb -> true,
                events(),
                log);
    }

    private static Attempt attempt(
            Job job, int number, long created, @Nullable Long started, long ended, Outcome outcome) {
        Instant from = job.submittedAt();
        return new Attempt(
                new AttemptId(job.id(), number),
                AttemptState.ENDED,
                4,
                Map.of(DRIVER, Map.of(ON_DEMAND, 1), EXECUTOR, Map.of(SPOT, 20)),
                from.plusSeconds(created),
                started == null ? null : from.plusSeconds(started),
                from.plusSeconds(ended),
                null,
                outcome,
                List.of());
    }

    private static List<PodStatus> pods(Job job) {
        List<PodStatus> pods = new ArrayList<>();
        pods.add(pod(job, DRIVER, 0, ON_DEMAND, 0));
        for (int i = 0; i < 20; i++) {
            pods.add(pod(job, EXECUTOR, i, SPOT, i == 7 ? 137 : 0));
        }
        return pods;
    }

    private static PodStatus pod(Job job, RoleName role, int index, PoolName pool, int exitCode) {
        return new PodStatus(
                new PodRef(new AttemptId(job.id(), 2), role, index),
                exitCode == 0 ? PodPhase.SUCCEEDED : PodPhase.FAILED,
                pool,
                new NodeName(pool + "-" + index),
                job.submittedAt().plusSeconds(260),
                job.submittedAt().plusSeconds(700),
                exitCode,
                exitCode == 0 ? PodEnd.EXITED : PodEnd.OOM_KILLED,
                exitCode == 0 ? "" : "killed for using more memory than it asked");
    }
}
