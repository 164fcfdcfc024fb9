package dev.muster.simulation.autoscaler;

/**
 * {@code count} equal pods that a scheduler has marked Unschedulable. {@code offerings}: for each pool where they may run, a bit
 * for each of its offerings.
 */
public record Want(long[] pod, long[] offerings, int count) {
    /** Of a pool. */
    public static final long ALL = -1;

    boolean mayRunIn(int pool) {
        return offerings[pool] != 0;
    }

    boolean mayRunOn(int pool, int offering) {
        return (offerings[pool] >>> offering & 1) != 0;
    }
}
