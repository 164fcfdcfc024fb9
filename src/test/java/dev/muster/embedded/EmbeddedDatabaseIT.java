package dev.muster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.ServiceProcess;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The service and its own PostgreSQL, through kills, stops and outages of either. */
class EmbeddedDatabaseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void a_service_that_is_killed_leaves_its_database_and_the_next_one_adopts_it() {
        try (ServiceProcess service = ServiceProcess.create().start()) {
            ProcessHandle database = service.postgres().orElseThrow();
            String token = service.token();
            service.kill();
            assertThat(database.isAlive()).isTrue();
            service.start();
            assertThat(service.postgres()).contains(database);
            assertThat(service.output()).contains("Adopted the PostgreSQL");
            assertThat(service.token()).isEqualTo(token);
        }
    }

    @Test
    void a_database_that_is_killed_is_started_again_under_the_running_service() {
        try (ServiceProcess service = ServiceProcess.create().start()) {
            ProcessHandle database = service.postgres().orElseThrow();
            database.destroyForcibly();
            await().atMost(PATIENCE).until(() -> service.postgres()
                    .filter(now -> now.pid() != database.pid())
                    .isPresent());
            await().atMost(PATIENCE).until(() -> service.get("/q/health/ready").statusCode() == 200);
            assertThat(service.process().isAlive()).isTrue();
        }
    }

    @Test
    void a_database_that_is_killed_just_as_the_service_came_up_is_waited_for() {
        try (ServiceProcess service = ServiceProcess.create()) {
            Process process = service.launch();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.exists(service.data().resolve("service.json")));
            service.postgres().orElseThrow().destroyForcibly();
            await().atMost(PATIENCE).until(service::isReady);
            await().atMost(PATIENCE).until(() -> service.output().contains("Nobody has an account yet"));
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void while_the_database_is_stopped_calls_are_told_to_come_back_and_then_all_goes_on_by_itself() throws Exception {
        try (ServiceProcess service = ServiceProcess.create()
                .with("muster.embedded.restart-after", "30s")
                .start()) {
            declare(service);
            URI before = submit(service, "before");
            service.stopPostgres();
            for (int call = 0; call < 2; call++) {
                assertToldToComeBack(service.get("/api/v1/teams"));
                assertToldToComeBack(service.send("POST", "/api/v1/teams/vision/jobs", job("refused")));
            }
            assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(503);
            await().atMost(PATIENCE).until(() -> service.get("/q/health/ready").statusCode() == 200);
            URI after = submit(service, "after");
            for (URI job : List.of(before, after)) {
                await().atMost(PATIENCE)
                        .until(() -> service.get(job.getPath()).body().contains("\"SUCCEEDED\""));
            }
            assertThat(service.get("/api/v1/teams/vision/jobs").body()).doesNotContain("refused");
        }
    }

    @Test
    void a_data_directory_serves_one_service_at_a_time() throws Exception {
        try (ServiceProcess service = ServiceProcess.create().start()) {
            Process first = service.process();
            Process second = service.launch();
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            assertThat(service.output()).contains("Another service runs on the data directory " + service.data());
            assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
            first.destroy();
            first.waitFor();
        }
    }

    private static void assertToldToComeBack(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("application/problem+json");
    }

    private static void declare(ServiceProcess service) throws Exception {
        put(service, "pools/a", "{\"nodes\": 2, \"resources\": {\"cpu\": \"4\"}}");
        put(service, "queues/vision", "{}");
        put(service, "teams/vision", "{\"queue\": \"vision\"}");
    }

    private static void put(ServiceProcess service, String path, String spec) throws Exception {
        String name = path.substring(path.indexOf('/') + 1);
        HttpResponse<String> answer = service.send(
                "PUT", "/api/v1/" + path, "{\"metadata\": {\"name\": \"%s\"}, \"spec\": %s}".formatted(name, spec));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private static URI submit(ServiceProcess service, String name) throws Exception {
        HttpResponse<String> answer = service.send("POST", "/api/v1/teams/vision/jobs", job(name));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return service.url().resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    private static String job(String name) {
        return """
                {"metadata": {"name": "%s", "annotations": {"simulation.muster.dev/run-time": "1s"}},
                 "spec": {"roles": [{"name": "main", "resources": {"cpu": "1"}}]}}""".formatted(name);
    }
}
