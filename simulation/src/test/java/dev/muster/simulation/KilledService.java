package dev.muster.simulation;

import static dev.muster.simulation.Gangs.attempt;
import static dev.muster.simulation.Gangs.cpu;
import static dev.muster.simulation.Gangs.gang;

import dev.muster.quota.name.AttemptId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.awaitility.Awaitility;

/** A program that opens a cluster, launches without end, and waits to be killed. It prints a line for each launch. */
final class KilledService {
    private KilledService() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        SimulatedCluster cluster = SimulatedCluster.open(
                SimulationSettings.in(directory, InstantSource.system()).withLocalProcesses(true));
        cluster.declare(pools());
        for (int job = 1; job <= Integer.parseInt(arguments[2]); job++) {
            if (!arguments[1].equals("simulated")) {
                cluster.launch(gang(job)
                        .process("worker", 2, "here", "sh", "-c", arguments[3])
                        .build());
            } else {
                cluster.launch(gang(job)
                        .role("worker", 3, 1, "blue", "run-time", "200ms")
                        .build());
                if (job % 3 == 0) {
                    cluster.release(attempt(job - 1));
                }
            }
            if (arguments[1].equals("running processes")) {
                AttemptId attempt = attempt(job);
                // Started, not running: a short command may be over before the next look.
                Awaitility.await()
                        .atMost(Duration.ofSeconds(40))
                        .until(() -> cluster.status(attempt).orElseThrow().pods().stream()
                                .allMatch(pod -> pod.startedAt() != null));
            }
            System.out.println("launched " + job);
        }
        Thread.currentThread().join();
    }

    static List<SimulatedPool> pools() {
        return List.of(
                SimulatedPool.of("blue", 10, cpu(10)),
                SimulatedPool.of("here", 1, cpu(20)).withLocalProcesses());
    }
}
