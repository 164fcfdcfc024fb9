package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** What may be changed while a job is queued; absent fields stay. */
public record JobPatch(
        @Nullable String priorityClass, @Nullable String queue) {}
