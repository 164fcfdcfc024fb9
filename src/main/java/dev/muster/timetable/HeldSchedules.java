package dev.muster.timetable;

import dev.muster.postgres.TickStore.Held;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schedules that a transaction of the leader holds, and how each stands by what was seen and decided in it so far. */
final class HeldSchedules {
    private final Map<ScheduleName, Held> held;
    private final Map<ScheduleName, Standing> standings = new LinkedHashMap<>();

    HeldSchedules(Map<ScheduleName, Held> held) {
        this.held = held;
        held.forEach((name, one) -> standings.put(name, one.standing()));
    }

    Set<ScheduleName> names() {
        return held.keySet();
    }

    Stream<Schedule> schedules() {
        return held.values().stream().map(Held::schedule);
    }

    /** Null where it is gone. */
    @Nullable
    Schedule find(ScheduleName name) {
        Held one = held.get(name);
        return one == null ? null : one.schedule();
    }

    Schedule schedule(ScheduleName name) {
        return held.get(name).schedule();
    }

    Standing standing(ScheduleName name) {
        return standings.get(name);
    }

    void decided(ScheduleName name, Instant tick, @Nullable Instant next) {
        stand(name, standing -> standing.decided(tick, next));
    }

    void succeeded(Run run) {
        stand(run.schedule(), standing -> standing.succeeded(run.interval().end(), counts(run)));
    }

    /** It failed, or was refused its job. */
    void failed(Run run, Instant now) {
        if (counts(run)) {
            Integer most = schedule(run.schedule()).pauseAfterFailures();
            stand(run.schedule(), standing -> standing.failed(most, now));
        }
    }

    /** Backfills tell nothing of how the schedule does. */
    private static boolean counts(Run run) {
        return run.origin() != Origin.BACKFILL;
    }

    private void stand(ScheduleName name, UnaryOperator<Standing> next) {
        standings.computeIfPresent(name, (same, standing) -> next.apply(standing));
    }

    /** Those that stand otherwise than before. */
    Map<ScheduleName, Standing> changed() {
        Map<ScheduleName, Standing> changed = new LinkedHashMap<>();
        standings.forEach((name, standing) -> {
            if (!standing.equals(held.get(name).standing())) {
                changed.put(name, standing);
            }
        });
        return changed;
    }

    /** Those that have paused themselves. */
    List<Schedule> paused() {
        return schedules()
                .filter(schedule -> held.get(schedule.name()).standing().pause() == null
                        && standing(schedule.name()).pause() != null)
                .toList();
    }

    /** How many have had a tick decided. */
    long ticked() {
        return names().stream()
                .filter(name -> !standing(name)
                        .lastTick()
                        .equals(held.get(name).standing().lastTick()))
                .count();
    }
}
