package dev.muster.simulation.site;

import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.measure.Meter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Jobs that wait, their attempts that live, and what becomes of both. */
final class Jobs {
    private final Layout layout;
    private final Calendar calendar;
    private final Meter meter;
    private final SiteWatcher watcher;
    private final Seats seats;
    private final Progress progress;
    private final Map<Object, Integer> kinds = new HashMap<>();
    private final LinkedHashSet<SiteJob> waiting = new LinkedHashSet<>();
    private final LinkedHashSet<Attempt> live = new LinkedHashSet<>();
    private int over;
    private int failed;

    Jobs(Layout layout, long seed, Calendar calendar, Meter meter, SiteWatcher watcher, Seats seats) {
        this.layout = layout;
        this.calendar = calendar;
        this.meter = meter;
        this.watcher = watcher;
        this.seats = seats;
        this.progress = new Progress(layout.spec(), seed, calendar, watcher, seats, this::end);
    }

    SiteJob arrive(LoadJob load) {
        List<LoadRole> roles = load.roles();
        long[][] asks = roles.stream().map(role -> layout.dense(role.pod())).toArray(long[][]::new);
        boolean[][] allowed = roles.stream().map(layout::allowed).toArray(boolean[][]::new);
        SiteJob job = new SiteJob(load, asks, allowed, kinds.computeIfAbsent(roles, kind -> kinds.size()));
        waits(job);
        watcher.arrived(job);
        watcher.changed();
        return job;
    }

    private void waits(SiteJob job) {
        waiting.add(job);
        meter.advance(calendar.now());
        meter.lacking(1);
    }

    /** What was counted of the job that waited is counted of its attempt. */
    Attempt launch(SiteJob job) {
        if (!waiting.remove(job)) {
            throw new IllegalStateException("Job %s does not wait".formatted(job.load.id()));
        }
        job.state = SiteJob.State.LIVE;
        Attempt attempt = new Attempt(job, ++job.attempts, calendar.now());
        live.add(attempt);
        watcher.launched(attempt);
        return attempt;
    }

    void bind(Attempt attempt, int role, SiteNode node, int count) {
        seats.bind(attempt, role, node, count);
        if (attempt.held < 0) {
            attempt.held = calendar.now();
            patience(attempt);
        }
        if (attempt.lacks && attempt.isWhole()) {
            seats.lack(attempt, false);
        }
        progress.bound(attempt, role, count);
    }

    private void patience(Attempt attempt) {
        long patience = attempt.job.load.patience();
        if (patience > 0) {
            calendar.at(calendar.now() + patience, () -> {
                if (!attempt.ended && !attempt.started && !attempt.isWhole()) {
                    attempt.job.failures++;
                    end(attempt, AttemptEnd.LATE);
                    watcher.changed();
                }
            });
        }
    }

    /** Takes all pods off a node that goes; whose they were, to be told with {@link #lostPods} once it is gone. */
    List<Attempt> leave(SiteNode node) {
        List<Attempt> hit = new ArrayList<>();
        for (Seat seat : List.copyOf(node.seats)) {
            seats.unbind(seat, seat.count);
            if (!hit.contains(seat.attempt)) {
                hit.add(seat.attempt);
            }
        }
        return hit;
    }

    /** What is left of an attempt that lost pods goes on where it can, else it is over. */
    void lostPods(Attempt attempt) {
        if (attempt.ended) {
            return;
        }
        if (attempt.started && isEnough(attempt)) {
            progress.goOn(attempt);
            watcher.changed(attempt);
        } else if (!attempt.started && !attempt.isWhole()) {
            // Its pods are made again and wait.
            attempt.startToken++;
            seats.lack(attempt, true);
            if (attempt.seats.isEmpty()) {
                attempt.held = -1;
            }
            watcher.partial(attempt);
        } else {
            attempt.job.losses++;
            end(attempt, AttemptEnd.LOST);
        }
    }

    void shrink(Attempt attempt, SiteNode node, int count) {
        int workers = attempt.bound.length - 1;
        int left = Math.min(
                count, attempt.bound[workers] - attempt.job.load.workers().gang());
        for (Seat seat : List.copyOf(attempt.seats)) {
            if (left > 0 && seat.node == node && seat.role == workers) {
                int some = Math.min(left, seat.count);
                progress.settle(attempt);
                seats.unbind(seat, some);
                left -= some;
            }
        }
        if (attempt.started) {
            progress.goOn(attempt);
        }
        watcher.changed(attempt);
        watcher.changed();
    }

    private static boolean isEnough(Attempt attempt) {
        int workers = attempt.bound.length - 1;
        for (int r = 0; r < workers; r++) {
            if (attempt.bound[r] < attempt.job.roles().get(r).gang()) {
                return false;
            }
        }
        return attempt.bound[workers] >= least(attempt);
    }

    /** Fewer workers than this do not go on. */
    private static int least(Attempt attempt) {
        LoadRole workers = attempt.job.load.workers();
        int width = attempt.job.load.stages().get(attempt.stage).width();
        return Math.min(workers.gang(), workers.most() > workers.gang() ? Math.min(1, width) : workers.gang());
    }

    void end(Attempt attempt, AttemptEnd why) {
        if (attempt.ended) {
            throw new IllegalStateException(
                    "Attempt %d of %s has ended".formatted(attempt.number, attempt.job.load.id()));
        }
        if (attempt.started) {
            progress.settle(attempt);
        }
        for (Seat seat : List.copyOf(attempt.seats)) {
            seats.unbind(seat, seat.count);
        }
        seats.work(attempt, 0);
        seats.lack(attempt, false);
        attempt.ended = true;
        seats.touched().add(attempt);
        live.remove(attempt);
        if (why == AttemptEnd.DONE) {
            close(attempt.job, SiteJob.State.DONE);
        } else {
            begunAgain(attempt, why);
        }
        watcher.ended(attempt, why);
    }

    private void begunAgain(Attempt attempt, AttemptEnd why) {
        SiteJob job = attempt.job;
        double kept = job.load.saves() > 0 ? kept(attempt) : job.saved;
        meter.lost(Math.max(0, attempt.done - kept) / 3600);
        job.saved = Math.max(job.saved, kept);
        if (why == AttemptEnd.EVICTED) {
            meter.evicted();
        }
        if (job.failures > job.load.retries()) {
            close(job, SiteJob.State.FAILED);
        } else {
            job.state = SiteJob.State.WAITING;
            job.waitsSince = calendar.now();
            waits(job);
        }
    }

    /** What was saved last; saving goes by the work of the whole gang. */
    private static double kept(Attempt attempt) {
        double each = attempt.job.load.saves()
                / 1000.0
                * Math.max(1, attempt.job.load.workers().gang());
        return Math.floor(attempt.done / each) * each;
    }

    private void close(SiteJob job, SiteJob.State state) {
        job.state = state;
        job.ended = calendar.now();
        over++;
        failed += state == SiteJob.State.FAILED ? 1 : 0;
    }

    Touched touched() {
        return seats.touched();
    }

    Collection<SiteJob> waiting() {
        return Collections.unmodifiableCollection(waiting);
    }

    Collection<Attempt> live() {
        return Collections.unmodifiableCollection(live);
    }

    int over() {
        return over;
    }

    int failed() {
        return failed;
    }
}
