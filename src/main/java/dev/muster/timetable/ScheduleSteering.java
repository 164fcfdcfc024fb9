package dev.muster.timetable;

import dev.muster.postgres.RunStore;
import dev.muster.postgres.ScheduleStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.schedule.Concurrency;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import dev.muster.schedule.Ticks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/**
 * What people do with a schedule. A call that asks for what is so already changes nothing.
 *
 * <p>Every method throws {@link MusterException}: NOT_FOUND, INVALID_STATE with what is possible.
 */
@ApplicationScoped
public class ScheduleSteering {
    static final String KIND = "schedule";

    private final ScheduleStore schedules;
    private final RunStore runs;
    private final TickClock clock;

    ScheduleSteering(ScheduleStore schedules, RunStore runs, TickClock clock) {
        this.schedules = schedules;
        this.runs = runs;
        this.clock = clock;
    }

    /** Makes no runs of its ticks until it is resumed. */
    @Transactional
    public void pause(ScheduleName name, String actor, String why) {
        Standing standing = hold(name);
        if (standing.pause() == null) {
            Instant now = clock.now();
            schedules.stand(name, standing.paused(new Standing.Pause(actor, why, now)));
            schedules.recordPause(schedule(name), true, actor, why, now);
        }
    }

    /** Goes on; ticks of the pause count as missed, and what becomes of them is the schedule's own rule. */
    @Transactional
    public void resume(ScheduleName name, String actor) {
        Standing standing = hold(name);
        if (standing.pause() != null) {
            Schedule schedule = schedule(name);
            schedules.stand(name, standing.resumed());
            schedules.recordPause(schedule, false, actor, "%s resumed it".formatted(actor), clock.now());
        }
    }

    /** Runs the newest interval that is over, again if need be, as soon as the leader looks. */
    @Transactional
    public Run run(ScheduleName name) {
        hold(name);
        Schedule schedule = schedule(name);
        Instant now = clock.now();
        Instant tick = schedule.times()
                .previous(now.plusNanos(1))
                .orElseThrow(() -> MusterException.invalidState(
                        KIND, name.value(), "without a tick in the past", "run", List.of("wait for its first tick")));
        List<Run> open = runs.open(name).stream()
                .filter(run -> run.origin() != Origin.BACKFILL)
                .toList();
        if (schedule.concurrency() == Concurrency.FORBID && !open.isEmpty()) {
            throw MusterException.invalidState(
                    KIND,
                    name.value(),
                    "running, and its concurrency is FORBID",
                    "run",
                    List.of("wait until %s has ended, or cancel it"
                            .formatted(open.get(0).job())));
        }
        int number = schedules.nextByHand(name);
        Run run = Run.of(name, tick, Origin.HAND, number, new Ticks(schedule).interval(tick), now);
        runs.insert(List.of(run));
        return run;
    }

    private Standing hold(ScheduleName name) {
        return schedules.hold(name).orElseThrow(() -> MusterException.notFound(KIND, name.value()));
    }

    private Schedule schedule(ScheduleName name) {
        return schedules.find(name).map(Versioned::value).orElseThrow();
    }
}
