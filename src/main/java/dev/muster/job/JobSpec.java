package dev.muster.job;

import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.spark.SparkJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was asked, with every default filled in: accepted once, changed only where a user may change it (queue and priority
 * class while queued). Null durations: no limit. {@code notBefore} null: at once. {@code oneZone}: the whole gang in one zone.
 * {@code dependencies}: those that it waits for first. {@code spark}: the Spark application that its roles were made from.
 * {@code place}: which child of an array it is, null: none. {@code set}: with which others of its team it belongs together, null: none.
 */
public record JobSpec(
        String name,
        QueueName queue,
        PriorityClassName priorityClass,
        List<Role> roles,
        @Nullable Duration maxRunTime,
        @Nullable Duration queueTimeout,
        Duration startDeadline,
        Duration grace,
        @Nullable Instant notBefore,
        RetryRules retry,
        CompletionRules completion,
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean oneZone,
        List<Dependency> dependencies,
        @Nullable SparkJob spark,
        Life life,
        @Nullable ArrayPlace place,
        @Nullable JobSetName set) {
    /** In any zones, and that depends on nobody. */
    public JobSpec(
            String name,
            QueueName queue,
            PriorityClassName priorityClass,
            List<Role> roles,
            @Nullable Duration maxRunTime,
            @Nullable Duration queueTimeout,
            Duration startDeadline,
            Duration grace,
            @Nullable Instant notBefore,
            RetryRules retry,
            CompletionRules completion,
            Map<String, String> labels,
            Map<String, String> annotations) {
        this(
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
                false,
                List.of(),
                null,
                Life.USUAL,
                null,
                null);
    }

    public JobSpec {
        roles = List.copyOf(roles);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        dependencies = List.copyOf(dependencies);
    }

    /** The same that waits for these. */
    public JobSpec after(List<Dependency> others) {
        return with(draft -> draft.dependencies = others);
    }

    /** The same in another queue, or with another class. */
    public JobSpec in(QueueName other, PriorityClassName otherClass) {
        return with(draft -> {
            draft.queue = other;
            draft.priorityClass = otherClass;
        });
    }

    /** The same as a child of an array, with a name of its own. */
    public JobSpec in(ArrayPlace array) {
        return with(draft -> {
            draft.name = name + "-" + array.index();
            draft.place = array;
        });
    }

    /** The same with other roles, and the application that they were made from. */
    public JobSpec with(List<Role> others, @Nullable SparkJob application) {
        return with(draft -> {
            draft.roles = others;
            draft.spark = application;
        });
    }

    private JobSpec with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.spec(this);
    }

    /** The parts of a spec that may be others. */
    private static final class Draft {
        private String name;
        private QueueName queue;
        private PriorityClassName priorityClass;
        private List<Role> roles;
        private List<Dependency> dependencies;
        private @Nullable SparkJob spark;
        private @Nullable ArrayPlace place;

        Draft(JobSpec spec) {
            name = spec.name;
            queue = spec.queue;
            priorityClass = spec.priorityClass;
            roles = spec.roles;
            dependencies = spec.dependencies;
            spark = spec.spark;
            place = spec.place;
        }

        /** The rest is that one's. */
        JobSpec spec(JobSpec of) {
            return new JobSpec(
                    name,
                    queue,
                    priorityClass,
                    roles,
                    of.maxRunTime,
                    of.queueTimeout,
                    of.startDeadline,
                    of.grace,
                    of.notBefore,
                    of.retry,
                    of.completion,
                    of.labels,
                    of.annotations,
                    of.oneZone,
                    dependencies,
                    spark,
                    of.life,
                    place,
                    of.set);
        }
    }
}
