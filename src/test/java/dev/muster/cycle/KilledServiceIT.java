package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ServiceProcess;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** kill -9 of the service in the middle of its work, then a start. */
class KilledServiceIT {
    private static final int GANGS = 500;

    @Test
    void killed_while_500_gangs_are_launched_no_job_is_lost_and_none_runs_twice() {
        try (Installation site = new Installation(
                ServiceProcess.create().with("muster.cycle.max-launches", "40").start())) {
            site.declare(GANGS / 4);
            site.submit("many", GANGS, Duration.ofSeconds(2));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> site.launches().size() > GANGS / 5);
            site.service().kill();
            assertThat(site.launches()).hasSizeLessThan(GANGS);
            site.service().start();
            site.awaitAllSucceeded(GANGS);
            site.assertEachRanOnce(GANGS);
        }
    }

    @Test
    void a_local_process_goes_on_while_the_service_is_down_and_is_found_again() {
        try (Installation site = new Installation(ServiceProcess.create()
                .with("muster.local-processes.allowed", "true")
                .start())) {
            site.declare(0);
            site.put("/api/v1/pools/here", """
                    {"kind": "Pool", "metadata": {"name": "here"},
                     "spec": {"nodes": 1, "resources": {"cpu": "8"}, "localProcesses": true}}""");
            var answer = site.send("POST", "/api/v1/teams/vision/jobs", """
                    {"kind": "Job", "metadata": {"name": "count"},
                     "spec": {"roles": [{"name": "main", "resources": {"cpu": "1"},
                       "command": ["sh", "-c", "for i in 1 2 3 4 5 6; do echo line $i; sleep 1; done"]}]}}""", Map.of());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            String job = "/api/v1/teams/vision/jobs/"
                    + site.jobs().get(0).path("metadata").path("id").asText();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> site.text(job + "/logs")
                    .contains("line 1"));
            site.service().kill();
            site.service().start();
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonNode status = site.get(job).path("status");
                assertThat(status.path("state").asText()).isEqualTo("SUCCEEDED");
                assertThat(status.path("attempt").asInt()).isEqualTo(1);
            });
            assertThat(site.text(job + "/logs")).isEqualTo("line 1\nline 2\nline 3\nline 4\nline 5\nline 6\n");
            site.assertEachRanOnce(1);
        }
    }
}
