package dev.muster.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * 24 teams with 300 schedules, of which 167 tick each minute: 10,000 runs, a day's for such a platform, in one hour. The hour is
 * shortened: nobody was there in its first part, all of which is due at once; its last minutes are on the clock.
 */
final class ScheduleMeasurement {
    private static final int TEAMS = 24;
    private static final int SCHEDULES = 300;
    /** So many tick each minute, of the others every second one by turns: 167 in a minute. */
    private static final int EACH_MINUTE = 34;

    private static final int MISSED = 57;
    private static final int IN_TIME = 3;
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final JsonMapper JSON = new JsonMapper();

    private ScheduleMeasurement() {}

    /** A run as the schedule tells it. */
    private record Run(Instant tick, String job) {}

    static List<Figure> run(Service service) throws Exception {
        try (HttpConnection connection = service.connect()) {
            declare(connection);
            double cpu = service.cpuSeconds();
            long begin = System.nanoTime();
            Instant live = miss(service);
            await(connection, missed(live));
            double caughtUp = (System.nanoTime() - begin) / 1e9;
            // What became due meanwhile waited for that; in time is what comes from now on.
            Instant from = Instant.now().plusSeconds(1);
            Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
            Instant until = minute.plus(IN_TIME, ChronoUnit.MINUTES);
            sleepUntil(minute.plus(1, ChronoUnit.MINUTES).minusMillis(500));
            double late = late(connection);
            double commits = commits(service);
            double soFar = service.cpuSeconds();
            double database = service.cpuSecondsOfDatabase();
            sleepUntil(until.plusSeconds(20));
            late = late(connection) - late;
            commits = commits(service) - commits;
            double inTime = service.cpuSeconds() - soFar;
            database = service.cpuSecondsOfDatabase() - database;
            cpu = service.cpuSeconds() - cpu;
            List<Figure> figures = new ArrayList<>(figures(connection, live, from, until, caughtUp, cpu));
            figures.add(new Figure("schedules.lateCommits", late, "ticks"));
            figures.add(new Figure("schedules.commitsInTime", commits, "commits"));
            figures.add(new Figure("schedules.cpuInTime", inTime, "s"));
            figures.add(new Figure("schedules.cpuInTimeOfDatabase", database, "s"));
            return figures;
        }
    }

    /** Of everything that the service does: ticks, cycles, and what looks each second. */
    private static double commits(Service service) throws IOException, SQLException {
        Database database = Database.of(service.data());
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select xact_commit from pg_stat_database where datname = current_database()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void sleepUntil(Instant time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(
                Math.max(0, Duration.between(Instant.now(), time).toMillis()));
    }

    private static void declare(HttpConnection connection) throws IOException {
        World.put(
                connection,
                "/api/v1/pools/bench",
                "{\"nodes\":400,\"resources\":{\"cpu\":\"64\",\"memory\":\"256Gi\"}}",
                "Pool",
                "bench");
        for (int team = 0; team < TEAMS; team++) {
            World.put(connection, "/api/v1/queues/team" + team, "{\"weight\":1}", "Queue", "team" + team);
            World.put(
                    connection,
                    "/api/v1/teams/team" + team,
                    "{\"queue\":\"team%d\"}".formatted(team),
                    "Team",
                    "team" + team);
        }
        for (int i = 0; i < SCHEDULES; i++) {
            World.put(
                    connection, "/api/v1/schedules/" + name(i), """
                    {"team":"team%d","cron":"%s","catchUp":"ALL","job":{"metadata":{"annotations":{"simulation.muster.dev/run-time":"2s"}},\
                    "spec":{"roles":[{"name":"worker","count":2,"image":"registry.example/etl:1","args":["{{ interval.start }}"],\
                    "resources":{"cpu":"1","memory":"1Gi"}}]}}}""".formatted(i % TEAMS, line(i)), "Schedule", name(i));
        }
    }

    private static String name(int schedule) {
        return "nightly-" + schedule;
    }

    private static String line(int schedule) {
        if (schedule < EACH_MINUTE) {
            return "* * * * *";
        }
        return schedule % 2 == 0 ? "*/2 * * * *" : "1-59/2 * * * *";
    }

    private static boolean isDue(int schedule, Instant tick) {
        return schedule < EACH_MINUTE || tick.getEpochSecond() / 60 % 2 == schedule % 2;
    }

    /** As if nobody had been there for most of an hour; the first tick that is due now. */
    private static Instant miss(Service service) throws IOException, SQLException {
        Database database = Database.of(service.data());
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
            Instant last = now.minus(MISSED, ChronoUnit.MINUTES);
            // Nothing may have been made of them: what already has runs is not due again.
            statement.executeUpdate("update schedule set last_tick = '%s', look_at = now()".formatted(last));
            return last.plus(1, ChronoUnit.MINUTES);
        }
    }

    private static int missed(Instant first) {
        int missed = 0;
        for (int minute = 0; minute < MISSED - 1; minute++) {
            for (int i = 0; i < SCHEDULES; i++) {
                missed += isDue(i, first.plus(minute, ChronoUnit.MINUTES)) ? 1 : 0;
            }
        }
        return missed;
    }

    private static void await(HttpConnection connection, int jobs) throws Exception {
        long begin = System.nanoTime();
        while (accepted(connection) < jobs) {
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new IllegalStateException(
                        "%d of %d runs had a job after %s".formatted(accepted(connection), jobs, LONGEST));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static long accepted(HttpConnection connection) throws IOException {
        return sum(connection, "muster_schedule_lag_seconds_count", "");
    }

    /** Ticks whose job was kept later than a second after them, as the service itself tells. */
    private static long late(HttpConnection connection) throws IOException {
        return accepted(connection) - sum(connection, "muster_schedule_lag_seconds_bucket", "le=\"1.0\"");
    }

    private static long sum(HttpConnection connection, String metric, String label) throws IOException {
        return connection
                .call("GET", "/q/metrics", "")
                .expect(200)
                .body()
                .lines()
                .filter(line -> line.startsWith(metric) && line.contains(label))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static List<Figure> figures(
            HttpConnection connection, Instant first, Instant from, Instant until, double caughtUp, double cpu)
            throws IOException {
        Map<String, Instant> accepted = new HashMap<>();
        each(
                connection,
                "/api/v1/teams/-/jobs?pageSize=1000",
                job -> accepted.put(
                        job.at("/metadata/id").textValue(),
                        Instant.parse(job.at("/status/submittedAt").textValue())));
        int lost = 0;
        int doubled = 0;
        int all = 0;
        List<Long> lags = new ArrayList<>();
        Set<String> jobs = new HashSet<>();
        for (int i = 0; i < SCHEDULES; i++) {
            List<Run> runs = new ArrayList<>();
            each(
                    connection,
                    "/api/v1/schedules/%s/runs?pageSize=500".formatted(name(i)),
                    run -> runs.add(new Run(
                            Instant.parse(run.required("tick").textValue()),
                            run.path("job").asText(""))));
            Set<Instant> ticks = new HashSet<>();
            for (Run run : runs) {
                all++;
                doubled += ticks.add(run.tick()) && (run.job().isEmpty() || jobs.add(run.job())) ? 0 : 1;
                Instant at = accepted.get(run.job());
                if (at != null && run.tick().isAfter(from) && !run.tick().isAfter(until)) {
                    lags.add(Duration.between(run.tick(), at).toNanos());
                }
            }
            for (Instant tick = first; !tick.isAfter(until); tick = tick.plus(1, ChronoUnit.MINUTES)) {
                Instant due = tick;
                lost += !isDue(i, due)
                                || runs.stream()
                                        .anyMatch(run -> run.tick().equals(due) && accepted.containsKey(run.job()))
                        ? 0
                        : 1;
            }
        }
        // A job that no run knows of was made twice.
        doubled += Math.max(0, accepted.size() - jobs.size());
        Latencies late = new Latencies(lags.stream().mapToLong(Long::longValue).toArray());
        return List.of(
                new Figure("schedules.runs", all, "runs"),
                new Figure("schedules.catchUp", caughtUp, "s"),
                new Figure("schedules.inTime", lags.size(), "ticks"),
                new Figure(
                        "schedules.late",
                        lags.stream().filter(lag -> lag > LATE.toNanos()).count(),
                        "ticks"),
                new Figure("schedules.lag.p50", late.percentile(0.5), "ms"),
                new Figure("schedules.lag.max", late.percentile(1), "ms"),
                new Figure("schedules.lost", lost, "ticks"),
                new Figure("schedules.doubled", doubled, "ticks"),
                new Figure("schedules.cpuPerRun", cpu * 1e3 / Math.max(1, all), "ms"));
    }

    private static void each(HttpConnection connection, String path, Consumer<JsonNode> seen) throws IOException {
        String token = "";
        do {
            JsonNode page = JSON.readTree(
                    connection.call("GET", path + token, "").expect(200).body());
            page.required("items").forEach(seen);
            JsonNode next = page.path("nextPageToken");
            token = next.isTextual() && !next.textValue().isEmpty() ? "&pageToken=" + next.textValue() : "";
        } while (!token.isEmpty());
    }
}
