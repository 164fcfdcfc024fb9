package dev.muster.submission;

/** One job that is asked for by itself, beside others that it has nothing to do with. */
public record Lone(Submission submission, Candidate candidate) {}
