package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ServiceProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The service dies between any two steps of growing, shrinking and evicting, one after the other on the same data: a queue takes
 * back what it deserves from gangs that have grown over all nodes.
 */
class GivingWayIT {
    private static final List<FaultPoint> POINTS = List.of(
            FaultPoint.GROW_BEFORE_INTENT,
            FaultPoint.GROW_INTENT_UNCOMMITTED,
            FaultPoint.GROW_INTENT_COMMITTED,
            FaultPoint.GROW_TOLD,
            FaultPoint.EVICT_BEFORE_INTENT,
            FaultPoint.EVICT_INTENT_UNCOMMITTED,
            FaultPoint.EVICT_INTENT_COMMITTED,
            FaultPoint.EVICT_TOLD);
    private static final int GANGS = 4;
    private static final int ROUNDS = 4;

    @Test
    void a_service_that_dies_while_gangs_grow_and_give_way_loses_nothing_and_starts_nothing_twice() throws Exception {
        try (Installation site = new Installation(ServiceProcess.create().start())) {
            declare(site);
            site.service().stop();
            List<String> rounds = new ArrayList<>();
            for (FaultPoint point : POINTS) {
                dieAt(point, site, rounds);
            }
            site.service().without("muster.fault-at").start();
            rounds.forEach(round -> submit(round, site));
            int all = rounds.size() * (GANGS + 1);
            site.awaitAllSucceeded(all);
            assertNothingTwice(site, all);
            assertThat(site.jobs()).as("somebody gave way").anySatisfy(job -> assertThat(
                            job.path("status").path("attempt").asInt())
                    .isGreaterThan(1));
        }
    }

    private static void declare(Installation site) {
        site.declare(2);
        site.put("/api/v1/queues/owner", """
                {"kind": "Queue", "metadata": {"name": "owner"}, "spec": {"deserved": {"cpu": "16"}}}""");
        site.put("/api/v1/policy?why=at%20once", """
                {"spec": {"eviction": {"minRunTime": "0s", "after": "0s", "budget": "1000"}}}""");
    }

    /** Gangs that grow over all nodes, then one that takes most of them back. */
    private static void submit(String key, Installation site) {
        site.batch(
                key + "-grown",
                IntStream.range(0, GANGS).mapToObj(i -> """
                {"kind": "Job", "metadata": {"name": "%s-%d", "annotations": {"simulation.muster.dev/run-time": "6s"}},
                 "spec": {"retry": {"platformMax": 20},
                   "roles": [{"name": "worker", "min": 2, "max": 4, "resources": {"cpu": "1"}}]}}""".formatted(key, i)).toList());
        // The taker comes when they hold the nodes, else it would be first.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> site.jobs().stream()
                .filter(job -> job.path("metadata").path("name").asText().startsWith(key))
                .allMatch(job -> Set.of("RUNNING", "SUCCEEDED")
                        .contains(job.path("status").path("state").asText())));
        site.batch(key + "-taker", List.of("""
                {"kind": "Job", "metadata": {"name": "%s-taker", "annotations": {"simulation.muster.dev/run-time": "500ms"}},
                 "spec": {"queue": "owner",
                   "roles": [{"name": "worker", "count": 12, "resources": {"cpu": "1"}}]}}""".formatted(key)));
    }

    /** Where the gangs ended before the taker came, which a busy machine may bring about, nobody gives way: then once more. */
    private static void dieAt(FaultPoint point, Installation site, List<String> rounds) throws InterruptedException {
        Process process =
                site.service().with("muster.fault-at", point.toString()).launch();
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> !process.isAlive() || site.service().isReady());
        boolean died = false;
        for (int round = 0; round < ROUNDS && !died; round++) {
            String key = point.toString().replace('.', '-') + "-" + round;
            rounds.add(key);
            if (process.isAlive()) {
                try {
                    submit(key, site);
                } catch (UncheckedIOException e) {
                    // It died before it answered; the same request is sent again at the end.
                }
            }
            died = process.waitFor(20, TimeUnit.SECONDS);
        }
        assertThat(died).as("dies at %s", point).isTrue();
        assertThat(process.exitValue()).as("dies at %s", point).isEqualTo(FaultInjection.EXIT_CODE);
    }

    /** Every attempt was launched once, none is missing, and no pod above a minimum was made twice. */
    private static void assertNothingTwice(Installation site, int count) {
        List<JsonNode> jobs = site.jobs();
        assertThat(jobs).hasSize(count);
        List<String> attempts = jobs.stream()
                .flatMap(job -> IntStream.rangeClosed(
                                1, job.path("status").path("attempt").asInt())
                        .mapToObj(number -> job.path("metadata").path("id").asText() + "-" + number))
                .sorted()
                .toList();
        assertThat(site.launches().stream().sorted().toList()).isEqualTo(attempts);
        assertThat(site.grown()).isNotEmpty().doesNotHaveDuplicates();
        for (String queue : List.of("all", "owner")) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            site.get("/api/v1/queues/" + queue).path("status").path("used"))
                    .isEmpty());
        }
        assertThat(Map.of("SUCCEEDED", (long) count)).isEqualTo(site.states());
    }
}
