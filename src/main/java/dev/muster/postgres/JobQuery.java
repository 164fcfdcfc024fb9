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
import java.util.function.Consumer;
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
        return with(draft -> draft.team = ofTeam);
    }

    public JobQuery inQueue(@Nullable QueueName ofQueue) {
        return with(draft -> draft.queue = ofQueue);
    }

    public JobQuery in(Set<JobState> ofStates) {
        return with(draft -> draft.states = ofStates);
    }

    public JobQuery of(@Nullable PriorityClassName ofClass) {
        return with(draft -> draft.priorityClass = ofClass);
    }

    public JobQuery of(@Nullable JobSetName ofSet) {
        return with(draft -> draft.set = ofSet);
    }

    /** The children of that array. */
    public JobQuery of(@Nullable JobId ofArray) {
        return with(draft -> draft.array = ofArray);
    }

    public JobQuery submittedBy(@Nullable String actor) {
        return with(draft -> draft.submittedBy = actor);
    }

    public JobQuery called(@Nullable String exactly) {
        return with(draft -> draft.name = exactly);
    }

    public JobQuery beginning(@Nullable String prefix) {
        return with(draft -> draft.namePrefix = prefix);
    }

    public JobQuery waitingFor(@Nullable String code) {
        return with(draft -> draft.waitsFor = code);
    }

    public JobQuery labelled(Map<String, String> all) {
        return with(draft -> draft.labels = all);
    }

    public JobQuery by(Order by, boolean downwards) {
        return with(draft -> {
            draft.order = by;
            draft.descending = downwards;
            draft.after = null;
        });
    }

    public JobQuery after(@Nullable Cursor last) {
        return with(draft -> draft.after = last);
    }

    private JobQuery with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.query();
    }

    /** The parts of a query, of which one is to be another. */
    private static final class Draft {
        private @Nullable TeamName team;
        private @Nullable QueueName queue;
        private Set<JobState> states;
        private @Nullable PriorityClassName priorityClass;
        private @Nullable String submittedBy;
        private @Nullable String name;
        private @Nullable String namePrefix;
        private @Nullable String waitsFor;
        private Map<String, String> labels;
        private @Nullable JobId array;
        private @Nullable JobSetName set;
        private Order order;
        private boolean descending;
        private @Nullable Cursor after;
        private final int limit;

        Draft(JobQuery query) {
            team = query.team;
            queue = query.queue;
            states = query.states;
            priorityClass = query.priorityClass;
            submittedBy = query.submittedBy;
            name = query.name;
            namePrefix = query.namePrefix;
            waitsFor = query.waitsFor;
            labels = query.labels;
            array = query.array;
            set = query.set;
            order = query.order;
            descending = query.descending;
            after = query.after;
            limit = query.limit;
        }

        JobQuery query() {
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
                    after,
                    limit);
        }
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
