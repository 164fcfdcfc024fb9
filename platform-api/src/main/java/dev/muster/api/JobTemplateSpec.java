package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code job} holds what a job that names the template gets where it says nothing itself; a role {@code *} stands for each of its roles.
 * {@code locked}: fields that it may not say otherwise, such as {@code /priorityClass} or {@code /roles/driver/image}.
 */
public record JobTemplateSpec(
        @Nullable String description, JobSpec job, @Nullable List<String> locked) {}
