package dev.muster.simulation.autoscaler;

/** {@code count} equal pods that a scheduler has marked Unschedulable, {@code pools} where they may run. */
public record Want(long[] pod, boolean[] pools, int count) {}
