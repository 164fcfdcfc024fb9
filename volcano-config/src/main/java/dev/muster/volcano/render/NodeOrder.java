package dev.muster.volcano.render;

/**
 * Weights of Volcano's plugin nodeorder, 0 to 1,000, beside those of binpack: scores are weights times 0 to 100, and add up. What is
 * not here (a pod's own affinity, taints, images) stays as Volcano has it. Source: Volcano's {@code pkg/scheduler/plugins/nodeorder}.
 *
 * @param leastRequested for nodes with much free room: spreads
 * @param mostRequested for nodes with little free room: packs, by cpu and memory alone
 * @param balanced for nodes where cpu and memory would be used to the same part
 * @param topologySpread for nodes and zones with few pods of the same Service: spreads the pods of each gang
 */
public record NodeOrder(int leastRequested, int mostRequested, int balanced, int topologySpread) {
    /** What Muster renders unless a policy says otherwise: nothing that works against packing. */
    public static final NodeOrder PACKING = new NodeOrder(0, 0, 0, 0);

    public NodeOrder {
        Wanted.within("leastRequested", leastRequested, 0);
        Wanted.within("mostRequested", mostRequested, 0);
        Wanted.within("balanced", balanced, 0);
        Wanted.within("topologySpread", topologySpread, 0);
    }
}
