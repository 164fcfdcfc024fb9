package dev.muster.web;

import dev.muster.api.ScheduleRun;
import dev.muster.api.ScheduleSpec;
import dev.muster.api.ScheduleStatus;
import dev.muster.api.ScheduleTick;
import dev.muster.job.JobRequest;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.TeamName;
import dev.muster.schedule.CatchUp;
import dev.muster.schedule.Concurrency;
import dev.muster.schedule.CronTimes;
import dev.muster.schedule.Interval;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunState;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import dev.muster.schedule.Ticks;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A schedule, from the wire and back. */
final class ScheduleWords {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm xxx", Locale.ENGLISH);
    private static final Duration LONGEST_JITTER = Duration.ofDays(1);
    private static final int MOST_FAILURES = 1_000;
    private static final int MOST_OTHERS = 20;
    private static final ScheduleSpec NOTHING =
            new ScheduleSpec(null, null, null, null, null, null, null, null, null, null);

    private ScheduleWords() {}

    /** With what the templates of its team say as they are now; empty where there was a fault. */
    static Optional<Schedule> read(
            Faults faults,
            dev.muster.api.Schedule sent,
            ScheduleName name,
            Function<TeamName, TemplateMerge> templates) {
        Place place = Place.root(faults);
        int before = faults.count();
        Named.check(place, sent.kind(), dev.muster.api.Schedule.KIND, sent.metadata(), name.value());
        ScheduleSpec spec = Objects.requireNonNullElse(sent.spec(), NOTHING);
        Place at = place.at("spec");
        if (spec.team() == null) {
            at.at("team").required("the team whose jobs these are");
        }
        TeamName team = at.at("team").read(spec.team(), TeamName::new);
        ZoneId zone = zone(at.at("timeZone"), spec.timeZone());
        if (spec.cron() == null) {
            at.at("cron").required("five fields, such as '0 3 * * *' for three o'clock every night");
        }
        at.at("cron").read(spec.cron(), line -> CronTimes.of(line, ZoneOffset.UTC));
        Concurrency concurrency = oneOf(at.at("concurrency"), spec.concurrency(), Concurrency.class, Concurrency.ALLOW);
        CatchUp catchUp = oneOf(at.at("catchUp"), spec.catchUp(), CatchUp.class, CatchUp.LATEST);
        if (catchUp == CatchUp.ALL && (concurrency == Concurrency.FORBID || concurrency == Concurrency.REPLACE)) {
            at.at("catchUp")
                    .fault(
                            Fault.Kind.CONTRADICTION,
                            "ALL with %s: of the ticks that are caught up only one would run".formatted(concurrency),
                            "QUEUE runs them one after the other, ALLOW beside each other, MERGE as one");
        }
        Duration deadline = at.at("startingDeadline").read(spec.startingDeadline(), DurationText::parse);
        if (deadline != null && deadline.isZero()) {
            at.at("startingDeadline").bad(spec.startingDeadline(), "more than 0; leave it out for none");
        }
        if (spec.pauseAfterFailures() != null) {
            at.at("pauseAfterFailures").between(spec.pauseAfterFailures(), 1, MOST_FAILURES);
        }
        Duration jitter = at.at("jitter").read(spec.jitter(), DurationText::parse);
        if (jitter != null && jitter.compareTo(LONGEST_JITTER) > 0) {
            at.at("jitter").bad(spec.jitter(), "at most a day");
        }
        List<ScheduleName> after = after(at.at("after"), spec.after());
        TeamName whose = team == null ? new TeamName("none") : team;
        Optional<JobRequest> job =
                new JobReader(faults, whose).template(at.at("job"), spec.job(), name.value(), templates.apply(whose));
        if (faults.count() > before) {
            return Optional.empty();
        }
        return Optional.of(new Schedule(
                name,
                Objects.requireNonNull(team),
                Objects.requireNonNull(spec.cron()),
                zone,
                concurrency,
                catchUp,
                deadline,
                spec.pauseAfterFailures(),
                jitter == null ? Duration.ZERO : jitter,
                after,
                job.orElseThrow()));
    }

    static dev.muster.api.Schedule view(Versioned<Schedule> versioned, ScheduleStatus status) {
        Schedule schedule = versioned.value();
        JobRequest job = schedule.job();
        boolean bare = job.labels().isEmpty() && job.annotations().isEmpty();
        return new dev.muster.api.Schedule(
                dev.muster.api.Schedule.KIND,
                Named.metadata(schedule.name().value(), versioned),
                new ScheduleSpec(
                        schedule.team().value(),
                        schedule.cron(),
                        schedule.zone().equals(ZoneOffset.UTC)
                                ? "UTC"
                                : schedule.zone().getId(),
                        schedule.concurrency().name(),
                        schedule.catchUp().name(),
                        schedule.startingDeadline() == null ? null : DurationText.format(schedule.startingDeadline()),
                        schedule.pauseAfterFailures(),
                        schedule.jitter().isZero() ? null : DurationText.format(schedule.jitter()),
                        schedule.after().isEmpty()
                                ? null
                                : schedule.after().stream()
                                        .map(ScheduleName::value)
                                        .toList(),
                        new ScheduleSpec.ScheduledJob(
                                bare
                                        ? null
                                        : new ScheduleSpec.ScheduledMetadata(
                                                PodView.some(job.labels()), PodView.some(job.annotations())),
                                JobView.asked(job))),
                status);
    }

    /** {@code standing} is absent for a schedule that was only tried. */
    static ScheduleStatus status(
            Schedule schedule, @Nullable Standing standing, Map<RunState, Integer> runs, Instant now, int ticks) {
        Standing.Pause pause = standing == null ? null : standing.pause();
        Duration offset = schedule.offset();
        return new ScheduleStatus(
                pause == null ? null : true,
                pause == null ? null : pause.actor(),
                pause == null ? null : pause.why(),
                pause == null ? null : pause.at(),
                schedule.times().next(now, ticks),
                offset.isZero() ? null : DurationText.format(offset),
                standing == null ? null : standing.watermark(),
                standing == null || standing.failures() == 0 ? null : standing.failures(),
                counts(runs));
    }

    static @Nullable Map<String, Integer> counts(Map<RunState, Integer> runs) {
        Map<String, Integer> counts = new TreeMap<>();
        runs.forEach((state, count) -> counts.put(state.name(), count));
        return PodView.some(counts);
    }

    static ScheduleTick tick(Schedule schedule, Instant at) {
        Interval interval = new Ticks(schedule).interval(at);
        return new ScheduleTick(at, LOCAL.format(at.atZone(schedule.zone())), interval.start(), interval.end());
    }

    static ScheduleRun run(Run run, TeamName team) {
        return new ScheduleRun(
                run.schedule().value(),
                run.tick(),
                run.origin().name(),
                run.origin() == Origin.BACKFILL ? run.number() : null,
                run.interval().start(),
                run.interval().end(),
                run.state().name(),
                team.value(),
                run.job() == null ? null : run.job().value(),
                run.startedAt(),
                run.endedAt(),
                run.why());
    }

    private static List<ScheduleName> after(Place place, @Nullable List<String> sent) {
        List<String> names = place.bounded(sent, MOST_OTHERS);
        List<ScheduleName> after = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ScheduleName name = place.at(i).read(names.get(i), ScheduleName::new);
            if (name != null && after.contains(name)) {
                place.at(i).fault(Fault.Kind.CONTRADICTION, "'%s' is named twice".formatted(name));
            } else if (name != null) {
                after.add(name);
            } else if (names.get(i) == null) {
                place.at(i).required("the name of a schedule");
            }
        }
        return after;
    }

    private static ZoneId zone(Place place, @Nullable String sent) {
        if (sent == null) {
            return ZoneOffset.UTC;
        }
        try {
            if (sent.equals("UTC")
                    || sent.equals("Z")
                    || ZoneId.getAvailableZoneIds().contains(sent)) {
                return sent.equals("UTC") || sent.equals("Z") ? ZoneOffset.UTC : ZoneId.of(sent);
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        List<String> known = ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.contains("/") && !id.startsWith("SystemV"))
                .sorted()
                .toList();
        place.fault(
                Fault.Kind.BAD_VALUE,
                "'%s': expected the name of a time zone, such as Europe/Berlin, or UTC"
                        .formatted(MusterException.shown(sent)),
                MusterException.didYouMean(sent, known));
        return ZoneOffset.UTC;
    }

    private static <E extends Enum<E>> E oneOf(Place place, @Nullable String sent, Class<E> type, E usual) {
        if (sent == null) {
            return usual;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equals(sent))
                .findFirst()
                .orElseGet(() -> {
                    List<String> names = Arrays.stream(type.getEnumConstants())
                            .map(Enum::name)
                            .toList();
                    place.bad(sent, "one of " + String.join(", ", names));
                    return usual;
                });
    }
}
