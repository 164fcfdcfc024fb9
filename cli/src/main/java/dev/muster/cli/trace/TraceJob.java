package dev.muster.cli.trace;

import java.time.Duration;

/** A recorded job: {@code pods} equal pods that run for {@code runTime}, asked for {@code arrival} after the trace began. {@code line} is where it stands, from 1. */
public record TraceJob(long line, String id, Duration arrival, Duration runTime, int pods) {}
