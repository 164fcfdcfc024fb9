package dev.muster.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The mix of Kueue's own baseline through the whole service, on the machine's clock: 5 parents of 6 queues (deserved 20 cpu,
 * capability 120), and in each 350 small, 100 medium and 50 large jobs that arrive over a minute. Only quota is scarce. Then the same
 * once more on the same service: what its start and its compilers take is paid by then.
 */
final class MixMeasurement {
    private static final int PARENTS = 5;
    private static final int CHILDREN = 6;
    private static final long TICK_MILLIS = 100;
    /** As often as somebody who scrapes metrics closely. */
    private static final long LOOK_EVERY_SECONDS = 5;

    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final List<Size> SIZES = List.of(
            new Size("small", 350, 1, 200, "routine", 100),
            new Size("medium", 100, 5, 500, "urgent", 500),
            new Size("large", 50, 20, 1_000, "exceptional", 1_200));

    private MixMeasurement() {}

    /** So many jobs of a size in each queue, one every {@code everyMillis}. */
    private record Size(String name, int jobs, int cpu, int runMillis, String priorityClass, int everyMillis) {
        String job(String round, String queue, int number) {
            return """
                    {"metadata":{"name":"%s-%s-%s-%d","labels":{"size":"%s"},"annotations":{"simulation.muster.dev/run-time":"%dms"}},\
                    "spec":{"queue":"%s","priorityClass":"%s","roles":[{"name":"worker","count":1,"image":"registry.example/mix:1",\
                    "resources":{"cpu":"%d"}}]}}""".formatted(round, queue, name, number, name, runMillis, queue, priorityClass, cpu);
        }
    }

    static List<Figure> run(Service service) throws Exception {
        try (HttpConnection connection = service.connect()) {
            World.put(
                    connection,
                    "/api/v1/pools/mix",
                    "{\"nodes\":40,\"resources\":{\"cpu\":\"100\",\"memory\":\"400Gi\"}}",
                    "Pool",
                    "mix");
            for (int parent = 0; parent < PARENTS; parent++) {
                queue(connection, "parent" + parent, "", CHILDREN * 20);
                for (int child = 0; child < CHILDREN; child++) {
                    queue(connection, name(parent, child), "\"parent\":\"parent%d\",".formatted(parent), 20);
                }
            }
            World.put(connection, "/api/v1/teams/bench", "{\"queue\":\"%s\"}".formatted(name(0, 0)), "Team", "bench");
            double started = service.cpuSeconds();
            long begin = System.nanoTime();
            int jobs = submit(connection, "first", begin);
            awaitEnd(connection, jobs, begin);
            // Before the jobs are read again to see how long they waited.
            List<Figure> figures = new ArrayList<>(costs(service, jobs, started));
            figures.addAll(times(connection));
            figures.addAll(again(service, connection, jobs));
            return figures;
        }
    }

    private static List<Figure> again(Service service, HttpConnection connection, int before) throws Exception {
        double cpu = service.cpuSeconds();
        double postgres = service.cpuSecondsOfDatabase();
        long begin = System.nanoTime();
        int jobs = submit(connection, "second", begin);
        awaitEnd(connection, before + jobs, begin);
        double used = service.cpuSeconds() - cpu;
        double both = used + service.cpuSecondsOfDatabase() - postgres;
        return List.of(
                new Figure("mix.again.cpuPerJob", used * 1e3 / jobs, "ms"),
                new Figure("mix.again.cpuPerJob.both", both * 1e3 / jobs, "ms"));
    }

    private static String name(int parent, int child) {
        return "queue%d-%d".formatted(parent, child);
    }

    private static void queue(HttpConnection connection, String name, String parent, int deserved) throws IOException {
        World.put(
                connection,
                "/api/v1/queues/" + name,
                "{%s\"deserved\":{\"cpu\":\"%d\"},\"capability\":{\"cpu\":\"120\"}}".formatted(parent, deserved),
                "Queue",
                name);
    }

    /** All that is due in a tick goes in one call. */
    private static int submit(HttpConnection connection, String round, long begin) throws Exception {
        int submitted = 0;
        int all = PARENTS * CHILDREN * SIZES.stream().mapToInt(Size::jobs).sum();
        for (long tick = 1; submitted < all; tick++) {
            List<String> due = new ArrayList<>();
            for (Size size : SIZES) {
                for (int number = 0; number < size.jobs; number++) {
                    if ((number * (long) size.everyMillis) / TICK_MILLIS == tick - 1) {
                        for (int queue = 0; queue < PARENTS * CHILDREN; queue++) {
                            due.add(size.job(round, name(queue / CHILDREN, queue % CHILDREN), number));
                        }
                    }
                }
            }
            if (!due.isEmpty()) {
                connection
                        .call("POST", World.BATCH, "{\"jobs\":[" + String.join(",", due) + "]}")
                        .expect(201);
                submitted += due.size();
            }
            long wait = begin + TimeUnit.MILLISECONDS.toNanos(tick * TICK_MILLIS) - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
        }
        return submitted;
    }

    private static void awaitEnd(HttpConnection connection, int jobs, long begin) throws Exception {
        while (succeeded(connection) < jobs) {
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new IllegalStateException(
                        "%d of %d jobs had succeeded after %s".formatted(succeeded(connection), jobs, LONGEST));
            }
            TimeUnit.SECONDS.sleep(LOOK_EVERY_SECONDS);
        }
    }

    /** Time on the processor by what it is spent for; threads that have ended are among the other ones. */
    private static Map<String, Double> parts(Service service, double all) throws IOException {
        Map<String, Double> parts = new TreeMap<>();
        service.cpuSecondsByThread().forEach((thread, seconds) -> parts.merge(part(thread), seconds, Double::sum));
        parts.merge(
                "other",
                all - parts.values().stream().mapToDouble(Double::doubleValue).sum(),
                Double::sum);
        return parts;
    }

    private static String part(String thread) {
        if (thread.equals("muster-cycle")) {
            return "cycle";
        }
        if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
            return "compiler";
        }
        if (thread.startsWith("G1 ") || thread.startsWith("GC ") || thread.startsWith("VM Thread")) {
            return "collector";
        }
        if (thread.startsWith("executor-") || thread.startsWith("vert.x-")) {
            return "requests";
        }
        return thread.startsWith("simulated") || thread.startsWith("muster-") ? "cluster" : "other";
    }

    private static long succeeded(HttpConnection connection) throws IOException {
        return connection
                .call("GET", "/q/metrics", "")
                .expect(200)
                .body()
                .lines()
                .filter(line -> line.startsWith("muster_job_moves_total") && line.contains("\"SUCCEEDED\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static List<Figure> costs(Service service, int jobs, double started) throws IOException {
        List<Figure> figures = new ArrayList<>();
        double cpu = service.cpuSeconds();
        double postgres = service.cpuSecondsOfDatabase();
        figures.add(new Figure("mix.cpu", cpu, "s"));
        figures.add(new Figure("mix.cpuPerJob", cpu * 1e3 / jobs, "ms"));
        figures.add(new Figure("mix.cpu.postgres", postgres, "s"));
        figures.add(new Figure("mix.cpuPerJob.both", (cpu + postgres) * 1e3 / jobs, "ms"));
        figures.add(new Figure("mix.cpu.start", started, "s"));
        parts(service, cpu).forEach((part, seconds) -> figures.add(new Figure("mix.cpu." + part, seconds, "s")));
        figures.add(new Figure("mix.memory", peakMebibytes(service.pid()), "MiB"));
        return figures;
    }

    private static List<Figure> times(HttpConnection connection) throws IOException {
        Map<String, List<Duration>> waits = new TreeMap<>();
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        String token = "";
        do {
            JsonNode page = new JsonMapper()
                    .readTree(connection
                            .call("GET", World.JOBS + "?pageSize=1000" + token, "")
                            .expect(200)
                            .body());
            for (JsonNode job : page.required("items")) {
                Instant submitted = Instant.parse(job.at("/status/submittedAt").textValue());
                Instant ended = Instant.parse(job.at("/status/finishedAt").textValue());
                waits.computeIfAbsent(job.at("/metadata/labels/size").textValue(), size -> new ArrayList<>())
                        .add(Duration.between(
                                submitted,
                                Instant.parse(job.at("/status/startedAt").textValue())));
                first = submitted.isBefore(first) ? submitted : first;
                last = ended.isAfter(last) ? ended : last;
            }
            JsonNode next = page.path("nextPageToken");
            token = next.isTextual() && !next.textValue().isEmpty() ? "&pageToken=" + next.textValue() : "";
        } while (!token.isEmpty());
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("mix.wall", Duration.between(first, last).toMillis() / 1e3, "s"));
        waits.forEach((size, all) -> figures.add(new Figure(
                "mix.wait." + size,
                all.stream().mapToLong(Duration::toMillis).average().orElseThrow() / 1e3,
                "s")));
        return figures;
    }

    /** Most that the process ever had in memory. */
    private static double peakMebibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElseThrow();
    }
}
