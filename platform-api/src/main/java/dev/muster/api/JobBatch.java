package dev.muster.api;

import java.util.List;

/** Many jobs in one request: all are accepted or none. */
public record JobBatch(List<Job> jobs) {}
