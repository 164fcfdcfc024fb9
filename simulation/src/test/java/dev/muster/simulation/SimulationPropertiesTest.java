package dev.muster.simulation;

import static dev.muster.simulation.Gangs.attempt;
import static dev.muster.simulation.Gangs.cpu;
import static dev.muster.simulation.Gangs.gang;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Whatever happens in whatever order: nodes are never overcommitted, gangs never broken, time never matters but virtually. */
class SimulationPropertiesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int STEPS = 60;

    @Property(tries = 150, seed = "20261121")
    void nodes_are_never_overcommitted_and_gangs_start_whole(@ForAll @LongRange(min = 0) long seed) {
        try (SimulatedCluster cluster = SimulatedCluster.open(SimulationSettings.inMemory(new VirtualClock(START)))) {
            Happenings happenings = new Happenings(cluster, seed);
            for (int step = 0; step < STEPS; step++) {
                happenings.next();
                check(cluster, happenings);
            }
        }
    }

    @Property(tries = 50, seed = "20261121")
    void the_same_happenings_make_the_same_history(@ForAll @LongRange(min = 0) long seed) {
        assertThat(history(seed)).isEqualTo(history(seed));
    }

    @Property(tries = 30, seed = "20261121")
    void restarts_and_compactions_change_nothing(@ForAll @LongRange(min = 0) long seed) throws IOException {
        Path directory = Files.createTempDirectory("simulation");
        List<String> interrupted = new ArrayList<>();
        Random coin = new Random(seed);
        Happenings happenings = null;
        for (int from = 0; from < STEPS; ) {
            try (SimulatedCluster cluster =
                    SimulatedCluster.open(SimulationSettings.in(directory, new VirtualClock(START)))) {
                happenings = happenings == null ? new Happenings(cluster, seed) : happenings.on(cluster);
                for (boolean go = true; go && from < STEPS; from++, go = coin.nextInt(5) > 0) {
                    happenings.next();
                    interrupted.add(picture(cluster));
                    if (coin.nextInt(4) == 0) {
                        cluster.compactNow();
                    }
                }
            }
        }
        List<String> uninterrupted = history(seed);
        for (int step = 0; step < STEPS; step++) {
            assertThat(interrupted.get(step)).as("after step %d", step).isEqualTo(uninterrupted.get(step));
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    @Property(tries = 50, seed = "20261121")
    void everything_that_can_run_runs_to_its_end(@ForAll @LongRange(min = 0) long seed) {
        try (SimulatedCluster cluster = SimulatedCluster.open(SimulationSettings.inMemory(new VirtualClock(START)))) {
            Happenings happenings = new Happenings(cluster, seed);
            for (int step = 0; step < STEPS; step++) {
                happenings.next();
            }
            cluster.declare(List.of(SimulatedPool.of("blue", 6, cpu(8)), SimulatedPool.of("red", 3, cpu(4))));
            cluster.nodes().forEach(node -> cluster.nodeReady(node.name()));
            for (int i = 0; i < 6; i++) {
                cluster.nodeReady(new NodeName("blue-" + i));
                cluster.nodeReady(new NodeName("red-" + i));
            }
            while (cluster.advance()) {
                check(cluster, happenings);
            }
            assertThat(cluster.attempts()).allSatisfy(id -> {
                GangStatus status = cluster.status(id).orElseThrow();
                boolean ended =
                        status.pods().stream().allMatch(pod -> pod.phase().isFinal());
                assertThat(ended || status.message().contains("unschedulable"))
                        .as("%s", status)
                        .isTrue();
            });
        }
    }

    private static List<String> history(long seed) {
        List<String> history = new ArrayList<>();
        try (SimulatedCluster cluster = SimulatedCluster.open(SimulationSettings.inMemory(new VirtualClock(START)))) {
            Happenings happenings = new Happenings(cluster, seed);
            for (int step = 0; step < STEPS; step++) {
                happenings.next();
                history.add(picture(cluster));
            }
        }
        return history;
    }

    private static String picture(SimulatedCluster cluster) {
        Map<AttemptId, Object> gangs = new TreeMap<>();
        cluster.attempts()
                .forEach(id -> gangs.put(id, cluster.status(id).orElseThrow().pods()));
        return cluster.now() + " " + gangs + " "
                + cluster.nodes().stream().map(Node::name).toList() + " " + cluster.nextEvent();
    }

    private static void check(SimulatedCluster cluster, Happenings happenings) {
        Map<NodeName, Long> used = new HashMap<>();
        Map<NodeName, Integer> pods = new HashMap<>();
        for (AttemptId id : cluster.attempts()) {
            List<PodStatus> all = cluster.status(id).orElseThrow().pods();
            long bound = all.stream().filter(pod -> pod.node() != null).count();
            assertThat(bound).as("%s is bound whole or not at all", id).isIn(0L, (long) all.size());
            for (PodStatus pod : all) {
                if (pod.node() != null && !pod.phase().isFinal()) {
                    used.merge(pod.node(), happenings.cpus.get(id) * 1000L, Long::sum);
                    pods.merge(pod.node(), 1, Integer::sum);
                }
                if (pod.phase() == PodPhase.RUNNING) {
                    assertThat(pod.node()).isNotNull();
                }
            }
        }
        Map<NodeName, Node> nodes = new HashMap<>();
        cluster.nodes().forEach(node -> nodes.put(node.name(), node));
        used.forEach((name, amount) -> {
            assertThat(nodes).containsKey(name);
            assertThat(amount).isLessThanOrEqualTo(nodes.get(name).allocatable().amount("cpu"));
            assertThat(pods.get(name)).isLessThanOrEqualTo(nodes.get(name).maxPods());
        });
    }

    /** Random happenings, the same for the same seed. Allocatable never shrinks: that alone may overcommit. */
    private static final class Happenings {
        private final SimulatedCluster cluster;
        private final Random random;
        private final Map<AttemptId, Integer> cpus;
        private int job;

        Happenings(SimulatedCluster cluster, long seed) {
            this(cluster, new Random(seed), new HashMap<>(), 0);
            declare();
        }

        private Happenings(SimulatedCluster cluster, Random random, Map<AttemptId, Integer> cpus, int job) {
            this.cluster = cluster;
            this.random = random;
            this.cpus = cpus;
            this.job = job;
        }

        Happenings on(SimulatedCluster again) {
            return new Happenings(again, random, cpus, job);
        }

        void next() {
            int what = random.nextInt(20);
            if (what < 8) {
                launch();
            } else if (what < 13) {
                cluster.advance();
            } else if (what < 16) {
                cluster.release(attempt(1 + random.nextInt(Math.max(1, job))));
            } else if (what == 16) {
                cluster.nodeLost(node());
            } else if (what == 17) {
                cluster.spotInterruption(node(), Duration.ofSeconds(random.nextInt(100)));
            } else if (what == 18) {
                cluster.nodeReady(node());
                cluster.nodeNotReady(node());
            } else {
                declare();
            }
        }

        private void launch() {
            int asks = 1 + random.nextInt(4);
            job++;
            cpus.put(attempt(job), asks);
            cluster.launch(gang(job)
                    .role("driver", 1, asks, "blue", "run-time", random.nextInt(500) + "s")
                    .role(
                            "worker",
                            1 + random.nextInt(6),
                            asks,
                            random.nextBoolean() ? "blue" : "red",
                            "run-time",
                            random.nextInt(500) + "s",
                            "start-delay",
                            random.nextInt(20) + "s",
                            "stop-time",
                            random.nextInt(50) + "s",
                            "exit-code",
                            Integer.toString(random.nextInt(2)))
                    .build());
        }

        private void declare() {
            cluster.declare(List.of(
                    SimulatedPool.of("blue", 2 + random.nextInt(5), cpu(8)).withMaxPods(3),
                    SimulatedPool.of("red", random.nextInt(4), cpu(4))));
        }

        private NodeName node() {
            return new NodeName((random.nextBoolean() ? "blue-" : "red-") + random.nextInt(6));
        }
    }
}
