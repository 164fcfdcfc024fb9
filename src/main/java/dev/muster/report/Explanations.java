package dev.muster.report;

import dev.muster.cycle.Board;
import dev.muster.event.Why;
import dev.muster.job.ArrayPlace;
import dev.muster.job.Dependency;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.ExpectedStart;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a job is where it is: from the last plan where this replica planned, else from what is kept beside the job. */
@ApplicationScoped
public class Explanations {
    private final Board board;
    private final Expectations expectations;
    private final InstantSource clock;

    Explanations(Board board, Expectations expectations, InstantSource clock) {
        this.board = board;
        this.expectations = expectations;
        this.clock = clock;
    }

    /**
     * The reasons, the primary one first; how many jobs of its queue go before it, null where it does not wait or another replica
     * plans; the time of the plan that said so; and when it is expected to start.
     */
    public record Explained(
            List<Why> reasons,
            @Nullable Integer ahead,
            @Nullable Instant plannedAt,
            Expectations.@Nullable Expected expected) {
        Explained(List<Why> reasons, @Nullable Integer ahead, @Nullable Instant plannedAt) {
            this(reasons, ahead, plannedAt, null);
        }
    }

    public Explained of(Job job) {
        if (job.state() != JobState.QUEUED) {
            return new Explained(List.of(settled(job)), null, null);
        }
        Explained waiting = waiting(job);
        return new Explained(
                waiting.reasons(),
                waiting.ahead(),
                waiting.plannedAt(),
                expected(job, expectations.of(job.id())).orElse(null));
    }

    /** When these jobs are expected to start, those that wait; what takes long to find out is left out. */
    public Map<JobId, Expectations.Expected> outlook(List<Job> several) {
        Map<JobId, Expectations.Expected> outlook = new HashMap<>();
        List<Job> waiting =
                several.stream().filter(job -> job.state() == JobState.QUEUED).toList();
        if (!waiting.isEmpty()) {
            Expectations.Glance glance = expectations.glance();
            waiting.forEach(
                    job -> expected(job, glance.at(job.id())).ifPresent(expected -> outlook.put(job.id(), expected)));
        }
        return outlook;
    }

    /** The planner does not look at a job before its {@code notBefore}, or in the pause before another attempt. */
    private Optional<Expectations.Expected> expected(Job job, Optional<Expectations.Expected> planned) {
        Instant from = job.queuedAt();
        Instant now = clock.instant();
        return from != null && from.isAfter(now)
                ? Optional.of(new Expectations.Expected(
                        new ExpectedStart.Between(
                                from,
                                null,
                                List.of(
                                        from.equals(job.spec().notBefore())
                                                ? "it takes part in turns from notBefore on"
                                                : "it takes part in turns from the end of its pause on")),
                        null,
                        now))
                : planned;
    }

    private Explained waiting(Job job) {
        Optional<Board.View> view = board.view();
        List<Why> planned = board.reasons(job.id()).stream().map(Why::of).toList();
        if (view.isPresent() && !planned.isEmpty()) {
            var ahead = view.get().ahead(job.id());
            return new Explained(
                    planned,
                    ahead.isPresent() ? ahead.getAsInt() : null,
                    view.get().snapshot().now());
        }
        List<Why> kept = job.reasons().stream().map(Why::of).toList();
        return kept.isEmpty()
                ? new Explained(
                        List.of(new Why(
                                "NOT_PLANNED_YET", "The next plan will look at it", "Ask again in a moment", Map.of())),
                        null,
                        null)
                : new Explained(kept, null, job.reasonsAt());
    }

    /** Of a job that does not wait. */
    private static Why settled(Job job) {
        Outcome outcome = job.outcome();
        Failure failure = outcome == null ? null : outcome.failure();
        if (failure != null) {
            return new Why(failure.category().name(), failure.message(), null, Map.of());
        }
        return switch (job.state()) {
            case BLOCKED -> blocked(job);
            case QUEUED -> Why.of("NOT_PLANNED_YET", "The next plan will look at it");
            case LAUNCHING -> Why.of("FITS", "Its gang was launched and is starting");
            case RUNNING -> Why.of("FITS", "Its gang runs");
            case SUSPENDING -> Why.of("SUSPEND", "Somebody suspended it; its pods are going");
            case SUSPENDED -> new Why("SUSPEND", "Somebody suspended it", "Resume it", Map.of());
            case CANCELLING -> Why.of("CANCEL", "Somebody cancelled it; its pods are going");
            case SUCCEEDED -> Why.of("SUCCEEDED", "It is done");
            case FAILED -> Why.of("FAILED", "It failed");
            case CANCELLED -> Why.of("CANCEL", "Somebody cancelled it");
            case EXPIRED -> Why.of("EXPIRED", "It waited longer than its queueTimeout");
        };
    }

    private static Why blocked(Job job) {
        List<Dependency> needs = job.spec().dependencies();
        ArrayPlace place = job.spec().place();
        if (needs.isEmpty() && place != null) {
            return new Why(
                    "DEPENDENCY",
                    "It waits for its turn: array %s runs at most %d at once"
                            .formatted(place.array(), place.parallelism()),
                    "muster arrays show %s".formatted(place.array()),
                    Map.of());
        }
        String first = needs.isEmpty()
                ? "jobs that it depends on"
                : "job %s to be %s".formatted(needs.get(0).job(), needs.get(0).on());
        return new Why(
                "DEPENDENCY",
                "It waits for " + first + (needs.size() > 1 ? " and for %d more".formatted(needs.size() - 1) : ""),
                needs.isEmpty() ? null : "muster why %s".formatted(needs.get(0).job()),
                Map.of());
    }
}
