package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * kill -9 around ticks. Whoever leads dies in or after one of their commits, its successor on the same data at the next one; clocks
 * are wrong in turns; of two replicas the last one takes over from a process that is gone. Nothing is launched meanwhile.
 */
class KilledTicksIT {
    private static final int DUE = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void every_tick_has_one_job_wherever_the_service_is_killed_and_whoever_goes_on() throws Exception {
        ServiceProcess first = ServiceProcess.create();
        ServiceProcess second = ServiceProcess.create();
        try (Installation site = new Installation(first);
                Installation other = new Installation(second)) {
            first.with("muster.fault-at", FaultPoint.TICK_DECIDED_UNCOMMITTED.toString())
                    .start();
            site.declare(4);
            assertThat(site.send("POST", "/api/v1/pauses", "{\"why\": \"only ticks\"}", Map.of())
                            .statusCode())
                    .isBetween(200, 299);
            site.put("/api/v1/schedules/minutely", """
                    {"kind": "Schedule", "metadata": {"name": "minutely"},
                     "spec": {"team": "vision", "cron": "* * * * *", "catchUp": "ALL",
                       "job": {"spec": {"roles": [{"name": "worker", "resources": {"cpu": "1"}}]}}}}""");
            wereDue(first.data());
            diesAt(first.process(), FaultPoint.TICK_DECIDED_UNCOMMITTED);

            first.with("muster.fault-at", FaultPoint.TICK_DECIDED.toString()).with("muster.clock-offset", "PT-5M");
            diesAt(first.launch(), FaultPoint.TICK_DECIDED);

            first.with("muster.fault-at", FaultPoint.TICK_ACCEPTED_UNCOMMITTED + ":2")
                    .with("muster.clock-offset", "PT5M");
            diesAt(first.launch(), FaultPoint.TICK_ACCEPTED_UNCOMMITTED);

            // The lease of the dead one is not over: who owns the database leads before the other.
            first.with("muster.fault-at", FaultPoint.TICK_ACCEPTED + ":2").without("muster.clock-offset");
            diesAt(first.launch(), FaultPoint.TICK_ACCEPTED);
            onTheDatabaseOf(first, second).start();

            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .untilAsserted(() -> everyTickHasOneJob(other));
        }
    }

    /** From the first to the newest no minute is missing, and each has the one job that was made for it. */
    private static void everyTickHasOneJob(Installation site) {
        List<JsonNode> runs = new ArrayList<>();
        site.get("/api/v1/schedules/minutely/runs?pageSize=500").path("items").forEach(runs::add);
        List<Instant> ticks = runs.stream()
                .map(run -> Instant.parse(run.path("tick").asText()))
                .sorted()
                .toList();
        assertThat(ticks).hasSizeGreaterThanOrEqualTo(DUE);
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(ticks.get(i)).isEqualTo(ticks.get(i - 1).plusSeconds(60));
        }
        assertThat(site.jobs())
                .extracting(job -> job.path("metadata").path("id").asText())
                .containsExactlyInAnyOrderElementsOf(
                        runs.stream().map(run -> run.path("job").asText()).toList());
    }

    private static void diesAt(Process process, FaultPoint point) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("dies at %s", point)
                .isTrue();
        assertThat(process.exitValue()).as("dies at %s", point).isEqualTo(FaultInjection.EXIT_CODE);
    }

    /** Some minutes in which nobody was there, so that no test waits for them. */
    private static void wereDue(Path data) throws IOException, SQLException {
        try (Connection connection = connect(data);
                Statement statement = connection.createStatement()) {
            int changed = statement.executeUpdate(
                    "update schedule set last_tick = date_trunc('minute', now()) - interval '%d minutes', look_at = now()"
                            .formatted(DUE));
            assertThat(changed).isEqualTo(1);
        }
    }

    private static ServiceProcess onTheDatabaseOf(ServiceProcess owner, ServiceProcess replica) throws IOException {
        return replica.with("quarkus.datasource.jdbc.url", url(owner.data()))
                .with("quarkus.datasource.username", "muster")
                .with("quarkus.datasource.password", password(owner.data()))
                .with("muster.database", "external");
    }

    private static Connection connect(Path data) throws IOException, SQLException {
        return DriverManager.getConnection(url(data), "muster", password(data));
    }

    private static String url(Path data) throws IOException {
        String port = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"))
                .get(3)
                .strip();
        return "jdbc:postgresql://127.0.0.1:%s/muster".formatted(port);
    }

    private static String password(Path data) throws IOException {
        return Files.readString(data.resolve("postgres/password")).strip();
    }
}
