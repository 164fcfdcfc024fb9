package dev.muster.ui;

import dev.muster.api.Attempt;
import dev.muster.api.Event;
import dev.muster.api.Explanation;
import dev.muster.api.Job;
import dev.muster.api.JobStatus;
import dev.muster.api.Outcome;
import dev.muster.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One job: where it is, why, what it did, what can be done. */
public record JobPage(
        Frame frame,
        JobRow job,
        List<Fact> facts,
        List<Fact> labels,
        @Nullable Why why,
        @Nullable Ending ending,
        List<Action> actions,
        Timeline timeline,
        List<RolePanel> roles,
        List<EventLine> events,
        @Nullable LogPanel log) {
    /** A word and its value. */
    public record Fact(String name, String value, @Nullable Moment moment) {}

    /** The planner's answer: the primary reason, then the others; {@code ahead} jobs of its queue go first. */
    public record Why(
            String words,
            String message,
            @Nullable String hint,
            List<Fact> numbers,
            List<Other> others,
            @Nullable Integer ahead,
            @Nullable Moment planned) {}

    /** A further reason. */
    public record Other(String words, String message) {}

    /** How it ended, where it did not succeed. */
    public record Ending(String words, String message) {}

    /** What may be done now, and the line that does the same. */
    public record Action(String verb, String word, boolean grave, String command) {}

    static JobPage of(
            Frame frame,
            Job job,
            List<Attempt> attempts,
            @Nullable Explanation explanation,
            List<Event> events,
            @Nullable LogPanel log) {
        Instant now = frame.now();
        JobStatus status = JobRow.statusOf(job);
        JobRow row = JobRow.of(job, now);
        Attempt latest = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        return new JobPage(
                frame,
                row,
                facts(job, status, now),
                labels(job),
                row.state().ended() || explanation == null ? null : why(explanation, now),
                ending(status),
                actions(row),
                Timeline.of(status, attempts, now),
                job.spec().roles().stream()
                        .map(role -> RolePanel.of(role, latest, now))
                        .toList(),
                events.stream().map(event -> EventLine.of(event, now)).toList(),
                log);
    }

    public String whyCommand() {
        return "muster why " + job.id();
    }

    public String logsCommand() {
        return "muster logs -f " + job.id();
    }

    private static List<Fact> facts(Job job, JobStatus status, Instant now) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Submitted", "", new Moment(status.submittedAt(), now)));
        if (job.spec().notBefore() != null) {
            facts.add(new Fact("Not before", "", new Moment(job.spec().notBefore(), now)));
        }
        if (status.startedAt() != null && status.queuedAt() != null) {
            facts.add(new Fact("Waited", Moment.span(between(status.queuedAt(), status.startedAt())), null));
            Instant end = status.finishedAt() == null ? now : status.finishedAt();
            facts.add(new Fact("Ran", Moment.span(between(status.startedAt(), end)), null));
        }
        if (status.finishedAt() != null) {
            facts.add(new Fact("Ended", "", new Moment(status.finishedAt(), now)));
        }
        if (job.spec().maxRunTime() != null) {
            facts.add(new Fact("Longest run", job.spec().maxRunTime(), null));
        }
        if (job.spec().retry() != null && job.spec().retry().max() != null) {
            facts.add(new Fact("Retries", "at most " + job.spec().retry().max(), null));
        }
        return List.copyOf(facts);
    }

    private static Duration between(Instant from, Instant until) {
        Duration time = Duration.between(from, until);
        return time.isNegative() ? Duration.ZERO : time;
    }

    private static List<Fact> labels(Job job) {
        Map<String, String> labels = job.metadata().labels();
        return labels == null
                ? List.of()
                : new TreeMap<>(labels)
                        .entrySet().stream()
                                .map(e -> new Fact(e.getKey(), e.getValue(), null))
                                .toList();
    }

    private static @Nullable Why why(Explanation explanation, Instant now) {
        dev.muster.api.Reason reason = explanation.reason();
        if (reason == null) {
            return null;
        }
        Map<String, String> numbers = reason.numbers() == null ? Map.of() : reason.numbers();
        return new Why(
                ReasonLine.words(reason.code()),
                reason.message(),
                reason.hint(),
                new TreeMap<>(numbers)
                        .entrySet().stream()
                                .map(e -> new Fact(e.getKey(), e.getValue(), null))
                                .toList(),
                explanation.all().stream()
                        .filter(other -> !other.equals(reason))
                        .map(other -> new Other(ReasonLine.words(other.code()), other.message()))
                        .toList(),
                explanation.ahead(),
                explanation.plannedAt() == null ? null : new Moment(explanation.plannedAt(), now));
    }

    private static @Nullable Ending ending(JobStatus status) {
        Outcome outcome = status.outcome();
        if (outcome == null || outcome.result().equals("SUCCEEDED")) {
            return null;
        }
        String category = outcome.category();
        String where = (outcome.role() == null ? "" : " in role " + outcome.role())
                + (outcome.exitCode() == null ? "" : ", exit code " + outcome.exitCode());
        return new Ending(
                ReasonLine.words(category == null ? outcome.result() : category) + where,
                outcome.message() == null ? "" : outcome.message());
    }

    private static List<Action> actions(JobRow job) {
        JobState state = job.state().state();
        List<Action> actions = new ArrayList<>();
        if (state == JobState.QUEUED || state == JobState.LAUNCHING || state == JobState.RUNNING) {
            actions.add(new Action("suspend", "Suspend", false, "muster suspend " + job.id()));
        }
        if (state == JobState.SUSPENDED) {
            actions.add(new Action("resume", "Resume", false, "muster resume " + job.id()));
        }
        if (state.isFinal()) {
            actions.add(new Action("rerun", "Run again", false, "muster rerun " + job.id()));
        }
        if (!state.isFinal() && state != JobState.CANCELLING) {
            actions.add(new Action("cancel", "Cancel", true, "muster cancel " + job.id()));
        }
        return List.copyOf(actions);
    }
}
