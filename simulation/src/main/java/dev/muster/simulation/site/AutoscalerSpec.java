package dev.muster.simulation.site;

/** What adds and removes nodes; times in milliseconds. The standard values are those of the programs themselves. */
public record AutoscalerSpec(
        Kind kind,
        long removeAfter,
        long delayAfterAdd,
        long delayAfterFailure,
        boolean localDelay,
        long backoff,
        long longestBackoff,
        long forgetBackoff,
        long provisionTimeout,
        long failureNews) {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;

    /** Nodes stay as they are. */
    public static final AutoscalerSpec NONE = new AutoscalerSpec(Kind.NONE, 0, 0, 0, false, 0, 0, 0, 0, 0);

    /** Cluster Autoscaler 1.3x with its standard flags. */
    public static final AutoscalerSpec CLUSTER_AUTOSCALER = new AutoscalerSpec(
            Kind.CLUSTER_AUTOSCALER,
            10 * MINUTE,
            10 * MINUTE,
            3 * MINUTE,
            false,
            5 * MINUTE,
            30 * MINUTE,
            180 * MINUTE,
            15 * MINUTE,
            2 * MINUTE);

    /** Karpenter 1.x: an offering that failed is left alone for three minutes; empty nodes go soon. */
    public static final AutoscalerSpec KARPENTER = new AutoscalerSpec(
            Kind.KARPENTER, 30 * SECOND, 0, 0, true, 3 * MINUTE, 3 * MINUTE, 3 * MINUTE, 15 * MINUTE, 5 * SECOND);

    /** Which program. */
    public enum Kind {
        NONE,
        CLUSTER_AUTOSCALER,
        KARPENTER
    }
}
