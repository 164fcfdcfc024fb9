package dev.muster.timetable;

import dev.muster.cycle.FaultInjection;
import dev.muster.cycle.FaultPoint;
import dev.muster.event.Why;
import dev.muster.job.JobRequest;
import dev.muster.postgres.BackfillStore;
import dev.muster.postgres.Leadership;
import dev.muster.postgres.RunStore;
import dev.muster.postgres.ScheduleStore;
import dev.muster.postgres.TickStore;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.JobId;
import dev.muster.schedule.Backfill;
import dev.muster.schedule.CatchUp;
import dev.muster.schedule.Inputs;
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
import dev.muster.submission.Lone;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import dev.muster.submission.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of runs. Each is the leader's alone, holds the rows of its schedules, and does in one commit what belongs
 * together: a tick and its runs, a run and its job. Many schedules share one, so that what tick together costs a few statements.
 * Whatever it is cut off from is found again by the next look, and nothing is done twice.
 */
@ApplicationScoped
public class Runs {
    private final TickStore ticks;
    private final ScheduleStore schedules;
    private final RunStore runs;
    private final BackfillStore backfills;
    private final Leadership leadership;
    private final Submissions submissions;
    private final Steering steering;
    private final FaultInjection deaths;

    /** A run whose job was not accepted. */
    public record Refused(Run run, MusterException why) {
        /** Asking again would not help. */
        boolean isForGood() {
            return why.retryAfter() == null;
        }
    }

    /** Which runs have a job now, and which were refused one; others waited no more. */
    public record Started(List<Run> runs, List<Refused> refused) {
        public Started {
            runs = List.copyOf(runs);
            refused = List.copyOf(refused);
        }
    }

    Runs(
            TickStore ticks,
            ScheduleStore schedules,
            RunStore runs,
            BackfillStore backfills,
            Leadership leadership,
            Submissions submissions,
            Steering steering,
            FaultInjection deaths) {
        this.ticks = ticks;
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
    public List<Run> decide(long epoch, Collection<ScheduleName> names, Instant now) {
        leadership.requireEpoch(epoch);
        HeldSchedules held = new HeldSchedules(ticks.hold(names));
        settle(held, now);
        makeRuns(held, now);
        write(held, now);
        for (long tick = held.ticked(); tick > 0; tick--) {
            deaths.passes(FaultPoint.TICK_DECIDED_UNCOMMITTED);
        }
        return turns(held, now);
    }

    /** Accepts the jobs of those runs that wait still, each by itself: what became of each of them. */
    @Transactional
    public Started start(long epoch, List<Run> runs, Instant now) {
        leadership.requireEpoch(epoch);
        HeldSchedules held =
                new HeldSchedules(ticks.hold(runs.stream().map(Run::schedule).collect(Collectors.toSet())));
        Set<Long> waiting = ticks.waiting(runs);
        List<Run> asked = new ArrayList<>();
        List<Lone> jobs = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (Run run : runs) {
            Schedule schedule = held.find(run.schedule());
            if (schedule != null && waiting.contains(run.id())) {
                try {
                    jobs.add(job(schedule, run, held.standing(run.schedule()).watermark()));
                    asked.add(run);
                } catch (MusterException e) {
                    refused.add(new Refused(run, e));
                }
            }
        }
        List<Verdict> verdicts = jobs.isEmpty() ? List.of() : submissions.submitEach(jobs);
        List<TickStore.Start> starts = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            MusterException why = verdicts.get(i).refused();
            if (why == null) {
                starts.add(new TickStore.Start(
                        asked.get(i), verdicts.get(i).jobs().get(0).id()));
            } else {
                refused.add(new Refused(asked.get(i), why));
            }
        }
        ticks.start(starts, now);
        end(refused, held, now);
        write(held, now);
        starts.forEach(start -> deaths.passes(FaultPoint.TICK_ACCEPTED_UNCOMMITTED));
        return new Started(starts.stream().map(TickStore.Start::run).toList(), refused);
    }

    private static Lone job(Schedule schedule, Run run, @Nullable Instant watermark) {
        JobRequest job = RunJob.of(schedule, run, watermark);
        return new Lone(
                new Submission(schedule.actor(), schedule.team(), false, null),
                new Candidate(Place.root(new Faults()), job));
    }

    /** Those whose job was not accepted end so, and count as ones that failed; what may be accepted later waits. */
    private void end(List<Refused> refused, HeldSchedules held, Instant now) {
        List<TickStore.End> ends = new ArrayList<>();
        for (Refused one : refused) {
            if (one.isForGood()) {
                ends.add(new TickStore.End(
                        one.run(),
                        RunState.REFUSED,
                        now,
                        String.valueOf(one.why().getMessage())));
                held.failed(one.run(), now);
            }
        }
        ticks.end(ends);
    }

    /** Ends the runs whose jobs have ended. */
    private void settle(HeldSchedules held, Instant now) {
        List<TickStore.End> ends = new ArrayList<>();
        ticks.ended(held.names())
                .values()
                .forEach(all -> all.forEach(ended -> {
                    Ending ending = Ending.of(ended);
                    Instant at = ended.at() == null ? now : ended.at();
                    ends.add(new TickStore.End(ended.run(), ending.state(), at, ending.why()));
                    if (ending.state() == RunState.SUCCEEDED) {
                        held.succeeded(ended.run());
                    } else if (ending.state() == RunState.FAILED) {
                        held.failed(ended.run(), now);
                    }
                }));
        ticks.end(ends);
    }

    /** Makes the runs of the ticks that are due. */
    private void makeRuns(HeldSchedules held, Instant now) {
        Map<ScheduleName, Instant> covered = ticks.covered(held.schedules()
                .filter(schedule -> schedule.catchUp() == CatchUp.MERGE)
                .map(Schedule::name)
                .toList());
        List<Run> made = new ArrayList<>();
        held.schedules().forEach(schedule -> {
            Standing standing = held.standing(schedule.name());
            if (standing.pause() == null) {
                Ticks.Due due = new Ticks(schedule).due(standing.lastTick(), now, covered.get(schedule.name()));
                made.addAll(due.runs());
                held.decided(schedule.name(), due.last(), due.next());
            }
        });
        runs.insert(made);
    }

    private List<Run> turns(HeldSchedules held, Instant now) {
        List<Run> start = new ArrayList<>();
        List<TickStore.End> leftOut = new ArrayList<>();
        Map<JobId, String> cancel = new TreeMap<>(Comparator.comparing(JobId::value));
        List<Run> heldBack = new ArrayList<>();
        Map<ScheduleName, List<Run>> all = ticks.open(held.names());
        Inputs inputs = inputs(held, all);
        all.forEach((name, open) -> {
            Schedule schedule = held.schedule(name);
            List<Backfill> running =
                    open.stream().anyMatch(run -> run.origin() == Origin.BACKFILL) ? backfills.of(name) : List.of();
            Turn turn = Turn.of(schedule, held.standing(name).pause() != null, open, running, inputs, now);
            start.addAll(turn.start());
            heldBack.addAll(turn.heldBack());
            turn.leftOut().forEach(run -> leftOut.add(new TickStore.End(run, RunState.SKIPPED, now, run.why())));
            turn.cancel().forEach(run -> cancel.put(Objects.requireNonNull(run.job()), schedule.actor()));
        });
        ticks.end(leftOut);
        ticks.tell(heldBack);
        // In the order of their ids, as everybody moves jobs, so that nobody waits in a circle.
        cancel.forEach((job, actor) ->
                steering.cancelBecause(actor, job, Why.of("REPLACED", "The next run of its schedule takes its place")));
        return start;
    }

    /** What those wait for that come after others; nothing is asked where none does. */
    private Inputs inputs(HeldSchedules held, Map<ScheduleName, List<Run>> open) {
        Set<ScheduleName> others = new TreeSet<>();
        Instant from = Instant.MAX;
        for (Map.Entry<ScheduleName, List<Run>> one : open.entrySet()) {
            Schedule schedule = held.schedule(one.getKey());
            for (Run run : schedule.after().isEmpty() ? List.<Run>of() : one.getValue()) {
                if (run.state() == RunState.WAITING) {
                    others.addAll(schedule.after());
                    Instant start = run.interval().start();
                    from = start.isBefore(from) ? start : from;
                }
            }
        }
        return others.isEmpty() ? Inputs.NONE : ticks.inputs(others, from);
    }

    private void write(HeldSchedules held, Instant now) {
        schedules.stand(held.changed());
        held.paused().forEach(schedule -> {
            Standing.Pause pause =
                    Objects.requireNonNull(held.standing(schedule.name()).pause());
            schedules.recordPause(schedule, true, pause.actor(), pause.why(), now);
        });
    }
}
