package dev.muster.schedule;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run waits for whose schedule comes after others: a success for each tick of theirs that lies in its interval. Schedules with the same ticks wait
 * for the same interval, a daily one for the hours of its day. What is asked for by hand does not wait.
 */
public record Inputs(Map<ScheduleName, Input> inputs) {
    /** Nobody comes after anybody. */
    public static final Inputs NONE = new Inputs(Map.of());

    public Inputs {
        inputs = Map.copyOf(inputs);
    }

    /**
     * One of the others. {@code begins}: none of its ticks before is waited for, as it was not there yet; {@code newest}: what became of each tick
     * last; {@code covered}: from where to where its data succeeded, without gaps.
     */
    public record Input(
            Schedule schedule, Instant begins, Map<Instant, RunState> newest, NavigableMap<Instant, Instant> covered) {
        public Input {
            newest = Map.copyOf(newest);
            covered = Collections.unmodifiableNavigableMap(new TreeMap<>(covered));
        }

        /** {@code succeeded} in any order; intervals that touch become one. */
        public static Input of(
                Schedule schedule, Instant begins, Map<Instant, RunState> newest, List<Interval> succeeded) {
            NavigableMap<Instant, Instant> covered = new TreeMap<>();
            succeeded.stream().sorted(Comparator.comparing(Interval::start)).forEach(one -> {
                Map.Entry<Instant, Instant> before = covered.floorEntry(one.start());
                boolean touches = before != null && !before.getValue().isBefore(one.start());
                covered.merge(touches ? before.getKey() : one.start(), one.end(), Inputs::later);
            });
            return new Input(schedule, begins, newest, covered);
        }

        private boolean has(Interval interval) {
            Map.Entry<Instant, Instant> found = covered.floorEntry(interval.start());
            return found != null && !found.getValue().isBefore(interval.end());
        }

        /** The first tick within the interval that has not succeeded. */
        private Optional<Instant> missing(Interval of) {
            Ticks ticks = new Ticks(schedule);
            CronTimes times = schedule.times();
            Optional<Instant> tick = times.next(of.start());
            while (tick.isPresent() && !tick.get().isAfter(of.end())) {
                if (!tick.get().isBefore(begins) && !has(ticks.interval(tick.get()))) {
                    return tick;
                }
                tick = times.next(tick.get());
            }
            return Optional.empty();
        }
    }

    /** What the run waits for, in words; empty where it may start. */
    public Optional<String> missing(Schedule schedule, Run run) {
        if (run.origin() == Origin.HAND) {
            return Optional.empty();
        }
        for (ScheduleName name : schedule.after()) {
            Input input = inputs.get(name);
            if (input == null) {
                return Optional.of("waits for schedule %s, which is not there any more".formatted(name));
            }
            Optional<Instant> tick = input.missing(run.interval());
            if (tick.isPresent()) {
                return Optional.of("waits for the run of schedule %s at %s%s"
                        .formatted(name, tick.get(), state(input.newest().get(tick.get()))));
            }
        }
        return Optional.empty();
    }

    private static String state(@Nullable RunState state) {
        return state == null ? ", which is to come" : ", which is " + state;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
