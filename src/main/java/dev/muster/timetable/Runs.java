package dev.muster.timetable;

import dev.muster.cycle.FaultInjection;
import dev.muster.cycle.FaultPoint;
import dev.muster.event.Why;
import dev.muster.job.JobRequest;
import dev.muster.postgres.BackfillStore;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.postgres.Leadership;
import dev.muster.postgres.RunStore;
import dev.muster.postgres.ScheduleStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import dev.muster.quota.name.JobId;
import dev.muster.schedule.Backfill;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunJob;
import dev.muster.schedule.RunState;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import dev.muster.schedule.Ticks;
import dev.muster.schedule.Turn;
import dev.muster.steering.Steering;
import dev.muster.submission.Candidate;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of runs. Each is the leader's alone, holds the schedule's row, and does in one commit what belongs together: a
 * tick and its runs, a run and its job. Whatever it is cut off from is found again by the next look, and nothing is done twice.
 */
@ApplicationScoped
public class Runs {
    private final ScheduleStore schedules;
    private final RunStore runs;
    private final BackfillStore backfills;
    private final Leadership leadership;
    private final Submissions submissions;
    private final Steering steering;
    private final FaultInjection deaths;

    Runs(
            ScheduleStore schedules,
            RunStore runs,
            BackfillStore backfills,
            Leadership leadership,
            Submissions submissions,
            Steering steering,
            FaultInjection deaths) {
        this.schedules = schedules;
        this.runs = runs;
        this.backfills = backfills;
        this.leadership = leadership;
        this.submissions = submissions;
        this.steering = steering;
        this.deaths = deaths;
    }

    /** Sees how runs ended, decides the ticks that are due at {@code now}, and says which runs may start. */
    @Transactional
    public List<Run> decide(long epoch, ScheduleName name, Instant now) {
        leadership.requireEpoch(epoch);
        Optional<Standing> held = schedules.hold(name);
        if (held.isEmpty()) {
            return List.of();
        }
        Schedule schedule = schedules.find(name).map(Versioned::value).orElseThrow();
        Standing standing = settled(schedule, held.get(), now);
        if (standing.pause() == null) {
            Ticks.Due due = new Ticks(schedule)
                    .due(standing.lastTick(), now, runs.covered(name).orElse(null));
            runs.insert(due.runs());
            standing = standing.decided(due.last(), due.next());
        }
        if (!standing.equals(held.get())) {
            schedules.stand(name, standing);
        }
        if (!standing.lastTick().equals(held.get().lastTick())) {
            deaths.passes(FaultPoint.TICK_DECIDED_UNCOMMITTED);
        }
        List<Run> open = runs.open(name);
        List<Backfill> running =
                open.stream().anyMatch(run -> run.origin() == Origin.BACKFILL) ? backfills.of(name) : List.of();
        Turn turn = Turn.of(schedule, standing.pause() != null, open, running, now);
        turn.leftOut().forEach(run -> runs.end(run, RunState.SKIPPED, now, run.why()));
        turn.cancel()
                .forEach(run -> steering.cancelBecause(
                        schedule.actor(),
                        Objects.requireNonNull(run.job()),
                        Why.of("REPLACED", "The next run of its schedule takes its place")));
        return turn.start();
    }

    /** Accepts the job of a run that waits. False where it waits no more. */
    @Transactional
    public boolean start(long epoch, Run run, Instant now) {
        leadership.requireEpoch(epoch);
        Optional<Standing> held = schedules.hold(run.schedule());
        if (held.isEmpty() || runs.find(run.id()).map(Run::state).orElse(null) != RunState.WAITING) {
            return false;
        }
        Schedule schedule = schedules.find(run.schedule()).map(Versioned::value).orElseThrow();
        JobRequest job = RunJob.of(schedule, run, held.get().watermark());
        Submission submission = new Submission(schedule.actor(), schedule.team(), false, null);
        Candidate candidate = new Candidate(Place.root(new Faults()), job);
        Answer accepted = submissions.submit(
                submission,
                List.of(candidate),
                made -> new Answer(201, made.get(0).id().value(), null));
        boolean started = runs.start(run, new JobId(Objects.requireNonNull(accepted.location())), now);
        deaths.passes(FaultPoint.TICK_ACCEPTED_UNCOMMITTED);
        return started;
    }

    /** The job of a run was not accepted: it ends so, and counts as one that failed. */
    @Transactional
    public void refuse(long epoch, Run run, String why, Instant now) {
        leadership.requireEpoch(epoch);
        Optional<Standing> held = schedules.hold(run.schedule());
        if (held.isPresent() && runs.end(run, RunState.REFUSED, now, why) && run.origin() != Origin.BACKFILL) {
            Schedule schedule =
                    schedules.find(run.schedule()).map(Versioned::value).orElseThrow();
            schedules.stand(run.schedule(), failed(schedule, held.get(), now));
        }
    }

    private Standing settled(Schedule schedule, Standing before, Instant now) {
        Standing standing = before;
        for (RunStore.Ended ended : runs.ended(schedule.name())) {
            RunState state = state(ended);
            Instant at = ended.at() == null ? now : ended.at();
            runs.end(ended.run(), state, at, why(ended));
            boolean counts = ended.run().origin() != Origin.BACKFILL;
            if (state == RunState.SUCCEEDED) {
                standing = standing.succeeded(ended.run().interval().end(), counts);
            } else if (state == RunState.FAILED && counts) {
                standing = failed(schedule, standing, now);
            }
        }
        return standing;
    }

    private Standing failed(Schedule schedule, Standing before, Instant now) {
        Standing after = before.failed(schedule.pauseAfterFailures(), now);
        Standing.Pause pause = after.pause();
        if (pause != null && before.pause() == null) {
            schedules.recordPause(schedule, true, pause.actor(), pause.why(), now);
        }
        return after;
    }

    private static RunState state(RunStore.Ended ended) {
        if (ended.how() == null) {
            return RunState.CANCELLED;
        }
        return switch (ended.how()) {
            case SUCCEEDED -> RunState.SUCCEEDED;
            case FAILED, EXPIRED -> RunState.FAILED;
            case CANCELLED, BLOCKED, QUEUED, LAUNCHING, RUNNING, SUSPENDING, SUSPENDED, CANCELLING ->
                RunState.CANCELLED;
        };
    }

    private static @Nullable String why(RunStore.Ended ended) {
        if (ended.how() == null) {
            return "its job is gone, and nothing tells how it ended";
        }
        return switch (ended.how()) {
            case EXPIRED -> "its job waited longer than its queue timeout";
            case FAILED -> ended.message();
            case SUCCEEDED, CANCELLED, BLOCKED, QUEUED, LAUNCHING, RUNNING, SUSPENDING, SUSPENDED, CANCELLING -> null;
        };
    }
}
