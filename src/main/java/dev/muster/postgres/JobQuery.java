package dev.muster.postgres;

import dev.muster.job.JobState;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs, in what order, from where on, how many ({@code limit} 1 to {@link #MOST}). {@code waitsFor} is the code of the
 * primary reason of a job that waits. Null and empty conditions do not restrict; all others must hold.
 */
public record JobQuery(
        @Nullable TeamName team,
        @Nullable QueueName queue,
        Set<JobState> states,
        @Nullable PriorityClassName priorityClass,
        @Nullable String submittedBy,
        @Nullable String name,
        @Nullable String namePrefix,
        @Nullable String waitsFor,
        Map<String, String> labels,
        @Nullable JobId array,
        @Nullable JobSetName set,
        Order order,
        boolean descending,
        @Nullable Cursor after,
        int limit) {
    /** Most jobs of one page. */
    public static final int MOST = 1_000;

    public JobQuery {
        states = Set.copyOf(states);
        labels = Map.copyOf(labels);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("Bad page size %d: expected 1 to %d".formatted(limit, MOST));
        }
        if (after != null && after.order() != order) {
            throw new IllegalArgumentException("A cursor by %s in a list by %s".formatted(after.order(), order));
        }
    }

    /** Every job, newest first. */
    public static JobQuery newest(int limit) {
        return new JobQuery(
                null,
                null,
                Set.of(),
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                Order.SUBMITTED,
                true,
                null,
                limit);
    }

    public JobQuery in(@Nullable TeamName ofTeam) {
        return new JobQuery(
                ofTeam,
                queue,
                states,
                priorityClass,
                submittedBy,
                name,
                namePrefix,
                waitsFor,
                labels,
                array,
                set,
                order,
                descending,
                after,
                limit);
    }

    public JobQuery called(@Nullable String exactly) {
        return new JobQuery(
                team,
                queue,
                states,
                priorityClass,
                submittedBy,
                exactly,
                namePrefix,
                waitsFor,
                labels,
                array,
                set,
                order,
                descending,
                after,
                limit);
    }

    public JobQuery inQueue(@Nullable QueueName ofQueue) {
        return new JobQuery(
                team,
                ofQueue,
                states,
                priorityClass,
                submittedBy,
                name,
                namePrefix,
                waitsFor,
                labels,
                array,
                set,
                order,
                descending,
                after,
                limit);
    }

    public JobQuery of(@Nullable JobSetName ofSet) {
        return new JobQuery(
                team,
                queue,
                states,
                priorityClass,
                submittedBy,
                name,
                namePrefix,
                waitsFor,
                labels,
                array,
                ofSet,
                order,
                descending,
                after,
                limit);
    }

    public JobQuery in(Set<JobState> ofStates) {
        return new JobQuery(
                team,
                queue,
                ofStates,
                priorityClass,
                submittedBy,
                name,
                namePrefix,
                waitsFor,
                labels,
                array,
                set,
                order,
                descending,
                after,
                limit);
    }

    public JobQuery by(Order by, boolean downwards) {
        return new JobQuery(
                team,
                queue,
                states,
                priorityClass,
                submittedBy,
                name,
                namePrefix,
                waitsFor,
                labels,
                array,
                set,
                by,
                downwards,
                null,
                limit);
    }

    public JobQuery after(@Nullable Cursor last) {
        return new JobQuery(
                team,
                queue,
                states,
                priorityClass,
                submittedBy,
                name,
                namePrefix,
                waitsFor,
                labels,
                array,
                set,
                order,
                descending,
                last,
                limit);
    }

    /** Ties go by id, which is the order of acceptance. An unfinished job counts as finished in the far future. */
    public enum Order {
        SUBMITTED,
        PRIORITY,
        FINISHED,
        NAME
    }

    /** The last job of a page: its id and, by the order, its priority, finish (null: unfinished) or name. */
    public record Cursor(
            Order order,
            JobId id,
            int priority,
            @Nullable Instant finishedAt,
            @Nullable String name) {}
}
