package dev.muster.controlplane;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real Volcano keeps what Muster relies on. */
@EnabledIfEnvironmentVariable(
        named = GivenCluster.VARIABLE,
        matches = ".+",
        disabledReason =
                "MUSTER_TEST_KUBECONFIG names no cluster with a real Volcano; docs/testing.md says how to get one")
class RealVolcanoClusterIT extends VolcanoContract {
    RealVolcanoClusterIT(TestCluster cluster) {
        super(cluster);
    }
}
