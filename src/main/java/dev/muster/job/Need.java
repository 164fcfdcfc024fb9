package dev.muster.job;

/** A dependency as it was asked for: {@code job} is an id, the name of a job of the same request, or of one of the team's. */
public record Need(String job, Dependency.Condition on) {}
