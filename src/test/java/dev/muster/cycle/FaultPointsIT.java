package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ServiceProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The service dies at every point of launch and finish, one after the other on the same data, each time with gangs of its own
 * and what its predecessors have left.
 */
class FaultPointsIT {
    private static final int GANGS = 20;

    @Test
    void a_service_that_dies_at_any_point_of_launch_and_finish_loses_nothing_and_starts_nothing_twice()
            throws Exception {
        try (Installation site = new Installation(ServiceProcess.create().start())) {
            site.declare(40);
            site.service().stop();
            for (FaultPoint point : points()) {
                dieAt(point, site);
            }
            site.service().without("muster.fault-at").start();
            for (FaultPoint point : points()) {
                site.submit(key(point), GANGS, runTime());
            }
            int all = points().size() * GANGS;
            site.awaitAllSucceeded(all);
            site.assertEachRanOnce(all);
        }
    }

    /** Growing, giving way and ticks have tests of their own. */
    private static List<FaultPoint> points() {
        return Arrays.stream(FaultPoint.values())
                .filter(point -> !point.toString().startsWith("evict")
                        && !point.toString().startsWith("grow")
                        && !point.toString().startsWith("tick"))
                .toList();
    }

    /** The start may already die of what the last one left; else it dies of the gangs that are submitted now. */
    private static void dieAt(FaultPoint point, Installation site) throws InterruptedException {
        Process process =
                site.service().with("muster.fault-at", point.toString()).launch();
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> !process.isAlive() || site.service().isReady());
        if (process.isAlive()) {
            try {
                site.submit(key(point), GANGS, runTime());
            } catch (UncheckedIOException e) {
                // It died before it answered; the same request is sent again at the end.
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("dies at %s", point)
                .isTrue();
        assertThat(process.exitValue()).as("dies at %s", point).isEqualTo(FaultInjection.EXIT_CODE);
    }

    private static String key(FaultPoint point) {
        return point.toString().replace('.', '-');
    }

    private static Duration runTime() {
        return Duration.ofMillis(500);
    }
}
