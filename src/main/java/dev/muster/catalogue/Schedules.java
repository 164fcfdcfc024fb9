package dev.muster.catalogue;

import dev.muster.job.JobRequest;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.postgres.ScheduleStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.TeamName;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunJob;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import dev.muster.schedule.Ticks;
import dev.muster.submission.Candidate;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import dev.muster.timetable.TickClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schedules: one ticks some time, its placeholders are known, and its next run would be accepted as things are. */
@ApplicationScoped
public class Schedules {
    private static final String KIND = "schedule";

    private final ScheduleStore store;
    private final TeamStore teams;
    private final Submissions submissions;
    private final TickClock clock;

    Schedules(ScheduleStore store, TeamStore teams, Submissions submissions, TickClock clock) {
        this.store = store;
        this.teams = teams;
        this.submissions = submissions;
        this.clock = clock;
    }

    @Transactional
    public Written<Schedule> put(Schedule value, Edit edit) {
        Instant now = clock.now();
        // Row first, then the queues, as whoever makes its runs does: nobody waits in a circle.
        Stream.concat(Stream.of(value.name()), value.after().stream())
                .sorted()
                .distinct()
                .forEach(store::hold);
        check(value, edit.actor(), now);
        Optional<Versioned<Schedule>> present = store.find(value.name());
        Written<Schedule> written =
                Writing.put(KIND, value.name().value(), value, present.orElse(null), edit, now, store::put);
        if (!edit.dry() && ticksAnew(present.map(Versioned::value).orElse(null), value)) {
            // What the old line would have ticked is not caught up by the new one.
            Standing before = store.hold(value.name()).orElseThrow();
            store.stand(value.name(), Standing.from(value, now, written.isNew() ? null : before));
        }
        return written;
    }

    @Transactional
    public void delete(ScheduleName name, Edit edit) {
        store.hold(name);
        followers(name).findFirst().ifPresent(one -> {
            throw MusterException.inUse(
                    KIND,
                    name.value(),
                    "schedule " + one.name(),
                    "Take it out of the other's 'after', or delete that first");
        });
        Writing.delete(
                KIND,
                name.value(),
                store.find(name),
                edit,
                clock.now(),
                (expected, actor, now) -> store.delete(name, expected, actor, now));
    }

    private static boolean ticksAnew(@Nullable Schedule before, Schedule after) {
        return before == null
                || !before.cron().equals(after.cron())
                || !before.zone().equals(after.zone())
                || !before.jitter().equals(after.jitter());
    }

    /** Those that come after that one. */
    private Stream<Schedule> followers(ScheduleName name) {
        return store.all().stream().map(Versioned::value).filter(one -> one.after()
                .contains(name));
    }

    /** Schedules of one team come after one another, and never in a circle: in one nobody would ever run. */
    private void after(Place spec, Schedule schedule) {
        for (int i = 0; i < schedule.after().size(); i++) {
            ScheduleName name = schedule.after().get(i);
            Place at = spec.at("after").at(i);
            if (name.equals(schedule.name())) {
                at.fault(Fault.Kind.CONTRADICTION, "it would wait for itself");
            } else if (other(name, schedule.team()).isEmpty()) {
                at.fault(
                        Fault.Kind.UNKNOWN_REFERENCE,
                        "team '%s' has no schedule '%s'".formatted(schedule.team(), name),
                        "Apply that one first; schedules wait for those of their own team only");
            } else {
                way(name, schedule, new HashSet<>())
                        .ifPresent(way -> at.fault(
                                Fault.Kind.CONTRADICTION,
                                "they would wait for each other: %s → %s".formatted(schedule.name(), way)));
            }
        }
        if (followers(schedule.name()).anyMatch(one -> !one.team().equals(schedule.team()))) {
            spec.at("team").fault(Fault.Kind.CONTRADICTION, "schedules of the team that it is of now come after it");
        }
    }

    private Optional<Schedule> other(ScheduleName name, TeamName team) {
        return store.find(name).map(Versioned::value).filter(one -> one.team().equals(team));
    }

    /** How one gets from there to the schedule by what each comes after. */
    private Optional<String> way(ScheduleName from, Schedule to, Set<ScheduleName> seen) {
        if (from.equals(to.name())) {
            return Optional.of(from.value());
        }
        return seen.add(from)
                ? other(from, to.team()).stream()
                        .flatMap(one -> one.after().stream())
                        .flatMap(next -> way(next, to, seen).stream())
                        .findFirst()
                        .map(rest -> from + " → " + rest)
                : Optional.empty();
    }

    private void check(Schedule schedule, String actor, Instant now) {
        Faults faults = new Faults();
        Place spec = Place.root(faults).at("spec");
        if (teams.find(schedule.team()).isEmpty()) {
            spec.at("team")
                    .fault(
                            Fault.Kind.UNKNOWN_REFERENCE,
                            "there is no team '%s'".formatted(schedule.team()),
                            "GET /api/v1/teams lists them");
        }
        Optional<Instant> next = schedule.times().next(now);
        if (next.isEmpty()) {
            spec.at("cron")
                    .fault(
                            Fault.Kind.BAD_VALUE,
                            "'%s' never ticks: no day is like that".formatted(schedule.cron()),
                            "The 30th of February, for example; name a day that comes");
        }
        after(spec, schedule);
        faults.refuseIfAny();
        Ticks ticks = new Ticks(schedule);
        Run sample =
                Run.of(schedule.name(), next.orElseThrow(), Origin.TICK, 0, ticks.interval(next.orElseThrow()), now);
        JobRequest job = RunJob.of(schedule, sample, null, (place, text) -> {
            try {
                return text.get();
            } catch (IllegalArgumentException e) {
                faults.add("/spec/job" + place, Fault.Kind.BAD_VALUE, String.valueOf(e.getMessage()));
                return "";
            }
        });
        faults.refuseIfAny();
        submissions.submit(
                new Submission(actor, schedule.team(), true, null),
                List.of(new Candidate(spec.at("job"), job)),
                accepted -> new Answer(200, null, null));
    }
}
