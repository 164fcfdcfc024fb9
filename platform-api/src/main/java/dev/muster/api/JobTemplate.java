package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** What jobs of a team have in common, by name. {@code metadata.etag} is its revision. */
public record JobTemplate(@Nullable String kind, @Nullable Metadata metadata, JobTemplateSpec spec) {
    public static final String KIND = "JobTemplate";
}
