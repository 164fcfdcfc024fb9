package dev.muster.job;

/**
 * A dependency as it was asked for: {@code job} is an id, the name of a job or array of the same request, or of one of the team's.
 * {@code sameIndex}: each child of an array waits for the child of another one that has its index.
 */
public record Need(String job, Dependency.Condition on, boolean sameIndex) {}
