package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ServiceProcess;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.OwnControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The packaged service with gangs on a real API server: what it starts starts whole, and whatever dies or goes away meanwhile, no
 * job is lost, no pod is made twice, nothing is held at the end.
 */
@ClusterTest
class ServiceClusterIT {
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
        List<String> load = cluster.demoLoad();
        for (int i = 0; i < load.size(); i++) {
            cluster.submit(site, "demo-" + i, load.get(i));
        }
        site.awaitAllSucceeded(load.size());
        assertEachRanOnce(load.size());
        cluster.assertEveryGangStartedWhole();
    }

    @Test
    void a_service_that_dies_at_any_point_of_launch_and_finish_makes_no_pod_twice() throws Exception {
        List<FaultPoint> points = Arrays.stream(FaultPoint.values())
                .filter(point -> !point.toString().startsWith("evict")
                        && !point.toString().startsWith("grow"))
                .toList();
        site.service().start();
        cluster.declare(site, 4);
        site.service().stop();
        for (FaultPoint point : points) {
            Process process =
                    site.service().with("muster.fault-at", point.toString()).launch();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> !process.isAlive() || site.service().isReady());
            if (process.isAlive()) {
                try {
                    submit(point);
                } catch (UncheckedIOException e) {
                    // It died before it answered; the same request is sent again at the end.
                }
            }
            assertThat(process.waitFor(90, TimeUnit.SECONDS))
                    .as("dies at %s", point)
                    .isTrue();
            assertThat(process.exitValue()).as("dies at %s", point).isEqualTo(FaultInjection.EXIT_CODE);
        }
        site.service().without("muster.fault-at").start();
        points.forEach(this::submit);
        site.awaitAllSucceeded(points.size() * 2);
        assertEachRanOnce(points.size() * 2);
    }

    @Test
    void gangs_go_on_while_the_api_server_is_away_and_new_ones_start_afterwards() {
        site.service().start();
        cluster.declare(site, 4);
        cluster.submit(site, "before", gang("before", 3, Duration.ofSeconds(8)));
        awaitRunning(1);
        plane.stopApiServer();
        cluster.submit(site, "during", gang("during", 3, Duration.ofSeconds(1)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> site.service().output().contains("act=launch-again-later")
                        || site.service().output().contains("act=cycle-failed"));
        plane.startApiServer();
        site.awaitAllSucceeded(2);
        assertEachRanOnce(2);
    }

    @Test
    void a_backup_that_is_restored_leaves_newer_gangs_alone_and_tells_of_them() throws IOException {
        site.service().start();
        cluster.declare(site, 4);
        cluster.submit(site, "old", gang("old", 2, Duration.ofSeconds(25)));
        awaitRunning(1);
        stopWithDatabase();
        Path backup = Files.createTempDirectory("muster-backup");
        copy(site.service().data().resolve("postgres"), backup);
        site.service().start();
        cluster.submit(site, "new", gang("new", 2, Duration.ofSeconds(600)));
        awaitRunning(2);
        stopWithDatabase();
        copy(backup, site.service().data().resolve("postgres"));
        site.service().start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(site.text("/q/metrics"))
                .contains("muster_set_aside 1.0"));
        site.awaitAllSucceeded(1);
        assertThat(cluster.running())
                .as("pods of the gang that the database does not know")
                .isEqualTo(2);
    }

    private void stopWithDatabase() {
        site.service().stop();
        site.service().postgres().ifPresent(server -> {
            server.destroy();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !server.isAlive());
        });
    }

    private void submit(FaultPoint point) {
        String key = point.toString().replace('.', '-');
        cluster.submit(
                site,
                key,
                gang(key + "-a", 2, Duration.ofMillis(500)) + "," + gang(key + "-b", 2, Duration.ofMillis(500)));
    }

    private void awaitRunning(int jobs) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> site.states().getOrDefault("RUNNING", 0L) == jobs);
    }

    private void assertEachRanOnce(int count) {
        List<JsonNode> jobs = site.jobs();
        assertThat(jobs).hasSize(count);
        assertThat(jobs)
                .allSatisfy(job ->
                        assertThat(job.path("status").path("attempt").asInt()).isEqualTo(1));
        cluster.assertNothingIsLeftAndNoPodWasMadeTwice();
        cluster.queues().forEach(queue -> Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(site.get("/api/v1/queues/" + queue)
                                .path("status")
                                .path("used"))
                        .as("what queue %s holds", queue)
                        .isEmpty()));
    }

    static String gang(String name, int pods, Duration runTime) {
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
