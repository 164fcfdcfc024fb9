package dev.muster.controlplane.volcano;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real Volcano is asked about scenarios by chance, and both simulated ones start the same gangs. What came of it is written down. */
@ClusterTest
@EnabledIfEnvironmentVariable(
        named = "MUSTER_TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "MUSTER_TEST_KUBECONFIG names no cluster with a real Volcano; docs/testing.md says how to get one")
class FidelityClusterIT {
    private static final int ANY = 300;
    private static final int PLAIN = 200;
    private static final int AT_ONCE = 20;

    @Test
    void simulated_and_real_start_the_same_gangs(TestCluster cluster) throws IOException {
        List<Scenario> any =
                IntStream.range(0, ANY).mapToObj(RandomScenarios::any).toList();
        List<Scenario> plain =
                IntStream.range(0, PLAIN).mapToObj(RandomScenarios::plain).toList();
        List<Scenario> all = new ArrayList<>(any);
        all.addAll(plain);
        Map<String, Set<String>> real = new TreeMap<>();
        try (RealRun run = new RealRun(cluster)) {
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                real.putAll(run.started(all.subList(from, Math.min(all.size(), from + AT_ONCE))));
                // After every batch: what was found out is not lost where a later one fails.
                new Recorded(real)
                        .write(Files.createDirectories(Path.of("target")).resolve("real-volcano.txt"));
            }
        }
        holds(Fidelity.of(all, real, OnBoard::started));
        holds(Fidelity.of(plain, real, OnSite::started));
    }

    private static void holds(Fidelity fidelity) {
        assertThat(fidelity.share()).as("%s", fidelity.misses()).isGreaterThanOrEqualTo(0.98);
    }
}
