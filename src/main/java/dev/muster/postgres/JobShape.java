package dev.muster.postgres;

import dev.muster.job.ArrayPlace;
import dev.muster.job.CompletionRules;
import dev.muster.job.Dependency;
import dev.muster.job.Job;
import dev.muster.job.JobSpec;
import dev.muster.job.Life;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.spark.SparkJob;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of a spec that jobs which ask the same have in common. It is read once for all of them, so that a hundred thousand
 * equal jobs cost the time and the memory of one. The index of a child of an array stands beside it.
 */
record JobShape(
        List<Role> roles,
        @Nullable Duration maxRunTime,
        @Nullable Duration queueTimeout,
        Duration startDeadline,
        Duration grace,
        RetryRules retry,
        CompletionRules completion,
        boolean oneZone,
        List<Dependency> dependencies,
        @Nullable SparkJob spark,
        Life life,
        @Nullable ArrayPlace place) {
    JobShape {
        life = Objects.requireNonNullElse(life, Life.USUAL); // rows of before have none
    }

    private static final Json.Reader<JobShape> READER = Json.reader(JobShape.class);
    private static final int MOST_KEPT = 1_000;
    private static final int LONGEST_KEPT = 8_000;
    private static final Map<String, JobShape> KEPT = new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JobShape> eldest) {
            return size() > MOST_KEPT;
        }
    };

    static JobShape of(Job job) {
        JobSpec spec = job.spec();
        return new JobShape(
                spec.roles(),
                spec.maxRunTime(),
                spec.queueTimeout(),
                spec.startDeadline(),
                spec.grace(),
                spec.retry(),
                spec.completion(),
                spec.oneZone(),
                spec.dependencies(),
                spec.spark(),
                spec.life(),
                spec.place() == null ? null : spec.place().at(0));
    }

    static JobShape read(String text) {
        if (text.length() > LONGEST_KEPT) {
            return READER.read(text);
        }
        synchronized (KEPT) {
            return KEPT.computeIfAbsent(text, READER::read);
        }
    }
}
