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
import dev.muster.postgres.TickStore.Held;
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
import java.util.LinkedHashMap;
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
        Map<ScheduleName, Held> held = ticks.hold(names);
        Map<ScheduleName, Standing> standings = settled(held, now);
        decided(held, standings, now);
        write(held, standings);
        held.forEach((name, before) -> {
            if (!standings.get(name).lastTick().equals(before.standing().lastTick())) {
                deaths.passes(FaultPoint.TICK_DECIDED_UNCOMMITTED);
            }
        });
        return turns(held, standings, now);
    }

    /** Accepts the jobs of those runs that wait still, each by itself: what became of each of them. */
    @Transactional
    public Started start(long epoch, List<Run> runs, Instant now) {
        leadership.requireEpoch(epoch);
        Map<ScheduleName, Held> held =
                ticks.hold(runs.stream().map(Run::schedule).collect(Collectors.toSet()));
        Map<ScheduleName, Standing> standings = standings(held);
        Set<Long> waiting = ticks.waiting(runs);
        List<Run> asked = new ArrayList<>();
        List<Lone> jobs = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (Run run : runs) {
            Held at = held.get(run.schedule());
            if (at != null && waiting.contains(run.id())) {
                try {
                    jobs.add(job(at, run));
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
        end(refused, held, standings, now);
        write(held, standings);
        starts.forEach(start -> deaths.passes(FaultPoint.TICK_ACCEPTED_UNCOMMITTED));
        return new Started(starts.stream().map(TickStore.Start::run).toList(), refused);
    }

    private static Lone job(Held held, Run run) {
        Schedule schedule = held.schedule();
        JobRequest job = RunJob.of(schedule, run, held.standing().watermark());
        return new Lone(
                new Submission(schedule.actor(), schedule.team(), false, null),
                new Candidate(Place.root(new Faults()), job));
    }

    /** Those whose job was not accepted end so, and count as ones that failed; what may be accepted later waits. */
    private void end(
            List<Refused> refused, Map<ScheduleName, Held> held, Map<ScheduleName, Standing> standings, Instant now) {
        List<TickStore.End> ends = new ArrayList<>();
        for (Refused one : refused) {
            if (one.isForGood()) {
                Run run = one.run();
                ends.add(new TickStore.End(
                        run, RunState.REFUSED, now, String.valueOf(one.why().getMessage())));
                if (run.origin() != Origin.BACKFILL) {
                    standings.computeIfPresent(
                            run.schedule(),
                            (name, standing) -> failed(held.get(name).schedule(), standing, now));
                }
            }
        }
        ticks.end(ends);
    }

    private Map<ScheduleName, Standing> settled(Map<ScheduleName, Held> held, Instant now) {
        Map<ScheduleName, Standing> standings = standings(held);
        List<TickStore.End> ends = new ArrayList<>();
        ticks.ended(held.keySet()).forEach((name, all) -> {
            Schedule schedule = held.get(name).schedule();
            for (TickStore.Ended ended : all) {
                RunState state = state(ended);
                Instant at = ended.at() == null ? now : ended.at();
                ends.add(new TickStore.End(ended.run(), state, at, why(ended)));
                boolean counts = ended.run().origin() != Origin.BACKFILL;
                if (state == RunState.SUCCEEDED) {
                    Instant end = ended.run().interval().end();
                    standings.computeIfPresent(name, (n, standing) -> standing.succeeded(end, counts));
                } else if (state == RunState.FAILED && counts) {
                    standings.computeIfPresent(name, (n, standing) -> failed(schedule, standing, now));
                }
            }
        });
        ticks.end(ends);
        return standings;
    }

    /** Makes the runs of the ticks that are due; {@code standings} are then those after it. */
    private void decided(Map<ScheduleName, Held> held, Map<ScheduleName, Standing> standings, Instant now) {
        Map<ScheduleName, Instant> covered = ticks.covered(held.values().stream()
                .map(Held::schedule)
                .filter(schedule -> schedule.catchUp() == CatchUp.MERGE)
                .map(Schedule::name)
                .toList());
        List<Run> made = new ArrayList<>();
        standings.replaceAll((name, standing) -> {
            if (standing.pause() != null) {
                return standing;
            }
            Ticks.Due due = new Ticks(held.get(name).schedule()).due(standing.lastTick(), now, covered.get(name));
            made.addAll(due.runs());
            return standing.decided(due.last(), due.next());
        });
        runs.insert(made);
    }

    private List<Run> turns(Map<ScheduleName, Held> held, Map<ScheduleName, Standing> standings, Instant now) {
        List<Run> start = new ArrayList<>();
        List<TickStore.End> leftOut = new ArrayList<>();
        Map<JobId, String> cancel = new TreeMap<>(Comparator.comparing(JobId::value));
        List<Run> heldBack = new ArrayList<>();
        Map<ScheduleName, List<Run>> all = ticks.open(held.keySet());
        Inputs inputs = inputs(held, all);
        all.forEach((name, open) -> {
            Schedule schedule = held.get(name).schedule();
            List<Backfill> running =
                    open.stream().anyMatch(run -> run.origin() == Origin.BACKFILL) ? backfills.of(name) : List.of();
            Turn turn = Turn.of(schedule, standings.get(name).pause() != null, open, running, inputs, now);
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
    private Inputs inputs(Map<ScheduleName, Held> held, Map<ScheduleName, List<Run>> open) {
        Set<ScheduleName> others = new TreeSet<>();
        Instant from = Instant.MAX;
        for (Map.Entry<ScheduleName, List<Run>> one : open.entrySet()) {
            Schedule schedule = Objects.requireNonNull(held.get(one.getKey())).schedule();
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

    private static Map<ScheduleName, Standing> standings(Map<ScheduleName, Held> held) {
        Map<ScheduleName, Standing> standings = new LinkedHashMap<>();
        held.forEach((name, one) -> standings.put(name, one.standing()));
        return standings;
    }

    private void write(Map<ScheduleName, Held> held, Map<ScheduleName, Standing> standings) {
        Map<ScheduleName, Standing> changed = new LinkedHashMap<>();
        standings.forEach((name, standing) -> {
            if (!standing.equals(held.get(name).standing())) {
                changed.put(name, standing);
            }
        });
        schedules.stand(changed);
    }

    private Standing failed(Schedule schedule, Standing before, Instant now) {
        Standing after = before.failed(schedule.pauseAfterFailures(), now);
        Standing.Pause pause = after.pause();
        if (pause != null && before.pause() == null) {
            schedules.recordPause(schedule, true, pause.actor(), pause.why(), now);
        }
        return after;
    }

    private static RunState state(TickStore.Ended ended) {
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

    private static @Nullable String why(TickStore.Ended ended) {
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
