package dev.muster.simulation.site;

import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.event.Chance;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.load.Stage;
import java.util.List;
import java.util.function.BiConsumer;

/** How far the work of attempts is: it starts when the gang is there, goes stage by stage, and ends. */
final class Progress {
    private static final long IDLE = 60_000;

    private final SiteSpec spec;
    private final Calendar calendar;
    private final SiteWatcher watcher;
    private final Seats seats;
    private final Chance starts;
    private final Chance idlers;
    private final BiConsumer<Attempt, AttemptEnd> end;

    Progress(
            SiteSpec spec,
            long seed,
            Calendar calendar,
            SiteWatcher watcher,
            Seats seats,
            BiConsumer<Attempt, AttemptEnd> end) {
        this.spec = spec;
        this.calendar = calendar;
        this.watcher = watcher;
        this.seats = seats;
        this.end = end;
        this.starts = Chance.of(seed, "starts");
        this.idlers = Chance.of(seed, "idlers");
    }

    /** Pods of a role were bound: they run a little later. */
    void bound(Attempt attempt, int role, int count) {
        if (attempt.started) {
            if (role == attempt.bound.length - 1) {
                calendar.at(calendar.now() + spec.podStart().draw(starts), () -> join(attempt, count));
            }
        } else if (attempt.isWhole()) {
            int token = ++attempt.startToken;
            calendar.at(calendar.now() + spec.podStart().draw(starts), () -> start(attempt, token));
        }
    }

    private void start(Attempt attempt, int token) {
        if (attempt.ended || attempt.startToken != token || !attempt.isWhole()) {
            return;
        }
        attempt.started = true;
        if (attempt.job.firstStart < 0) {
            attempt.job.firstStart = calendar.now();
        }
        attempt.settled = calendar.now();
        attempt.done = attempt.job.saved;
        double skip = attempt.job.saved;
        List<Stage> stages = attempt.job.load.stages();
        while (attempt.stage < stages.size() - 1
                && skip >= stages.get(attempt.stage).podSeconds()) {
            skip -= stages.get(attempt.stage++).podSeconds();
        }
        attempt.left = Math.max(0, stages.get(attempt.stage).podSeconds() - skip);
        seats.work(attempt, attempt.bound[attempt.bound.length - 1]);
        want(attempt);
        plan(attempt);
        watcher.started(attempt);
        watcher.changed();
    }

    private void join(Attempt attempt, int count) {
        if (!attempt.ended && attempt.started) {
            int bound = attempt.bound[attempt.bound.length - 1];
            if (attempt.working < bound) {
                settle(attempt);
                attempt.working = Math.min(bound, attempt.working + count);
                plan(attempt);
            }
        }
    }

    /** It goes on with the pods that it still has. */
    void goOn(Attempt attempt) {
        settle(attempt);
        attempt.working = Math.min(attempt.working, attempt.bound[attempt.bound.length - 1]);
        plan(attempt);
    }

    /** How many workers the stage can use. */
    private void want(Attempt attempt) {
        LoadRole workers = attempt.job.load.workers();
        int width = attempt.job.load.stages().get(attempt.stage).width();
        int role = attempt.wanted.length - 1;
        if (workers.most() > workers.gang()) {
            attempt.wanted[role] = Math.min(workers.most(), width);
            if (attempt.bound[role] > attempt.wanted[role]) {
                int stage = attempt.stage;
                calendar.at(calendar.now() + IDLE, () -> letGo(attempt, stage));
            }
        }
    }

    /** Workers without work end, whichever they are. */
    private void letGo(Attempt attempt, int stage) {
        if (attempt.ended || attempt.stage != stage) {
            return;
        }
        int role = attempt.wanted.length - 1;
        settle(attempt);
        while (attempt.bound[role] > attempt.wanted[role]) {
            int which = idlers.below(attempt.bound[role]);
            for (Seat seat : List.copyOf(attempt.seats)) {
                if (seat.role == role) {
                    if (which < seat.count) {
                        seats.unbind(seat, 1);
                        break;
                    }
                    which -= seat.count;
                }
            }
        }
        attempt.working = Math.min(attempt.working, attempt.bound[role]);
        plan(attempt);
        watcher.changed(attempt);
        watcher.changed();
    }

    /** Counts what was done until now. */
    void settle(Attempt attempt) {
        double did = rate(attempt) * (calendar.now() - attempt.settled) / 1000.0;
        attempt.left = Math.max(0, attempt.left - did);
        attempt.done += did;
        attempt.settled = calendar.now();
    }

    private static int rate(Attempt attempt) {
        return Math.min(
                attempt.working, attempt.job.load.stages().get(attempt.stage).width());
    }

    /** Notes when the stage ends as things are. */
    private void plan(Attempt attempt) {
        int token = ++attempt.token;
        int rate = rate(attempt);
        if (rate == 0) {
            return;
        }
        double fails = attempt.job.load.failsAt();
        double stopsIn = attempt.left;
        boolean fault =
                fails > 0 && attempt.job.failures == 0 && attempt.done + stopsIn > fails * attempt.job.load.work();
        if (fault) {
            stopsIn = Math.max(0, fails * attempt.job.load.work() - attempt.done);
        }
        calendar.at(calendar.now() + (long) Math.ceil(stopsIn * 1000 / rate), () -> {
            if (attempt.ended || attempt.token != token) {
                return;
            }
            settle(attempt);
            if (fault) {
                attempt.job.failures++;
                end.accept(attempt, AttemptEnd.FAILED);
            } else {
                next(attempt);
            }
            watcher.changed();
        });
    }

    private void next(Attempt attempt) {
        if (attempt.stage == attempt.job.load.stages().size() - 1) {
            end.accept(attempt, AttemptEnd.DONE);
            return;
        }
        attempt.stage++;
        attempt.left = attempt.job.load.stages().get(attempt.stage).podSeconds();
        want(attempt);
        plan(attempt);
        watcher.changed(attempt);
    }
}
