package dev.muster.ui;

import dev.muster.api.Event;
import dev.muster.job.JobState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One event as a line: what became of whom. {@code mark} where it moved a job to a state; {@code actor} where it was not the
 * service itself.
 */
public record EventLine(
        String id,
        Moment moment,
        String what,
        @Nullable String actor,
        @Nullable StateMark mark,
        @Nullable String subject,
        @Nullable String href,
        @Nullable String why) {
    /** Who acts for the planner. */
    private static final String SERVICE = "muster";

    static EventLine of(Event event, Instant now) {
        StateMark mark = mark(event);
        return new EventLine(
                "e-" + event.cursor(),
                new Moment(event.at(), now),
                what(event, mark),
                event.actor().equals(SERVICE) ? null : event.actor(),
                mark,
                event.jobName() == null ? event.job() : event.jobName(),
                event.job() == null ? null : "/ui/jobs/" + event.job(),
                event.reason() == null ? null : event.reason().message());
    }

    private static @Nullable StateMark mark(Event event) {
        boolean ofJob = event.type().equals("JOB_MOVED") || event.type().equals("JOB_SUBMITTED");
        return ofJob
                        && event.to() != null
                        && Arrays.stream(JobState.values())
                                .anyMatch(s -> s.name().equals(event.to()))
                ? StateMark.of(event.to())
                : null;
    }

    private static String what(Event event, @Nullable StateMark mark) {
        return switch (event.type()) {
            case "JOB_SUBMITTED" -> "submitted";
            case "JOB_MOVED" ->
                mark == null
                        ? "moved"
                        : mark.word().toLowerCase(Locale.ROOT)
                                + (event.attempt() != null && event.attempt() > 1
                                        ? ", attempt " + event.attempt()
                                        : "");
            case "ATTEMPT_MOVED" ->
                "attempt " + event.attempt() + " " + String.valueOf(event.to()).toLowerCase(Locale.ROOT);
            case "REASON_CHANGED" -> event.to() == null ? "no reason to wait" : "waits: " + lower(event.to());
            default -> {
                String kind = lower(event.type().replace("_CHANGED", ""));
                yield event.from() == null && event.to() != null
                        ? kind + " created"
                        : event.to() == null ? kind + " deleted" : kind + " changed";
            }
        };
    }

    private static String lower(String code) {
        return code.replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
