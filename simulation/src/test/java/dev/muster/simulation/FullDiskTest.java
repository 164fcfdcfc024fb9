package dev.muster.simulation;

import static dev.muster.simulation.Gangs.attempt;
import static dev.muster.simulation.Gangs.cpu;
import static dev.muster.simulation.Gangs.gang;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodPhase;
import dev.muster.simulation.journal.FullDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final Gang GANG =
            gang(1).role("worker", 2, 1, "blue", "run-time", "100ms").build();

    @TempDir
    Path directory;

    private final AtomicBoolean full = new AtomicBoolean();

    @Test
    void a_launch_that_cannot_be_kept_is_unavailable_and_can_be_repeated() {
        VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));
        try (SimulatedCluster cluster = open(clock)) {
            full.set(true);
            assertThatThrownBy(() -> cluster.launch(GANG))
                    .isInstanceOf(ClusterUnavailable.class)
                    .hasMessageContaining("No space left");
            assertThatThrownBy(() -> cluster.status(attempt(1)))
                    .as("nothing is told that might be forgotten")
                    .isInstanceOf(ClusterUnavailable.class);
            full.set(false);
            cluster.launch(GANG);
            assertThat(cluster.status(attempt(1)).orElseThrow().pods()).hasSize(2);
        }
        try (SimulatedCluster again = open(clock)) {
            assertThat(again.attempts()).containsExactly(attempt(1));
        }
    }

    @Test
    void who_dies_while_the_disk_is_full_forgets_only_what_was_refused() {
        VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));
        try (SimulatedCluster cluster = open(clock)) {
            cluster.launch(GANG);
            full.set(true);
            assertThatThrownBy(() ->
                            cluster.launch(gang(2).role("worker", 1, 1, "blue").build()))
                    .isInstanceOf(ClusterUnavailable.class);
        }
        full.set(false);
        try (SimulatedCluster again = open(clock)) {
            assertThat(again.attempts()).containsExactly(attempt(1));
        }
    }

    @Test
    void time_goes_on_when_there_is_room_again_without_anybody_asking() {
        try (SimulatedCluster cluster = open(InstantSource.system())) {
            AtomicBoolean heard = new AtomicBoolean();
            cluster.launch(GANG);
            full.set(true);
            cluster.onChange(attempt -> heard.set(true));
            Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> isUnavailable(cluster));
            assertThat(heard).isFalse();
            full.set(false);
            Awaitility.await().atMost(Duration.ofSeconds(40)).untilTrue(heard);
            assertThat(cluster.status(attempt(1)).orElseThrow().pods())
                    .allSatisfy(pod -> assertThat(pod.phase()).isEqualTo(PodPhase.SUCCEEDED));
        }
    }

    private static boolean isUnavailable(SimulatedCluster cluster) {
        try {
            cluster.attempts();
            return false;
        } catch (ClusterUnavailable e) {
            return true;
        }
    }

    private SimulatedCluster open(InstantSource clock) {
        SimulatedCluster cluster = SimulatedCluster.open(SimulationSettings.in(directory, clock));
        cluster.declare(List.of(SimulatedPool.of("blue", 1, cpu(8))));
        FullDisk.under(Objects.requireNonNull(cluster.memory().journal()), full);
        return cluster;
    }
}
