package dev.muster.report;

import dev.muster.cycle.Board;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.ExpectedStart;
import dev.muster.quota.plan.ExpectedStarts;
import dev.muster.quota.plan.JobPlace;
import dev.muster.quota.plan.JobPlaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When waiting jobs are expected to start and what makes up their place: worked out from the last plan when somebody asks, and
 * kept for a while, since the planner itself is asked many times over. Safe for any thread.
 */
@ApplicationScoped
public class Expectations {
    private static final Duration KEPT = Duration.ofSeconds(5);
    /** What is dear to work out is kept so many times as long as that took. */
    private static final int TIMES = 20;

    private final Board board;
    private @Nullable Kept kept;

    Expectations(Board board) {
        this.board = board;
    }

    private record Kept(Board.View view, ExpectedStarts starts, JobPlaces places, long until) {}

    /** Both as of {@code at}; null where nothing is known of the job. */
    public record Expected(
            @Nullable ExpectedStart start, @Nullable JobPlace place, Instant at) {}

    /** Empty where another replica plans. */
    public synchronized Optional<Expected> of(JobId job) {
        Optional<Board.View> view = board.view();
        if (view.isEmpty()) {
            kept = null;
            return Optional.empty();
        }
        Kept now = kept;
        if (now == null || (now.view() != view.get() && System.nanoTime() - now.until() > 0) || isNew(job, now)) {
            now = workedOut(view.get());
            kept = now;
        }
        return Optional.of(new Expected(
                now.starts().of(job),
                now.places().of(job).orElse(null),
                now.view().snapshot().now()));
    }

    /** It came after that plan. */
    private boolean isNew(JobId job, Kept known) {
        return known.view().decision(job).isEmpty()
                && board.view().flatMap(view -> view.decision(job)).isPresent();
    }

    private static Kept workedOut(Board.View view) {
        long began = System.nanoTime();
        ExpectedStarts starts = ExpectedStarts.of(view.snapshot(), view.plan(), ExpectedStarts.Bounds.DEFAULT);
        JobPlaces places = JobPlaces.in(view.snapshot());
        long took = System.nanoTime() - began;
        return new Kept(view, starts, places, System.nanoTime() + Math.max(KEPT.toNanos(), TIMES * took));
    }
}
