package dev.muster.simulation.measure;

/** How long jobs of one priority waited for their first start, in hours; who never started counts with the wait so far. */
public record ClassWait(int priority, int jobs, double p50, double p95) {}
