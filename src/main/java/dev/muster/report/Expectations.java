package dev.muster.report;

import dev.muster.cycle.Board;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.ExpectedStart;
import dev.muster.quota.plan.ExpectedStarts;
import dev.muster.quota.plan.JobPlace;
import dev.muster.quota.plan.JobPlaces;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
    /** Who asks in passing waits no longer than this. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Board board;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "expected-starts");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Kept kept;
    private @Nullable CompletableFuture<Kept> underWay;

    Expectations(Board board) {
        this.board = board;
    }

    @PreDestroy
    void close() {
        worker.shutdownNow();
    }

    private record Kept(Board.View view, ExpectedStarts starts, JobPlaces places, long until) {
        private Expected of(JobId job) {
            return new Expected(
                    starts.of(job), places.of(job).orElse(null), view.snapshot().now());
        }

        private boolean isOld(Board.View newest) {
            return view != newest && System.nanoTime() - until > 0;
        }

        /** It came after that plan. */
        private boolean lacks(JobId job, Board.View newest) {
            return view.decision(job).isEmpty() && newest.decision(job).isPresent();
        }
    }

    /** Both as of {@code at}; null where nothing is known of the job. */
    public record Expected(
            @Nullable ExpectedStart start, @Nullable JobPlace place, Instant at) {}

    /** Of many jobs at once. */
    public interface Glance {
        /** Empty where nobody knows: it came a moment ago, or it does not wait. */
        Optional<Expected> at(JobId job);
    }

    /** Empty where another replica plans. */
    public Optional<Expected> of(JobId job) {
        Optional<Board.View> view = view();
        if (view.isEmpty()) {
            return Optional.empty();
        }
        Kept known = known();
        if (known == null || known.isOld(view.get())) {
            known = workOut(view.get()).join();
        }
        if (known.lacks(job, view.get())) {
            known = workOut(view.get()).join();
        }
        return Optional.of(known.of(job));
    }

    /** What is known, or is worked out in a moment; nothing where another replica plans or where it takes longer. */
    public Glance glance() {
        Optional<Board.View> view = view();
        if (view.isEmpty()) {
            return job -> Optional.empty();
        }
        Kept known = known();
        if (known == null || known.isOld(view.get())) {
            known = workOut(view.get())
                    .copy()
                    .completeOnTimeout(known, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
        Kept seen = known;
        return job -> Optional.ofNullable(seen).map(there -> there.of(job)).filter(told -> told.start() != null);
    }

    private Optional<Board.View> view() {
        Optional<Board.View> view = board.view();
        if (view.isEmpty()) {
            forget();
        }
        return view;
    }

    private synchronized void forget() {
        kept = null;
    }

    private synchronized @Nullable Kept known() {
        return kept;
    }

    /** One at a time: who asks meanwhile gets the same. */
    private synchronized CompletableFuture<Kept> workOut(Board.View view) {
        if (underWay == null || underWay.isDone()) {
            underWay = CompletableFuture.supplyAsync(() -> keep(view), worker);
        }
        return underWay;
    }

    private Kept keep(Board.View view) {
        long began = System.nanoTime();
        ExpectedStarts starts = ExpectedStarts.of(view.snapshot(), view.plan(), ExpectedStarts.Bounds.DEFAULT);
        JobPlaces places = JobPlaces.in(view.snapshot());
        long took = System.nanoTime() - began;
        Kept now = new Kept(view, starts, places, System.nanoTime() + Math.max(KEPT.toNanos(), TIMES * took));
        synchronized (this) {
            kept = now;
        }
        return now;
    }
}
