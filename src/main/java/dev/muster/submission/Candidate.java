package dev.muster.submission;

import dev.muster.job.JobRequest;
import dev.muster.problem.Place;

/** A job that wants to be accepted, and where it stands in the request. */
public record Candidate(Place place, JobRequest request) {}
