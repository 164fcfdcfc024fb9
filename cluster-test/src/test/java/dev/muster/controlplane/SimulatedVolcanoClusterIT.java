package dev.muster.controlplane;

/** The simulated Volcano keeps what Muster relies on. */
class SimulatedVolcanoClusterIT extends VolcanoContract {
    SimulatedVolcanoClusterIT(OwnControlPlane cluster) {
        super(cluster);
    }
}
