package dev.muster.simulation;

import static dev.muster.simulation.Gangs.attempt;
import static dev.muster.simulation.Gangs.cpu;
import static dev.muster.simulation.Gangs.gang;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import dev.muster.simulation.journal.JournalDamaged;
import dev.muster.simulation.journal.JournalLocked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRecoveryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    @Test
    void a_cluster_opened_again_is_as_it_was_after_every_step() {
        VirtualClock clock = new VirtualClock(START);
        List<Runnable> steps = story();
        for (int step = 0; step < steps.size(); step++) {
            try (SimulatedCluster cluster = open(clock)) {
                story(cluster).get(step).run();
            }
            Map<AttemptId, GangStatus> before;
            try (SimulatedCluster cluster = open(clock)) {
                before = everything(cluster);
            }
            try (SimulatedCluster again = open(new VirtualClock(START))) {
                assertThat(everything(again)).as("after step %d", step).isEqualTo(before);
                assertThat(again.now()).isEqualTo(clock.instant());
            }
        }
    }

    @Test
    void a_story_told_in_one_breath_or_with_a_restart_after_each_step_ends_alike() {
        Map<AttemptId, GangStatus> uninterrupted;
        List<?> nodes;
        try (SimulatedCluster cluster = SimulatedCluster.open(SimulationSettings.inMemory(new VirtualClock(START)))) {
            story(cluster).forEach(Runnable::run);
            uninterrupted = everything(cluster);
            nodes = cluster.nodes();
        }
        for (int step = 0; step < story().size(); step++) {
            try (SimulatedCluster cluster = open(new VirtualClock(START))) {
                story(cluster).get(step).run();
            }
        }
        try (SimulatedCluster cluster = open(new VirtualClock(START))) {
            assertThat(everything(cluster)).isEqualTo(uninterrupted);
            assertThat(cluster.nodes()).isEqualTo(nodes);
        }
    }

    @Test
    void cut_at_any_byte_the_journal_opens_and_no_gang_is_broken() throws IOException {
        try (SimulatedCluster cluster = open(new VirtualClock(START))) {
            story(cluster).forEach(Runnable::run);
        }
        Path file = directory.resolve("journal");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length += 1 + length % 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (SimulatedCluster cluster = open(new VirtualClock(START))) {
                everything(cluster).values().forEach(JournalRecoveryTest::assertWhole);
            }
        }
    }

    @Test
    void a_compacted_journal_tells_the_same() {
        Map<AttemptId, GangStatus> before;
        try (SimulatedCluster cluster = open(new VirtualClock(START))) {
            story(cluster).forEach(Runnable::run);
            before = everything(cluster);
            cluster.compactNow();
        }
        try (SimulatedCluster cluster = open(new VirtualClock(START))) {
            assertThat(everything(cluster)).isEqualTo(before);
            cluster.compactNow();
            while (cluster.advance()) {
                cluster.compactNow();
            }
            assertThat(cluster.status(attempt(4)).orElseThrow().pods())
                    .allSatisfy(pod -> assertThat(pod.phase()).isEqualTo(PodPhase.SUCCEEDED));
        }
    }

    @Test
    void a_pod_that_was_made_again_is_known_again() {
        VirtualClock clock = new VirtualClock(START);
        try (SimulatedCluster cluster = open(clock)) {
            cluster.declare(List.of(SimulatedPool.of("blue", 2, cpu(2))));
            cluster.launch(gang(1).role("worker", 2, 2, "blue").build());
            for (int time = 0; time < 2; time++) {
                PodStatus last = cluster.status(attempt(1)).orElseThrow().pods().get(1);
                cluster.nodeLost(Objects.requireNonNull(last.node()));
                cluster.replace(gang(1).role("worker", 2, 2, "blue").build(), Set.of(last.pod()));
                assertThat(cluster.status(attempt(1)).orElseThrow().pods())
                        .extracting(PodStatus::phase)
                        .doesNotContain(PodPhase.LOST);
                cluster.nodeReady(last.node());
            }
        }
        Map<AttemptId, GangStatus> before;
        try (SimulatedCluster cluster = open(clock)) {
            before = everything(cluster);
            assertThat(before.get(attempt(1)).pods()).hasSize(2).allSatisfy(pod -> assertThat(pod.node())
                    .isNotNull());
            cluster.compactNow();
        }
        try (SimulatedCluster cluster = open(clock)) {
            assertThat(everything(cluster)).isEqualTo(before);
        }
    }

    @Test
    void a_journal_full_of_history_shrinks_by_itself() throws IOException {
        String large = "x".repeat(10_000);
        try (SimulatedCluster cluster = open(new VirtualClock(START))) {
            cluster.declare(List.of(SimulatedPool.of("blue", 1, cpu(1))));
            for (int job = 0; job < 1000; job++) {
                PodTemplate template = Gangs.template(cpu(1), List.of("work"), Map.of("LARGE", large), Map.of());
                cluster.launch(
                        gang(job).role("worker", template, Map.of("blue", 1)).build());
                cluster.release(attempt(job));
            }
            assertThat(cluster.attempts()).isEmpty();
        }
        assertThat(Files.size(directory.resolve("journal"))).isLessThan(5L << 20);
    }

    @Test
    void pods_that_should_have_ended_while_nobody_looked_have_ended() {
        VirtualClock clock = new VirtualClock(START);
        InstantSource real = clock::instant;
        try (SimulatedCluster cluster = SimulatedCluster.open(SimulationSettings.in(directory, real))) {
            cluster.declare(List.of(SimulatedPool.of("blue", 1, cpu(1))));
            cluster.launch(
                    gang(1).role("worker", 1, 1, "blue", "run-time", "60s").build());
            cluster.launch(
                    gang(2).role("worker", 1, 1, "blue", "run-time", "60s").build());
            cluster.launch(
                    gang(3).role("worker", 1, 1, "blue", "run-time", "60s").build());
        }
        clock.advanceTo(START.plusSeconds(150));
        try (SimulatedCluster cluster = SimulatedCluster.open(SimulationSettings.in(directory, real))) {
            assertThat(cluster.status(attempt(1)).orElseThrow().pods().get(0).endedAt())
                    .isEqualTo(START.plusSeconds(60));
            assertThat(cluster.status(attempt(2)).orElseThrow().pods().get(0).endedAt())
                    .isEqualTo(START.plusSeconds(120));
            assertThat(cluster.status(attempt(3)).orElseThrow().pods().get(0).startedAt())
                    .isEqualTo(START.plusSeconds(120));
            assertThat(cluster.status(attempt(3)).orElseThrow().pods().get(0).phase())
                    .isEqualTo(PodPhase.RUNNING);
        }
    }

    @Test
    void a_clock_that_was_put_back_does_not_unmake_what_happened() {
        VirtualClock clock = new VirtualClock(START.plusSeconds(1000));
        try (SimulatedCluster cluster =
                SimulatedCluster.open(SimulationSettings.in(directory, (InstantSource) clock::instant))) {
            cluster.declare(List.of(SimulatedPool.of("blue", 1, cpu(1))));
            cluster.launch(
                    gang(1).role("worker", 1, 1, "blue", "run-time", "10s").build());
            clock.advanceTo(START.plusSeconds(2000));
            cluster.declare(List.of(SimulatedPool.of("blue", 1, cpu(1))));
            assertThat(phase(cluster, 1)).isEqualTo(PodPhase.SUCCEEDED);
        }
        InstantSource back = () -> START;
        try (SimulatedCluster cluster = SimulatedCluster.open(SimulationSettings.in(directory, back))) {
            assertThat(phase(cluster, 1)).isEqualTo(PodPhase.SUCCEEDED);
            assertThat(cluster.now()).isAfterOrEqualTo(START.plusSeconds(1010));
        }
    }

    @Test
    void everything_a_gang_may_say_comes_back() {
        PodTemplate hostile = new PodTemplate(
                "registry/\u0000image\n%n",
                List.of("sh", "-c", "echo '\n' \u202e \ud83d\ude00 % %e"),
                List.of("", " ", "%", "\ud800"),
                Map.of("A B", "c=d\n", "", ""),
                List.of(new PodTemplate.SecretEnv("X", "a secret", "a key")),
                List.of(
                        new PodTemplate.Volume("v", PodTemplate.VolumeKind.EMPTY_DIR, null, "/with space", false, 10L),
                        new PodTemplate.Volume("w", PodTemplate.VolumeKind.SECRET, "s", "/x", true, null)),
                1L << 40,
                cpu(2),
                new NodeAffinity(
                        List.of(new NodeAffinity.Term(List.of(
                                new NodeAffinity.Expression("zone", NodeAffinity.Operator.IN, List.of("a", "b")),
                                new NodeAffinity.Expression("n", NodeAffinity.Operator.GT, List.of("-3")),
                                new NodeAffinity.Expression("e", NodeAffinity.Operator.EXISTS, List.of())))),
                        List.of(new NodeAffinity.Preferred(
                                7,
                                new NodeAffinity.Term(List.of(new NodeAffinity.Expression(
                                        "q", NodeAffinity.Operator.DOES_NOT_EXIST, List.of())))))),
                List.of(
                        new Toleration(null, Toleration.Operator.EXISTS, null, null),
                        new Toleration("k", Toleration.Operator.EQUAL, "v", TaintEffect.NO_EXECUTE)),
                Map.of("label", "ü"),
                Map.of("simulation.muster.dev/run-time", "5s"));
        Gang gang = gang(new AttemptId(new JobId("a-b-1"), 17))
                .grace(Duration.ofMillis(1500))
                .role("driver", 1, 1, "blue")
                .role("worker", hostile, Map.of("blue", 2, "red", 3))
                .build();
        Fact fact = new Fact.Launched(START.plusNanos(1), gang);
        assertThat(FactReader.read(FactWriter.write(fact))).isEqualTo(fact);
        assertThat(FactWriter.write(fact)).matches("[ -~]*");
    }

    @Test
    void pools_come_back_with_labels_and_taints() {
        SimulatedPool pool = SimulatedPool.of("blue", 3, cpu(2))
                .withLabels(Map.of("a b", "%\n"))
                .withTaints(List.of(new Taint("spot", "", TaintEffect.PREFER_NO_SCHEDULE)))
                .withMaxPods(7)
                .withLocalProcesses();
        Fact fact = new Fact.Declared(START, List.of(pool));
        assertThat(FactReader.read(FactWriter.write(fact))).isEqualTo(fact);
    }

    @Test
    void a_damaged_record_refuses_the_start() throws IOException {
        try (SimulatedCluster cluster = open(new VirtualClock(START))) {
            story(cluster).forEach(Runnable::run);
        }
        Path file = directory.resolve("journal");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> open(new VirtualClock(START))).isInstanceOf(JournalDamaged.class);
    }

    @Test
    void two_clusters_cannot_share_a_directory() {
        try (SimulatedCluster first = open(new VirtualClock(START))) {
            assertThat(first.attempts()).isEmpty();
            assertThatThrownBy(() -> open(new VirtualClock(START))).isInstanceOf(JournalLocked.class);
        }
    }

    private SimulatedCluster open(VirtualClock clock) {
        return SimulatedCluster.open(SimulationSettings.in(directory, clock));
    }

    private static PodPhase phase(SimulatedCluster cluster, int job) {
        return cluster.status(attempt(job)).orElseThrow().pods().get(0).phase();
    }

    private static Map<AttemptId, GangStatus> everything(SimulatedCluster cluster) {
        Map<AttemptId, GangStatus> all = new TreeMap<>();
        cluster.attempts().forEach(id -> all.put(id, cluster.status(id).orElseThrow()));
        return all;
    }

    private static void assertWhole(GangStatus gang) {
        boolean elastic = gang.attempt().equals(attempt(8));
        List<PodStatus> own = gang.pods().stream()
                .filter(pod -> !elastic || pod.pod().index() == 0)
                .toList();
        long bound = own.stream().filter(pod -> pod.node() != null).count();
        assertThat(bound).as("%s", gang).isIn(0L, (long) own.size());
        assertThat(gang.pods()).allSatisfy(pod -> {
            if (pod.phase().isFinal()) {
                assertThat(pod.cause()).isNotNull();
            }
        });
    }

    private static List<Runnable> story() {
        try (SimulatedCluster nobody = SimulatedCluster.open(SimulationSettings.inMemory(new VirtualClock(START)))) {
            return story(nobody);
        }
    }

    /** Something of everything that may happen to a cluster. */
    private static List<Runnable> story(SimulatedCluster cluster) {
        SimulatedPool blue = SimulatedPool.of("blue", 4, cpu(4));
        SimulatedPool red = SimulatedPool.of("red", 2, cpu(8)).withLabels(Map.of("zone", "b"));
        return List.of(
                () -> cluster.declare(List.of(blue, red)),
                () -> cluster.launch(gang(1).role("driver", 1, 1, "blue", "run-time", "10000s")
                        .role("worker", 4, 2, "blue", "run-time", "50s", "start-delay", "3s", "fail-as", "OOM_KILLED")
                        .build()),
                () -> cluster.launch(
                        gang(2).role("worker", 2, 8, "red", "run-time", "30s").build()),
                () -> cluster.launch(
                        gang(3).role("worker", 2, 8, "red", "run-time", "30s").build()),
                () -> cluster.launch(gang(4).role("worker", 1, 3, "blue", "run-time", "1000s")
                        .build()),
                cluster::advance,
                () -> cluster.launch(gang(5).role("worker", 9, 4, "blue").build()),
                cluster::advance,
                () -> cluster.nodeNotReady(new NodeName("blue-3")),
                () -> cluster.launch(gang(6).role("worker", 2, 1, "blue", "run-time", "500s", "stop-time", "5s")
                        .build()),
                cluster::advance,
                () -> cluster.release(attempt(6)),
                () -> cluster.release(attempt(5)),
                () -> cluster.spotInterruption(new NodeName("red-1"), Duration.ofSeconds(2)),
                cluster::advance,
                cluster::advance,
                () -> cluster.nodeLost(
                        cluster.status(attempt(1)).orElseThrow().pods().get(0).node()),
                () -> cluster.nodeReady(new NodeName("blue-3")),
                cluster::advance,
                () -> cluster.declare(List.of(blue.withNodes(5), red)),
                () -> cluster.release(attempt(2)),
                () -> cluster.launch(
                        gang(7).role("worker", 3, 4, "blue", "run-time", "40s").build()),
                () -> cluster.grow(growing(), List.of(elastic(1, "red"), elastic(2, "red"), elastic(3, "blue"))),
                () -> cluster.launch(growing()),
                () -> cluster.grow(growing(), List.of(elastic(1, "red"), elastic(2, "red"), elastic(3, "blue"))),
                () -> cluster.shrink(attempt(8), Set.of(new PodRef(attempt(8), new RoleName("worker"), 2))),
                () -> cluster.shrink(attempt(8), Set.of(new PodRef(attempt(8), new RoleName("worker"), 3))),
                cluster::advance,
                () -> cluster.grow(growing(), List.of(elastic(4, "red"))));
    }

    private static Gang growing() {
        return gang(8).role("worker", 1, 1, "red", "run-time", "600s", "stop-time", "7s")
                .build();
    }

    private static ElasticPod elastic(int index, String pool) {
        PodTemplate template = growing().members().get(0).template();
        return new ElasticPod(new RoleName("worker"), index, new PoolName(pool), template);
    }

    @Test
    void the_story_is_worth_telling() {
        try (SimulatedCluster cluster = open(new VirtualClock(START))) {
            story(cluster).forEach(Runnable::run);
            assertThat(everything(cluster).values().stream()
                            .flatMap(gang -> gang.pods().stream())
                            .map(pod -> pod.cause()))
                    .contains(PodEnd.SPOT_INTERRUPTED, PodEnd.NODE_LOST)
                    .containsNull();
        }
    }
}
