package dev.muster.ui;

import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.job.Role;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job as a row. {@code gang} is how many pods start together, {@code asks} what they ask in all. */
public record JobRow(
        String id,
        String name,
        String team,
        String queue,
        String priority,
        StateMark state,
        Moment since,
        int gang,
        String asks,
        int attempt,
        @Nullable String why) {
    static JobRow of(Job job, Instant now) {
        return new JobRow(
                job.id().value(),
                job.spec().name(),
                job.team().value(),
                job.spec().queue().value(),
                job.spec().priorityClass().value(),
                new StateMark(job.state()),
                new Moment(since(job), now),
                job.spec().roles().stream().mapToInt(Role::minimum).sum(),
                Amount.text(job.spec().roles().stream()
                        .map(role -> role.pod().resources().times(role.minimum()))
                        .reduce(Resources.NONE, Resources::plus)),
                job.attempt(),
                why(job));
    }

    /** The end of the id, which differs where the names are equal. */
    public String shortId() {
        return id.substring(Math.max(0, id.length() - 6));
    }

    public String pods() {
        return gang == 1 ? "1 pod" : gang + " pods";
    }

    public String href() {
        return "/ui/jobs/" + id;
    }

    /** When the present state began, as well as the job knows. */
    private static Instant since(Job job) {
        if (job.finishedAt() != null) {
            return job.finishedAt();
        }
        if (job.startedAt() != null && job.state() == JobState.RUNNING) {
            return job.startedAt();
        }
        return job.queuedAt() != null ? job.queuedAt() : job.submittedAt();
    }

    private static @Nullable String why(Job job) {
        Outcome outcome = job.outcome();
        Failure failure = outcome == null ? null : outcome.failure();
        if (failure != null) {
            return failure.message();
        }
        return job.reasons().isEmpty() ? null : job.reasons().get(0).message();
    }
}
