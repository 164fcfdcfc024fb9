package dev.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodPhase;
import dev.muster.quota.name.AttemptId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RealTimeClusterTest extends SimulatedContract {
    @Override
    SimulatedCluster open() {
        return SimulatedCluster.open(SimulationSettings.inMemory(InstantSource.system()));
    }

    @Override
    protected void until(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    @Test
    void many_threads_at_once_lose_nothing_and_start_nothing_twice() throws Exception {
        SimulatedCluster cluster = open();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            cluster.declare(List.of(SimulatedPool.of("blue", 20, Gangs.cpu(10))));
            List<Future<?>> all = new ArrayList<>();
            for (int job = 0; job < 400; job++) {
                int number = job % 200;
                all.add(threads.submit(() -> cluster.launch(Gangs.gang(number)
                        .role("worker", 3, 1, "blue", "run-time", "5ms")
                        .build())));
            }
            for (Future<?> one : all) {
                one.get();
            }
            assertThat(cluster.attempts()).hasSize(200);
            until(() -> cluster.attempts().stream()
                    .flatMap(id -> cluster.status(id).orElseThrow().pods().stream())
                    .allMatch(pod -> pod.phase() == PodPhase.SUCCEEDED));
            for (AttemptId id : cluster.attempts()) {
                threads.submit(() -> cluster.release(id));
                threads.submit(() -> cluster.release(id));
            }
            until(() -> cluster.attempts().isEmpty());
        } finally {
            threads.shutdownNow();
            cluster.close();
        }
    }

    @Override
    protected void settle() {
        // What can happen now has happened: the simulated cluster is never late.
    }
}
