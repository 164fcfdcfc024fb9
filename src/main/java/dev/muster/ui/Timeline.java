package dev.muster.ui;

import dev.muster.job.Attempt;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job's life as lanes of one scale: every attempt with the wait before it, and the wait that is going on. */
public record Timeline(List<Lane> lanes, List<Tick> ticks, int notDrawn) {
    /** Most lanes; the oldest attempts give way. */
    static final int MOST_LANES = 12;

    private static final List<Duration> STEPS = List.of(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(7),
            Duration.ofDays(30));

    /** One attempt, or the present wait ({@code number} 0). */
    public record Lane(
            int number,
            List<Segment> segments,
            String outcome,
            @Nullable StateMark mark) {}

    /** A stretch of time in one state; {@code left} and {@code width} are percent of the scale. */
    public record Segment(String css, double left, double width, String title) {}

    /** A mark of the scale: so long after the submission. */
    public record Tick(double left, String text) {}

    static Timeline of(Job job, List<Attempt> attempts, Instant now) {
        Instant from = job.submittedAt();
        Instant until = job.finishedAt() == null ? now : job.finishedAt();
        for (Attempt attempt : attempts) {
            until = attempt.endedAt() != null && attempt.endedAt().isAfter(until) ? attempt.endedAt() : until;
        }
        Scale scale = new Scale(from, until.isAfter(from) ? until : from.plusMillis(1));
        List<Lane> lanes = new ArrayList<>();
        Instant waitsSince = from;
        for (Attempt attempt : attempts) {
            lanes.add(lane(attempt, waitsSince, scale, now));
            waitsSince = attempt.endedAt() == null ? now : attempt.endedAt();
        }
        boolean live = !attempts.isEmpty() && attempts.get(attempts.size() - 1).endedAt() == null;
        if (!live && (job.finishedAt() == null || attempts.isEmpty())) {
            StateMark mark = new StateMark(job.state());
            Instant end = job.finishedAt() == null ? now : job.finishedAt();
            String css = mark.ended() ? "queued" : mark.css();
            lanes.add(new Lane(
                    0, List.of(scale.segment(css, mark.ended() ? "Waited" : mark.word(), waitsSince, end)), "", mark));
        }
        int notDrawn = Math.max(0, lanes.size() - MOST_LANES);
        return new Timeline(List.copyOf(lanes.subList(notDrawn, lanes.size())), scale.ticks(), notDrawn);
    }

    private static Lane lane(Attempt attempt, Instant waitsSince, Scale scale, Instant now) {
        List<Segment> segments = new ArrayList<>();
        Instant created = attempt.createdAt();
        Instant started = attempt.startedAt();
        Instant end = attempt.endedAt() == null ? now : attempt.endedAt();
        if (created.isAfter(waitsSince)) {
            segments.add(scale.segment("queued", "Queued", waitsSince, created));
        }
        segments.add(scale.segment("launching", "Launching", created, started == null ? end : started));
        Outcome outcome = attempt.outcome();
        boolean failed = outcome != null && outcome.result() == Outcome.Result.FAILED;
        if (started != null) {
            segments.add(scale.segment(
                    failed ? "failed" : "running", failed ? "Ran, then failed" : "Running", started, end));
        }
        return new Lane(attempt.id().number(), List.copyOf(segments), outcome(attempt, started, end), null);
    }

    private static String outcome(Attempt attempt, @Nullable Instant started, Instant end) {
        String time = started == null ? "" : Moment.span(Duration.between(started, end));
        Outcome outcome = attempt.outcome();
        if (outcome == null) {
            return ReasonLine.words(attempt.state().name()) + (started == null ? "" : " for " + time);
        }
        Failure failure = outcome.failure();
        return ReasonLine.words(outcome.result().name())
                + (started == null ? "" : " after " + time)
                + (failure == null
                        ? ""
                        : " · " + ReasonLine.words(failure.category().name()))
                + (failure == null || failure.exitCode() == null ? "" : " · exit " + failure.exitCode());
    }

    /** Time to percent. */
    private record Scale(Instant from, Instant until) {
        Segment segment(String css, String word, Instant start, Instant end) {
            double left = percent(start);
            double width = Math.max(0, percent(end) - left);
            return new Segment(
                    css,
                    left,
                    width,
                    word + " for " + Moment.span(Duration.between(start, end.isBefore(start) ? start : end)));
        }

        double percent(Instant at) {
            double part = (double) Duration.between(from, at).toMillis()
                    / Duration.between(from, until).toMillis();
            return Math.round(Math.max(0, Math.min(1, part)) * 10_000) / 100.0;
        }

        List<Tick> ticks() {
            Duration whole = Duration.between(from, until);
            Duration step = STEPS.stream()
                    .filter(s -> whole.dividedBy(s) <= 6)
                    .findFirst()
                    .orElse(whole.dividedBy(5));
            List<Tick> ticks = new ArrayList<>();
            for (Duration at = Duration.ZERO; at.compareTo(whole) <= 0 && ticks.size() < 8; at = at.plus(step)) {
                double left = percent(from.plus(at));
                if (left <= 94) {
                    ticks.add(new Tick(left, at.isZero() ? "0" : Moment.span(at)));
                }
            }
            return List.copyOf(ticks);
        }
    }
}
