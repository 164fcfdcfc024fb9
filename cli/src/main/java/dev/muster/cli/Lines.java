package dev.muster.cli;

import dev.muster.api.Event;
import dev.muster.api.Job;
import dev.muster.api.JobStatus;
import dev.muster.api.Outcome;
import dev.muster.api.Reason;
import dev.muster.api.RoleSpec;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Things of the service in a line. */
public final class Lines {
    private Lines() {}

    /** {@code 4 × (cpu 8, nvidia.com/gpu 8) + 1 × (cpu 2)}. */
    static String gang(Job job) {
        return job.spec().roles().stream().map(Lines::role).collect(Collectors.joining(" + "));
    }

    static String role(RoleSpec role) {
        String pods = pods(role);
        return role.resources() == null || role.resources().isEmpty()
                ? pods + " × " + role.name()
                : pods + " × (" + amounts(role.resources()) + ")";
    }

    static String pods(RoleSpec role) {
        int least = Objects.requireNonNullElse(role.count(), Objects.requireNonNullElse(role.min(), 1));
        int most = Objects.requireNonNullElse(role.count(), Objects.requireNonNullElse(role.max(), least));
        return least == most ? Integer.toString(least) : least + "–" + most;
    }

    static String amounts(Map<String, String> amounts) {
        return new TreeMap<>(amounts)
                .entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).collect(Collectors.joining(", "));
    }

    /** Why it waits or how it ended, in a sentence. */
    static String why(Job job) {
        JobStatus status = job.status();
        if (status == null) {
            return "";
        }
        Outcome outcome = status.outcome();
        if (States.isFinal(status.state()) && outcome != null) {
            return outcome(outcome);
        }
        return reason(status.reason());
    }

    static String reason(@Nullable Reason reason) {
        return reason == null ? "" : Text.plain(reason.message());
    }

    /** Empty where it simply succeeded. */
    static String outcome(Outcome outcome) {
        StringBuilder said = new StringBuilder();
        if (outcome.category() != null) {
            said.append(outcome.category());
        }
        if (outcome.exitCode() != null && outcome.exitCode() != 0) {
            said.append(said.isEmpty() ? "" : ", ").append("exit code ").append(outcome.exitCode());
        }
        if (outcome.role() != null && !said.isEmpty()) {
            said.append(" of role ").append(outcome.role());
        }
        if (outcome.message() != null && !outcome.message().isBlank()) {
            said.append(said.isEmpty() ? "" : ": ").append(Text.plain(outcome.message()));
        }
        return said.toString();
    }

    /** How long it has waited or run, or did. */
    static String spent(Job job, Instant now) {
        JobStatus status = job.status();
        if (status == null) {
            return "";
        }
        if (status.startedAt() != null) {
            Instant end = status.finishedAt() == null ? now : status.finishedAt();
            return Span.of(Duration.between(status.startedAt(), end));
        }
        return "";
    }

    static String waited(Job job, Instant now) {
        JobStatus status = job.status();
        if (status == null) {
            return "";
        }
        Instant from = status.queuedAt() == null ? status.submittedAt() : status.queuedAt();
        Instant to = status.startedAt() != null
                ? status.startedAt()
                : status.finishedAt() != null ? status.finishedAt() : now;
        return from.isAfter(to) ? "" : Span.of(Duration.between(from, to));
    }

    /** {@code 09:12:03  vision/train  QUEUED → LAUNCHING  the whole gang fits}. */
    public static String event(Event event, Screen screen) {
        StringBuilder line = new StringBuilder(screen.paint(Colour.DIM, Span.clock(event.at())));
        line.append("  ").append(subject(event, screen));
        boolean waits = event.type().equals("REASON_CHANGED");
        String what = waits || event.from() == null && event.to() == null
                ? waits ? screen.paint(Colour.YELLOW, "waits") : words(event.type())
                : event.from() == null
                        ? words(event.type()) + " " + screen.state(event.to())
                        : screen.state(event.from()) + " → " + screen.state(event.to());
        line.append("  ").append(what);
        if (event.attempt() != null
                && event.type().toUpperCase(java.util.Locale.ROOT).startsWith("ATTEMPT")) {
            line.append(screen.paint(Colour.DIM, " (attempt " + event.attempt() + ")"));
        }
        if (event.reason() != null) {
            line.append("  ").append(screen.paint(Colour.DIM, reason(event.reason())));
        }
        return line.toString();
    }

    private static String subject(Event event, Screen screen) {
        String team = event.team() == null ? "" : event.team();
        String job = event.jobName() == null ? event.job() : event.jobName();
        return job == null ? Text.plain(team) : screen.paint(Colour.BOLD, Text.plain(team + "/" + job));
    }

    private static String words(String type) {
        return type.toLowerCase(java.util.Locale.ROOT).replace('_', ' ').replace('.', ' ');
    }
}
