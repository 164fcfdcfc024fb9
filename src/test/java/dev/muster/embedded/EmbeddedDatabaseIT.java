package dev.muster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.ServiceProcess;
import java.nio.file.Files;
import java.time.Duration;
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
    void a_service_that_is_stopped_takes_its_database_along_and_starts_again_on_its_data() {
        try (ServiceProcess service = ServiceProcess.create().start()) {
            ProcessHandle database = service.postgres().orElseThrow();
            service.stop();
            assertThat(database.isAlive()).isFalse();
            assertThat(Files.exists(service.data().resolve("service.json"))).isFalse();
            assertThat(service.output()).doesNotContain("ERROR");
            service.start();
            assertThat(service.output()).contains("Successfully applied").contains("up to date");
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
}
