package dev.muster.job;

import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.spark.SparkJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A job as it was sent, well-formed by itself; what is null gets a default of its team or of the service. */
public record JobRequest(
        String name,
        @Nullable QueueName queue,
        @Nullable PriorityClassName priorityClass,
        List<Role> roles,
        @Nullable Duration maxRunTime,
        @Nullable Duration queueTimeout,
        @Nullable Duration startDeadline,
        @Nullable Duration grace,
        @Nullable Instant notBefore,
        RetryRules retry,
        CompletionRules completion,
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean oneZone,
        List<Need> needs,
        @Nullable SparkJob spark,
        Life life,
        @Nullable ArrayRequest array,
        @Nullable JobSetName set) {
    public JobRequest {
        life = Objects.requireNonNullElse(life, Life.USUAL); // rows of before have none
        roles = List.copyOf(roles);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        needs = List.copyOf(needs);
    }

    /** The same, with who said what it did not say itself. */
    public JobRequest inheriting(Map<String, String> origins) {
        return new JobRequest(
                name,
                queue,
                priorityClass,
                roles,
                maxRunTime,
                queueTimeout,
                startDeadline,
                grace,
                notBefore,
                retry,
                completion,
                labels,
                annotations,
                oneZone,
                needs,
                spark,
                life.inheriting(origins),
                array,
                set);
    }
}
