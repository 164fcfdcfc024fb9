package dev.muster.api;

import java.time.Instant;

/** What a template was from then on. */
public record TemplateRevision(long revision, JobTemplateSpec spec, String actor, Instant at) {}
