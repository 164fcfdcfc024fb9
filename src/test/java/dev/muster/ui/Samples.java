package dev.muster.ui;

import dev.muster.api.Attempt;
import dev.muster.api.Event;
import dev.muster.api.Explanation;
import dev.muster.api.Job;
import dev.muster.api.JobSpec;
import dev.muster.api.JobStatus;
import dev.muster.api.Metadata;
import dev.muster.api.Outcome;
import dev.muster.api.Pool;
import dev.muster.api.PoolSpec;
import dev.muster.api.PoolStatus;
import dev.muster.api.Queue;
import dev.muster.api.QueueSpec;
import dev.muster.api.QueueStatus;
import dev.muster.api.Reason;
import dev.muster.api.RoleSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A busy afternoon: pools, a queue tree and jobs in every state, in the words of the API. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
    static final Reason FULL = new Reason(
            "NODES_FULL",
            "needs 20 × (4 cpu, 18Gi); pool spot-a fits 11, pool on-demand fits 3",
            "Room for 6 more executors: a smaller minimum (14) would start now.",
            Map.of("asked pods", "21", "fits in spot-a", "11", "fits in on-demand", "3"));
    static final Reason CAPABILITY = new Reason(
            "CAPABILITY_REACHED",
            "queue vision holds 8 of 8 gpu; the job asks 4 more",
            "Starts when a job of vision ends, or when its capability is raised to 12.",
            Map.of("capability", "8", "used", "8", "asked", "4"));

    private Samples() {}

    static Frame frame(String title, String section) {
        return Frame.living(title, section, "", NOW, false, "local admin");
    }

    static List<Pool> pools() {
        return List.of(
                pool("gpu", 12, Map.of("cpu", "64", "memory", "512Gi", "nvidia.com/gpu", "8"), 7, false),
                pool("on-demand", 24, Map.of("cpu", "16", "memory", "64Gi"), 3, false),
                pool("spot-a", 60, Map.of("cpu", "16", "memory", "72Gi"), 5, false),
                pool("laptop", 1, Map.of("cpu", "2", "memory", "4Gi"), 1, true));
    }

    private static Pool pool(String name, int nodes, Map<String, String> shape, int seed, boolean local) {
        List<PoolStatus.NodeUse> uses = new ArrayList<>();
        Map<String, Long> used = new HashMap<>();
        Map<String, Long> room = new HashMap<>();
        int pods = 0;
        for (int i = 0; i < nodes; i++) {
            int eighths = nodes == 1 ? 0 : Math.min(8, (i * seed * 7 + i * i) % 13);
            Map<String, String> nodeUsed = new HashMap<>();
            shape.forEach((resource, text) -> {
                long whole = dev.muster.quota.resource.Quantity.parse(resource, text);
                long part = whole * eighths / 8;
                used.merge(resource, part, Long::sum);
                room.merge(resource, whole, Long::sum);
                nodeUsed.put(resource, dev.muster.quota.resource.Quantity.format(resource, part));
            });
            pods += eighths;
            uses.add(new PoolStatus.NodeUse(name + "-" + i, i != 17, shape, nodeUsed, eighths));
        }
        return new Pool(
                Pool.KIND,
                Metadata.named(name),
                new PoolSpec(nodes, shape, null, null, null, null, local),
                new PoolStatus(nodes, texts(room), texts(used), pods, uses));
    }

    private static Map<String, String> texts(Map<String, Long> amounts) {
        Map<String, String> texts = new HashMap<>();
        amounts.forEach((name, amount) -> texts.put(name, dev.muster.quota.resource.Quantity.format(name, amount)));
        return texts;
    }

    static List<Queue> queues() {
        return List.of(
                queue("research", null, "512", "800", "1400", "56", 14, 21, "760", "OPEN"),
                queue("vision", "research", "256", "400", "800", "48", 9, 12, "512", "OPEN"),
                queue("nlp", "research", "128", "300", "900", "8", 5, 9, "248", "OPEN"),
                queue("etl", null, "200", "500", "900", null, 31, 40, "640", "OPEN"),
                queue("nightly", "etl", "100", "200", "600", null, 28, 22, "420", "OPEN"),
                queue("adhoc", "etl", null, "300", "600", null, 3, 18, "220", "OPEN"),
                queue("archive", null, null, null, "64", null, 0, 0, "0", "DRAINING"));
    }

    private static Queue queue(
            String name,
            @Nullable String parent,
            @Nullable String guarantee,
            @Nullable String deserved,
            String capability,
            @Nullable String gpus,
            int pending,
            int running,
            String used,
            String state) {
        Map<String, String> holds = new HashMap<>(Map.of("cpu", used, "memory", Long.parseLong(used) * 4 + "Gi"));
        if (gpus != null) {
            holds.put("nvidia.com/gpu", gpus);
        }
        return new Queue(
                Queue.KIND,
                Metadata.named(name),
                new QueueSpec(
                        parent,
                        null,
                        guarantee == null ? null : Map.of("cpu", guarantee),
                        deserved == null ? null : Map.of("cpu", deserved, "nvidia.com/gpu", "32"),
                        Map.of("cpu", capability),
                        1,
                        state),
                new QueueStatus(holds, Map.of("cpu", capability), pending, running, List.of()));
    }

    static Job job(int number, String name, String state, @Nullable Reason reason, @Nullable Outcome outcome) {
        boolean ended = List.of("SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED").contains(state);
        boolean started = ended || state.equals("RUNNING");
        Instant submitted = NOW.minusSeconds(900L + number * 37L);
        return new Job(
                Job.KIND,
                new Metadata(
                        name,
                        number % 2 == 0 ? "research" : "data",
                        "01k9%022d".formatted(number),
                        Map.of("experiment", "resnet-" + number, "owner", "ada"),
                        null,
                        "\"3\"",
                        submitted),
                new JobSpec(
                        number % 2 == 0 ? "vision" : "nightly",
                        number % 5 == 0 ? "urgent" : "routine",
                        List.of(
                                role("driver", 1, 1, true, Map.of("cpu", "2", "memory", "8Gi")),
                                role("executor", 20, 40, false, Map.of("cpu", "4", "memory", "18Gi"))),
                        "2h",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                new JobStatus(
                        state,
                        reason,
                        started ? 1 : null,
                        outcome,
                        submitted,
                        submitted,
                        started ? submitted.plusSeconds(260) : null,
                        ended ? submitted.plusSeconds(700) : null,
                        null));
    }

    private static RoleSpec role(String name, int min, int max, boolean leader, Map<String, String> resources) {
        return new RoleSpec(
                name,
                null,
                min,
                max,
                leader,
                "ghcr.example.org/spark:4.0.1",
                List.of("/opt/spark/bin/run", name),
                List.of("--rows", "1000000"),
                null,
                null,
                null,
                null,
                resources,
                null,
                null,
                null,
                null);
    }

    static List<Job> jobs() {
        return List.of(
                job(1, "features-hourly", "QUEUED", FULL, null),
                job(2, "resnet-sweep-17", "QUEUED", CAPABILITY, null),
                job(3, "orders-compaction", "LAUNCHING", null, null),
                job(4, "train-vit-large", "RUNNING", null, null),
                job(5, "clickstream-sessions", "RUNNING", null, null),
                job(
                        6,
                        "wait-for-orders",
                        "BLOCKED",
                        new Reason("DEPENDENCY", "waits for orders-compaction", null, null),
                        null),
                job(7, "dedupe-customers", "SUSPENDED", null, null),
                job(8, "tokenise-corpus", "SUCCEEDED", null, new Outcome("SUCCEEDED", null, null, 0, null)),
                job(
                        9,
                        "embed-catalogue",
                        "FAILED",
                        null,
                        new Outcome(
                                "FAILED",
                                "OOM",
                                "executor",
                                137,
                                "executor 7 was killed: used more memory than the 18Gi it asked")),
                job(
                        10,
                        "nightly-export",
                        "CANCELLED",
                        null,
                        new Outcome("CANCELLED", null, null, null, "cancelled by ada")),
                job(
                        11,
                        "late-report",
                        "EXPIRED",
                        null,
                        new Outcome("EXPIRED", null, null, null, "waited longer than its queue timeout of 10 min")),
                job(12, "<script>alert(1)</script>\"'&", "CANCELLING", null, null));
    }

    static Map<String, Long> counts() {
        return Map.of(
                "QUEUED",
                1240L,
                "BLOCKED",
                6L,
                "LAUNCHING",
                4L,
                "RUNNING",
                61L,
                "SUSPENDED",
                2L,
                "SUCCEEDED",
                18_422L,
                "FAILED",
                37L,
                "CANCELLED",
                12L);
    }

    static List<Event> events() {
        List<Event> events = new ArrayList<>();
        String[][] moves = {
            {"JOB_MOVED", "LAUNCHING", "RUNNING"},
            {"JOB_MOVED", "RUNNING", "SUCCEEDED"},
            {"JOB_MOVED", "QUEUED", "LAUNCHING"},
            {"JOB_MOVED", "RUNNING", "FAILED"},
            {"JOB_SUBMITTED", "", "QUEUED"}
        };
        List<Job> jobs = jobs();
        for (int i = 0; i < 10; i++) {
            String[] move = moves[i % moves.length];
            Job job = jobs.get(i % jobs.size());
            events.add(new Event(
                    "7" + i + "-" + i,
                    NOW.minusSeconds(3 + i * i * 4L),
                    move[0],
                    i % 5 == 4 ? "ada" : "muster",
                    job.metadata().team(),
                    job.metadata().id(),
                    job.metadata().name(),
                    i % 5 == 4 ? null : 1,
                    move[1],
                    move[2],
                    i % 5 == 3
                            ? new Reason("OOM", "executor 7 was killed: used more memory than it asked", null, null)
                            : null));
        }
        return events;
    }

    static Overview overview() {
        return Overview.of(
                frame("Overview", "overview"),
                counts(),
                Map.of("NODES_FULL", 910L, "CAPABILITY_REACHED", 287L, "FRAGMENTED", 31L, "NOT_BEFORE", 12L),
                List.of(FULL, CAPABILITY),
                queues(),
                pools(),
                events());
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
                true,
                "opaque+token/=");
    }

    static JobPage waiting() {
        Job job = jobs().get(0);
        return JobPage.of(
                frame(job.metadata().name(), "jobs"),
                job,
                List.of(),
                new Explanation(
                        job.metadata().name(), "QUEUED", FULL, List.of(FULL, CAPABILITY), 17, NOW.minusSeconds(2)),
                events().subList(4, 5),
                null);
    }

    static JobPage failed() {
        Job job = jobs().get(8);
        Instant submitted = JobRow.statusOf(job).submittedAt();
        List<Attempt> attempts = List.of(
                new Attempt(
                        1,
                        "ENDED",
                        new Outcome("FAILED", "LAUNCH_TIMEOUT", null, null, null),
                        List.of(),
                        null,
                        submitted.plusSeconds(40),
                        null,
                        submitted.plusSeconds(100)),
                new Attempt(
                        2,
                        "ENDED",
                        new Outcome("FAILED", "OOM", "executor", 137, "killed"),
                        List.of(
                                new Attempt.Placement("driver", "on-demand", 1),
                                new Attempt.Placement("executor", "spot-a", 20)),
                        pods(submitted),
                        submitted.plusSeconds(220),
                        submitted.plusSeconds(260),
                        submitted.plusSeconds(700)));
        String output =
                "Loading 1,000,000 rows\nshard 0 done\nshard 1 done\n</pre><script>alert('x')</script>\njava.lang.OutOfMemoryError: Java heap space\n";
        return JobPage.of(
                frame(job.metadata().name(), "jobs"),
                job,
                attempts,
                null,
                events(),
                new LogPanel(
                        "data",
                        job.metadata().id(),
                        "executor",
                        7,
                        2,
                        LogPanel.readable(output.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        output.length(),
                        true,
                        true));
    }

    private static List<Attempt.Pod> pods(Instant submitted) {
        List<Attempt.Pod> pods = new ArrayList<>();
        pods.add(new Attempt.Pod(
                "d",
                "driver",
                0,
                "SUCCEEDED",
                "on-demand",
                "on-demand-3",
                submitted.plusSeconds(250),
                submitted.plusSeconds(700),
                0,
                null));
        for (int i = 0; i < 20; i++) {
            pods.add(new Attempt.Pod(
                    "e" + i,
                    "executor",
                    i,
                    i == 7 ? "FAILED" : "SUCCEEDED",
                    "spot-a",
                    "spot-a-" + i,
                    submitted.plusSeconds(260),
                    submitted.plusSeconds(700),
                    i == 7 ? 137 : 0,
                    i == 7 ? "OOM killed" : null));
        }
        return pods;
    }
}
