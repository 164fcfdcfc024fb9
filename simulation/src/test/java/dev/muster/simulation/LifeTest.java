package dev.muster.simulation;

import static dev.muster.simulation.Gangs.attempt;
import static dev.muster.simulation.Gangs.cpu;
import static dev.muster.simulation.Gangs.gang;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SimulatedCluster cluster =
            SimulatedCluster.open(SimulationSettings.inMemory(new VirtualClock(START)));

    @BeforeEach
    void declare() {
        cluster.declare(List.of(SimulatedPool.of("blue", 1, cpu(8))));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void without_annotations_a_pod_ends_well_at_once() {
        PodStatus pod = launch();
        assertThat(pod.phase()).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(pod.startedAt()).isEqualTo(START);
        assertThat(pod.endedAt()).isEqualTo(START);
        assertThat(cluster.nextEvent()).isEmpty();
    }

    @Test
    void a_pod_starts_after_its_delay_and_runs_its_time() {
        PodStatus bound = launch("start-delay", "3s", "run-time", "1m30s");
        assertThat(bound.phase()).isEqualTo(PodPhase.PENDING);
        assertThat(bound.node()).isNotNull();
        assertThat(cluster.nextEvent()).contains(START.plusSeconds(3));
        cluster.advance();
        assertThat(pod().phase()).isEqualTo(PodPhase.RUNNING);
        cluster.advance();
        assertThat(pod().endedAt()).isEqualTo(START.plusSeconds(93));
        assertThat(cluster.advance()).isFalse();
        assertThat(cluster.now()).isEqualTo(START.plusSeconds(93));
    }

    @Test
    void advancing_far_lets_everything_happen_at_its_own_time() {
        launch("run-time", "10s");
        cluster.launch(gang(2).role("worker", 8, 1, "blue", "run-time", "10s").build());
        cluster.advanceTo(START.plusSeconds(1000));
        assertThat(cluster.status(attempt(2)).orElseThrow().pods().get(0).startedAt())
                .isEqualTo(START.plusSeconds(10));
        assertThat(cluster.now()).isEqualTo(START.plusSeconds(1000));
    }

    @ParameterizedTest
    @CsvSource({"OOM_KILLED,137", "DISK_FULL,1", "SPOT_INTERRUPTED,1", "OTHER,1", "EXITED,1"})
    void a_pod_fails_as_it_is_told(PodEnd cause, int exitCode) {
        launch("run-time", "5s", "fail-as", cause.name());
        cluster.advance();
        assertThat(pod().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(pod().cause()).isEqualTo(cause);
        assertThat(pod().exitCode()).isEqualTo(exitCode);
    }

    @Test
    void a_bad_image_never_starts() {
        launch("run-time", "5s", "fail-as", "IMAGE");
        assertThat(pod().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(pod().cause()).isEqualTo(PodEnd.IMAGE);
        assertThat(pod().startedAt()).isNull();
        assertThat(cluster.nextEvent()).isEmpty();
    }

    @Test
    void a_node_failure_loses_the_pod() {
        launch("fail-as", "NODE_LOST");
        assertThat(pod().phase()).isEqualTo(PodPhase.LOST);
        assertThat(pod().exitCode()).isNull();
    }

    @Test
    void only_the_named_pods_fail() {
        cluster.launch(gang(1).role("worker", 4, 1, "blue", "exit-code", "3", "fail-indexes", "1,3")
                .build());
        assertThat(cluster.status(attempt(1)).orElseThrow().pods())
                .extracting(PodStatus::exitCode)
                .containsExactly(0, 3, 0, 3);
    }

    @Test
    void only_the_first_attempts_fail() {
        for (int number = 1; number <= 3; number++) {
            AttemptId id = new AttemptId(new JobId("job1"), number);
            cluster.launch(gang(id).role("worker", 1, 1, "blue", "exit-code", "3", "fail-attempts", "2")
                    .build());
            assertThat(cluster.status(id).orElseThrow().pods().get(0).exitCode())
                    .isEqualTo(number <= 2 ? 3 : 0);
        }
    }

    @Test
    void a_released_pod_takes_its_time_to_stop_but_not_more_than_its_grace() {
        for (Map.Entry<String, Integer> stop : Map.of("5s", 5, "1h", 30).entrySet()) {
            Instant now = cluster.now();
            launch("run-time", "10h", "stop-time", stop.getKey());
            cluster.release(attempt(1));
            assertThat(pod().phase()).isEqualTo(PodPhase.RUNNING);
            cluster.advance();
            assertThat(cluster.status(attempt(1))).isEmpty();
            assertThat(cluster.now()).isEqualTo(now.plusSeconds(stop.getValue()));
            assertThat(cluster.nextEvent()).as("the end that will not come").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "20", "-5s", "1e9s", "99999999999d", "20 s", "s", "1.2.3s", "999999999999h", "\u0000", "20s;"
            })
    void a_run_time_that_is_none_fails_the_pod_and_says_why(String text) {
        launch("run-time", text);
        assertThat(pod().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(pod().cause()).isEqualTo(PodEnd.CONFIG);
        assertThat(pod().message()).contains("simulation.muster.dev/run-time '").contains("expected");
    }

    @ParameterizedTest
    @CsvSource({"exit-code,256", "exit-code,-1", "fail-as,RELEASED", "fail-as,oom", "fail-indexes,a", "fail-attempts,x"
    })
    void any_other_bad_annotation_too(String name, String value) {
        launch(name, value);
        assertThat(pod().cause()).isEqualTo(PodEnd.CONFIG);
        assertThat(pod().message()).contains(name).contains(value);
    }

    @Test
    void a_huge_annotation_is_not_repeated_in_full() {
        launch("run-time", "x".repeat(1_000_000));
        assertThat(pod().message().length()).isLessThan(300);
    }

    @ParameterizedTest
    @CsvSource({"1500ms,1500", "2s,2000", "0.5s,500", "1m,60000", "1h1m1s,3661000", "1d,86400000", "3650d,315360000000"
    })
    void durations_are_understood(String text, long milliseconds) {
        assertThat(Life.of(Map.of(Life.PREFIX + "run-time", text)).runTime())
                .isEqualTo(Duration.ofMillis(milliseconds));
    }

    @Test
    void the_output_tells_where_and_when_and_only_grows() {
        launch("start-delay", "1s", "run-time", "2s", "exit-code", "4");
        String first = output();
        assertThat(first).isEqualTo("2026-01-01T00:00:00Z pod job1-1-worker-0 is bound to node blue-0\n");
        cluster.advance();
        String second = output();
        assertThat(second).startsWith(first).endsWith("2026-01-01T00:00:01Z pod job1-1-worker-0 starts (simulated)\n");
        cluster.advance();
        assertThat(output())
                .startsWith(second)
                .endsWith("2026-01-01T00:00:03Z pod job1-1-worker-0 ends: exit code 4, simulated failure\n");
        String whole = output();
        cluster.release(attempt(1));
        assertThat(output()).as("kept when it is gone").isEqualTo(whole);
    }

    @Test
    void a_pool_of_local_processes_that_are_not_allowed_fails_its_pods_and_says_why() {
        cluster.declare(List.of(SimulatedPool.of("blue", 1, cpu(8)).withLocalProcesses()));
        launch("run-time", "5s");
        assertThat(pod().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(pod().cause()).isEqualTo(PodEnd.CONFIG);
        assertThat(pod().message()).contains("not allowed");
    }

    private PodStatus launch(String... annotations) {
        cluster.launch(gang(1).role("worker", 1, 1, "blue", annotations).build());
        return pod();
    }

    private PodStatus pod() {
        return cluster.status(attempt(1)).orElseThrow().pods().get(0);
    }

    private String output() {
        return new String(
                cluster.log(new PodRef(attempt(1), new RoleName("worker"), 0), 0, 9999)
                        .bytes(),
                StandardCharsets.UTF_8);
    }
}
