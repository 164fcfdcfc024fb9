package dev.muster.cli.manifest;

import dev.muster.api.Job;
import dev.muster.api.JobTemplate;
import dev.muster.api.Metadata;
import dev.muster.api.Pool;
import dev.muster.api.PriorityClass;
import dev.muster.api.Queue;
import dev.muster.api.Schedule;
import dev.muster.api.Team;

/** One document of a file: a resource, and where it stands ({@code file:line}). */
public record Manifest(Kind kind, Object resource, String where) {
    public Metadata metadata() {
        return switch (kind) {
            case PRIORITY_CLASS -> ((PriorityClass) resource).metadata();
            case POOL -> ((Pool) resource).metadata();
            case QUEUE -> ((Queue) resource).metadata();
            case TEAM -> ((Team) resource).metadata();
            case TEMPLATE -> ((JobTemplate) resource).metadata();
            case SCHEDULE -> ((Schedule) resource).metadata();
            case JOB -> ((Job) resource).metadata();
        };
    }

    /** Such as {@code queue/nlp}. */
    public String title() {
        return kind.word().toLowerCase(java.util.Locale.ROOT) + "/" + metadata().name();
    }
}
