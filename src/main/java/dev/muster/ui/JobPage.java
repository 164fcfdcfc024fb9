package dev.muster.ui;

import dev.muster.access.Verb;
import dev.muster.cluster.PodStatus;
import dev.muster.event.RecordedEvent;
import dev.muster.job.ArrayPlace;
import dev.muster.job.Attempt;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.Outcome;
import dev.muster.report.Links;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One job: where it is, why, what it did, what can be done. */
public record JobPage(
        Frame frame,
        JobRow job,
        List<Fact> facts,
        List<Fact> labels,
        @Nullable WhyPanel why,
        @Nullable Ending ending,
        @Nullable String lost,
        @Nullable String result,
        List<Action> actions,
        @Nullable String mayNot,
        Timeline timeline,
        List<RolePanel> roles,
        List<EventLine> events,
        @Nullable LogPanel log,
        @Nullable String sparkPage,
        @Nullable String session) {
    /** A word and its value, or its moment. */
    public record Fact(String name, String value, @Nullable Moment moment) {}

    /** How it ended, where it did not succeed. */
    public record Ending(String words, String message) {}

    /** {@code attempts} oldest first; {@code pods} are those of the latest as they are now, or were at its end; {@code lost} is what it lost to what, {@code result} what it has handed back. */
    static JobPage of(
            Frame frame,
            Job job,
            List<Attempt> attempts,
            List<PodStatus> pods,
            @Nullable WhyPanel why,
            @Nullable String lost,
            @Nullable String result,
            Predicate<Verb> may,
            List<RecordedEvent> events,
            @Nullable LogPanel log) {
        Instant now = frame.now();
        List<Action> actions = Action.of(job.state(), job.id().value());
        List<Action> allowed =
                actions.stream().filter(action -> may.test(action.asks())).toList();
        Attempt latest = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        return new JobPage(
                frame,
                JobRow.of(job, now),
                facts(job, now),
                new TreeMap<>(job.spec().labels())
                        .entrySet().stream()
                                .map(e -> new Fact(e.getKey(), e.getValue(), null))
                                .toList(),
                why,
                ending(job),
                lost,
                result,
                allowed,
                allowed.size() == actions.size() ? null : mayNot(job),
                Timeline.of(job, attempts, now),
                job.spec().roles().stream()
                        .map(role -> RolePanel.of(role, latest, pods, now))
                        .toList(),
                events.stream().map(event -> EventLine.of(event, now)).toList(),
                log,
                Links.isSpark(job) ? Links.stays(job, Links.SPARK_UI) : null,
                job.spec().life().interactive() == null || job.state().isFinal()
                        ? null
                        : "/ui/jobs/" + job.id() + "/session");
    }

    private static String mayNot(Job job) {
        return "You may look at this job and not steer it: that takes the duty SUBMITTER for team %s."
                .formatted(job.team());
    }

    public String whyCommand() {
        return "muster why " + job.id();
    }

    public String logsCommand() {
        return "muster logs -f " + job.id();
    }

    public String allCommand() {
        return "muster job " + job.id() + " --output yaml";
    }

    private static List<Fact> facts(Job job, Instant now) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Submitted", "", new Moment(job.submittedAt(), now)));
        facts.add(new Fact("By", job.submittedBy(), null));
        ArrayPlace place = job.spec().place();
        if (place != null) {
            facts.add(new Fact(
                    "Array", "%s, index %d of %d".formatted(place.array(), place.index(), place.size()), null));
        }
        if (job.spec().set() != null) {
            facts.add(new Fact("Job set", job.spec().set().value(), null));
        }
        if (job.spec().notBefore() != null) {
            facts.add(new Fact("Not before", "", new Moment(job.spec().notBefore(), now)));
        }
        if (job.startedAt() != null && job.queuedAt() != null) {
            facts.add(new Fact("Waited", between(job.queuedAt(), job.startedAt()), null));
            facts.add(
                    new Fact("Ran", between(job.startedAt(), job.finishedAt() == null ? now : job.finishedAt()), null));
        }
        if (job.finishedAt() != null) {
            facts.add(new Fact("Ended", "", new Moment(job.finishedAt(), now)));
        }
        if (job.spec().maxRunTime() != null) {
            facts.add(new Fact("Runs at most", Moment.span(job.spec().maxRunTime()), null));
        }
        if (job.spec().retry().retries() > 0) {
            String spent = "%d of %d spent"
                    .formatted(job.userRetriesSpent(), job.spec().retry().retries());
            facts.add(new Fact("Retries", spent, null));
        }
        job.changes().forEach(change -> change.told().forEach(told -> facts.add(new Fact("Changed", told, null))));
        return List.copyOf(facts);
    }

    private static String between(Instant from, Instant until) {
        Duration time = Duration.between(from, until);
        return Moment.span(time.isNegative() ? Duration.ZERO : time);
    }

    private static @Nullable Ending ending(Job job) {
        Outcome outcome = job.outcome();
        if (outcome == null || outcome.result() == Outcome.Result.SUCCEEDED) {
            return null;
        }
        Failure failure = outcome.failure();
        if (failure == null) {
            return new Ending(ReasonLine.words(outcome.result().name()), "");
        }
        String where = (failure.role() == null ? "" : " in role " + failure.role())
                + (failure.exitCode() == null ? "" : ", exit code " + failure.exitCode());
        return new Ending(ReasonLine.words(failure.category().name()) + where, failure.message());
    }
}
