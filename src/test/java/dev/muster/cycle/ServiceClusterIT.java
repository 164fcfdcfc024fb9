package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ServiceProcess;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.OwnControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The packaged service with gangs on a real API server: what it starts starts whole, and whatever dies or goes away meanwhile, no
 * job is lost, no pod is made twice, nothing is held at the end.
 */
@ClusterTest
class ServiceClusterIT {
    private static final List<FaultPoint> LAUNCH_AND_FINISH = pointsOf("launch.", "start.", "finish.");
    private static final List<FaultPoint> GIVING_WAY = pointsOf("grow.", "evict.");
    private static final Duration AWAY = Duration.ofMinutes(1);

    private final OwnControlPlane plane;
    private final KubernetesSite cluster;
    private final Installation site;

    ServiceClusterIT(OwnControlPlane plane) {
        this.plane = plane;
        cluster = new KubernetesSite(plane);
        site = new Installation(ServiceProcess.create()
                .with("muster.cluster", "KUBERNETES")
                .with("muster.kubernetes.kubeconfig", plane.kubeconfig().toString())
                .with("muster.kubernetes.image", "registry.example/worker:1")
                .with("muster.cycle.check", "5s"));
    }

    @AfterEach
    void take_it_away() throws IOException {
        Files.writeString(
                Path.of("target", "service-" + cluster.id() + ".log"),
                site.service().output());
        site.close();
        cluster.close();
    }

    @Test
    void the_demos_load_starts_whole() {
        site.service().start();
        cluster.declareDemo(site);
        Map<String, List<JsonNode>> load = cluster.demoLoad();
        load.forEach((team, jobs) -> submit(
                team, "demo-" + team, jobs.stream().map(JsonNode::toString).toList()));
        List<JsonNode> jobs = load.values().stream().flatMap(List::stream).toList();
        // One of the demo's jobs fails on purpose, each time that it is tried.
        long failing = jobs.stream()
                .filter(job -> job.toString().contains("exit-code"))
                .count();
        awaitStates(Map.of("SUCCEEDED", jobs.size() - failing, "FAILED", failing));
        cluster.assertNothingIsLeftAndNoPodWasMadeTwice();
        cluster.assertEveryGangStartedWhole();
    }

    @Test
    void a_service_that_dies_between_launch_and_finish_makes_no_pod_twice_though_its_clock_is_five_minutes_ahead()
            throws Exception {
        site.service().with("muster.clock-offset", "PT5M").start();
        cluster.declare(site, 4);
        site.service().stop();
        for (FaultPoint point : LAUNCH_AND_FINISH) {
            dieAt(point, () -> submitShort(point));
        }
        site.service().without("muster.fault-at").start();
        LAUNCH_AND_FINISH.forEach(this::submitShort);
        awaitStates(Map.of("SUCCEEDED", LAUNCH_AND_FINISH.size() * 2L));
        assertThat(attempts()).containsOnly(1);
        assertNothingIsLeft();
    }

    @Test
    void a_service_that_dies_while_gangs_grow_and_give_way_makes_no_pod_twice() throws Exception {
        // Pods here have no output to be read: trying would keep the room of those that end from who has to take it
        // from others.
        site.service().with("muster.logs.archive", "false").start();
        cluster.declare(site, 2);
        cluster.queue(site, "owner-" + cluster.id(), "{\"deserved\": {\"cpu\": \"16\"}}");
        site.put("/api/v1/policy?why=at%20once", """
                {"spec": {"eviction": {"minRunTime": "0s", "after": "0s", "budget": "1000"}}}""");
        site.service().stop();
        for (FaultPoint point : GIVING_WAY) {
            dieAt(point, () -> submitGrowing(point));
        }
        site.service().without("muster.fault-at").start();
        GIVING_WAY.forEach(this::submitGrowing);
        awaitStates(Map.of("SUCCEEDED", GIVING_WAY.size() * 4L));
        assertThat(attempts()).as("attempts of each job: somebody gave way").anySatisfy(count -> assertThat(count)
                .isGreaterThan(1));
        assertNothingIsLeft();
    }

    @Test
    void a_pod_of_a_team_calls_with_the_token_of_its_service_account() throws Exception {
        site.service().start();
        cluster.declare(site, 1);
        String good = cluster.tokenFor("muster");

        assertThat(called(good, "whoami").body()).contains("service/caller@" + cluster.id());
        assertThat(called(good, "teams/vision/jobs").statusCode()).isEqualTo(200);
        assertThat(called(good, "audit").statusCode()).isEqualTo(403);
        HttpResponse<String> other = called(cluster.tokenFor("somebody-else"), "whoami");
        assertThat(other.statusCode()).isEqualTo(401);
        assertThat(other.body()).contains("expected the audience muster");
        assertThat(called(good.substring(0, good.length() - 8) + "AAAAAAAA", "whoami")
                        .statusCode())
                .isEqualTo(401);
    }

    private HttpResponse<String> called(String token, String path) throws IOException, InterruptedException {
        return site.service()
                .send(HttpRequest.newBuilder(site.service().url().resolve("/api/v1/" + path))
                        .header("Authorization", "Bearer " + token)
                        .build());
    }

    @Test
    void two_gangs_on_a_pool_with_room_for_one_and_a_half_never_hold_parts_at_once_and_both_finish() {
        site.service().start();
        cluster.declareGrowing(site, 6);
        try (GrowingNodes nodes = GrowingNodes.start(cluster, 6, 4)) {
            submit(
                    "two",
                    Stream.of("one", "other").map(name -> """
                    {"kind": "Job", "metadata": {"name": "%s", "annotations": {"simulation.muster.dev/run-time": "2s"}},
                     "spec": {"roles": [{"name": "worker", "count": 4, "resources": {"cpu": "2"}}]}}""".formatted(name)).toList());
            awaitStates(Map.of("SUCCEEDED", 2L));
            assertThat(nodes.mostPartly()).isLessThanOrEqualTo(1);
            assertThat(nodes.made()).as("the second had the nodes of the first").isEqualTo(4);
            assertThat(attempts()).containsOnly(1);
            assertNothingIsLeft();
        }
    }

    @Test
    void gangs_go_on_while_the_api_server_is_away_though_the_clock_is_five_minutes_behind() {
        site.service().with("muster.clock-offset", "PT-5M").start();
        cluster.declare(site, 4);
        submit("before", List.of(gang("before", 3, Duration.ofSeconds(3))));
        awaitRunning("before", 3);
        plane.stopApiServer();
        long stopped = System.nanoTime();
        try {
            submit("during", List.of(gang("during", 3, Duration.ofSeconds(1))));
            eventually()
                    .until(() -> site.service().output().contains("act=launch-again-later")
                            || site.service().output().contains("act=cycle-failed"));
            eventually().until(() -> System.nanoTime() - stopped >= AWAY.toNanos());
        } finally {
            plane.startApiServer();
        }
        awaitStates(Map.of("SUCCEEDED", 2L));
        assertThat(attempts()).containsOnly(1);
        assertNothingIsLeft();
    }

    @Test
    void a_backup_that_is_restored_leaves_newer_gangs_alone_and_tells_of_them() throws IOException {
        site.service().start();
        cluster.declare(site, 4);
        submit("old", List.of(gang("old", 2, Duration.ofHours(1))));
        Set<String> old = awaitRunning("old", 2);
        stopWithDatabase();
        Path backup = Files.createTempDirectory("muster-backup");
        copy(site.service().data().resolve("postgres"), backup);
        site.service().start();
        submit("newer", List.of(gang("newer", 2, Duration.ofHours(1))));
        Set<String> newer = awaitRunning("newer", 2);
        stopWithDatabase();
        copy(backup, site.service().data().resolve("postgres"));
        site.service().start();
        eventually().untilAsserted(() -> assertThat(site.text("/q/metrics")).contains("muster_set_aside 1.0"));
        awaitStates(Map.of("RUNNING", 1L));
        assertThat(cluster.running("old")).isEqualTo(old);
        cancel(site.jobs().get(0));
        awaitStates(Map.of("CANCELLED", 1L));
        eventually().until(() -> cluster.running("old").isEmpty());
        assertThat(cluster.running("newer"))
                .as("pods of the gang that the database does not know")
                .isEqualTo(newer);
    }

    private static List<FaultPoint> pointsOf(String... acts) {
        return Arrays.stream(FaultPoint.values())
                .filter(point -> Arrays.stream(acts).anyMatch(point.toString()::startsWith))
                .toList();
    }

    private void dieAt(FaultPoint point, Runnable submission) throws InterruptedException {
        Process process =
                site.service().with("muster.fault-at", point.toString()).launch();
        eventually().until(() -> !process.isAlive() || site.service().isReady());
        if (process.isAlive()) {
            try {
                submission.run();
            } catch (UncheckedIOException e) {
                // It died before it answered; the same request is sent again at the end.
            }
        }
        assertThat(process.waitFor(90, TimeUnit.SECONDS))
                .as("dies at %s", point)
                .isTrue();
        assertThat(process.exitValue()).as("dies at %s", point).isEqualTo(FaultInjection.EXIT_CODE);
    }

    private void submitShort(FaultPoint point) {
        submit(
                key(point),
                IntStream.range(0, 2)
                        .mapToObj(i -> gang(key(point) + "-" + i, 2, Duration.ofMillis(300)))
                        .toList());
    }

    /** Gangs that grow over all nodes, then one that takes most of them back. */
    private void submitGrowing(FaultPoint point) {
        String key = key(point);
        submit(key, IntStream.range(0, 3).mapToObj(i -> """
                {"kind": "Job", "metadata": {"name": "%s-%d", "annotations": {"simulation.muster.dev/run-time": "3s"}},
                 "spec": {"retry": {"platformMax": 20},
                   "roles": [{"name": "worker", "min": 2, "max": 5, "resources": {"cpu": "1"}}]}}""".formatted(key, i)).toList());
        // The taker comes when they hold the nodes, else it would be first.
        eventually().until(() -> site.jobs().stream()
                .filter(job -> job.path("metadata").path("name").asText().startsWith(key))
                .allMatch(job -> Set.of("RUNNING", "SUCCEEDED")
                        .contains(job.path("status").path("state").asText())));
        submit(key + "-taker", List.of("""
                {"kind": "Job", "metadata": {"name": "%s-taker", "annotations": {"simulation.muster.dev/run-time": "300ms"}},
                 "spec": {"queue": "owner-%s",
                   "roles": [{"name": "worker", "count": 12, "resources": {"cpu": "1"}}]}}""".formatted(key, cluster.id())));
    }

    private static String key(FaultPoint point) {
        return point.toString().replace('.', '-');
    }

    private void submit(String key, List<String> jobs) {
        submit("vision", key, jobs);
    }

    private void submit(String team, String key, List<String> jobs) {
        var answer = site.send(
                "POST",
                "/api/v1/teams/" + team + "/jobs:batchCreate",
                "{\"jobs\": [" + String.join(",", jobs) + "]}",
                Map.of("Idempotency-Key", key));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private void cancel(JsonNode job) {
        var answer = site.send(
                "POST",
                "/api/v1/teams/vision/jobs/" + job.path("metadata").path("id").asText() + ":cancel",
                "{}",
                Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    private Set<String> awaitRunning(String jobName, int pods) {
        eventually().until(() -> site.jobs().stream()
                .filter(job -> jobName.equals(job.path("metadata").path("name").asText()))
                .allMatch(
                        job -> "RUNNING".equals(job.path("status").path("state").asText())));
        Set<String> running = cluster.running(jobName);
        assertThat(running).hasSize(pods);
        return running;
    }

    private void awaitStates(Map<String, Long> states) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(site.states()).isEqualTo(states));
    }

    private List<Integer> attempts() {
        return site.jobs().stream()
                .map(job -> job.path("status").path("attempt").asInt())
                .toList();
    }

    private void assertNothingIsLeft() {
        cluster.assertNothingIsLeftAndNoPodWasMadeTwice();
        cluster.queues().forEach(queue -> eventually().untilAsserted(() -> assertThat(
                        site.get("/api/v1/queues/" + queue).path("status").path("used"))
                .as("what queue %s holds", queue)
                .isEmpty()));
    }

    private void stopWithDatabase() {
        site.service().stop();
        site.service().postgres().ifPresent(server -> {
            server.destroy();
            eventually().until(() -> !server.isAlive());
        });
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(90));
    }

    private static String gang(String name, int pods, Duration runTime) {
        return """
                {"kind": "Job", "metadata": {"name": "%s",
                  "annotations": {"simulation.muster.dev/run-time": "%dms"}},
                 "spec": {"roles": [{"name": "worker", "count": %d, "resources": {"cpu": "1"}}]}}""".formatted(name, runTime.toMillis(), pods);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
