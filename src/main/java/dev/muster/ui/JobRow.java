package dev.muster.ui;

import dev.muster.api.Job;
import dev.muster.api.JobStatus;
import dev.muster.api.Reason;
import dev.muster.api.RoleSpec;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
        Moment submitted,
        int gang,
        String asks,
        int attempt,
        @Nullable String why) {
    static JobRow of(Job job, Instant now) {
        JobStatus status = statusOf(job);
        return new JobRow(
                text(job.metadata().id()),
                job.metadata().name(),
                text(job.metadata().team()),
                text(job.spec().queue()),
                text(job.spec().priorityClass()),
                StateMark.of(status.state()),
                new Moment(since(status), now),
                new Moment(status.submittedAt(), now),
                job.spec().roles().stream().mapToInt(JobRow::minimum).sum(),
                asks(job.spec().roles()),
                status.attempt() == null ? 0 : status.attempt(),
                why(status));
    }

    /** The end of the id, which differs where the names are equal. */
    public String shortId() {
        return id.substring(Math.max(0, id.length() - 6));
    }

    public String href() {
        return "/ui/jobs/" + id;
    }

    static JobStatus statusOf(Job job) {
        JobStatus status = job.status();
        if (status == null) {
            throw new IllegalArgumentException(
                    "Job %s without status".formatted(job.metadata().name()));
        }
        return status;
    }

    static int minimum(RoleSpec role) {
        Integer count = role.count();
        Integer min = role.min();
        return count != null ? count : min != null ? min : 1;
    }

    static int maximum(RoleSpec role) {
        Integer count = role.count();
        Integer max = role.max();
        return count != null ? count : max != null ? max : Math.max(1, minimum(role));
    }

    /** What the gang asks: {@code 84 cpu · 378Gi memory}. */
    static String asks(List<RoleSpec> roles) {
        SortedMap<String, Long> sum = new TreeMap<>();
        for (RoleSpec role : roles) {
            Amount.parse(role.resources())
                    .forEach((name, amount) -> sum.merge(
                            name,
                            dev.muster.quota.resource.Resources.multiply(amount, minimum(role)),
                            dev.muster.quota.resource.Resources::add));
        }
        return text(sum);
    }

    static String text(SortedMap<String, Long> amounts) {
        return amounts.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> Amount.text(e.getKey(), e.getValue()) + " " + Amount.label(e.getKey()))
                .collect(Collectors.joining(" · "));
    }

    /** When the present state began, as well as the status says. */
    static Instant since(JobStatus status) {
        if (status.finishedAt() != null) {
            return status.finishedAt();
        }
        if (status.startedAt() != null && status.state().equals("RUNNING")) {
            return status.startedAt();
        }
        return status.queuedAt() != null ? status.queuedAt() : status.submittedAt();
    }

    private static @Nullable String why(JobStatus status) {
        if (status.outcome() != null && !status.outcome().result().equals("SUCCEEDED")) {
            String message = status.outcome().message();
            String category = status.outcome().category();
            return message != null ? message : category == null ? null : ReasonLine.words(category);
        }
        Reason reason = status.reason();
        return reason == null ? null : reason.message();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
