package dev.muster.timetable;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cycle.Foreseen;
import dev.muster.cycle.Heartbeat;
import dev.muster.pool.Warm;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.TickStore;
import dev.muster.postgres.TickStore.Held;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunJob;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.Ticks;
import dev.muster.submission.Candidate;
import dev.muster.submission.Lone;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import dev.muster.submission.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells what schedules will ask for soon, where a pool is warmed ahead of it: of each the next run, as its job would be accepted now. What
 * would be refused asks for nothing.
 */
@ApplicationScoped
public class Foresight {
    private static final Logger LOG = Logger.getLogger(Foresight.class);

    /** Beats between two looks: as often as pools are warmed. */
    private static final int EVERY = 10;

    private final PoolStore pools;
    private final TickStore ticks;
    private final Submissions submissions;
    private final TickClock clock;
    private final Foreseen foreseen;
    private int beats;

    Foresight(PoolStore pools, TickStore ticks, Submissions submissions, TickClock clock, Foreseen foreseen) {
        this.pools = pools;
        this.ticks = ticks;
        this.submissions = submissions;
        this.clock = clock;
        this.foreseen = foreseen;
    }

    /** Beats come one after the other. */
    void beat(@Observes Heartbeat beat) {
        if (clock.stands() || beats++ % EVERY != 0) {
            return;
        }
        try {
            Optional<Duration> ahead = ahead();
            foreseen.set(ahead.isEmpty() ? List.of() : look(clock.now(), ahead.get()));
        } catch (ClusterUnavailable e) {
            LOG.debugf("act=foresight-waits why=\"%s\"", e.getMessage());
        } catch (RuntimeException e) {
            // Nobody waits for it: what was seen last stands until the next look.
            if (DatabaseUnavailable.in(e).isEmpty()) {
                LOG.warnf(e, "act=foresight-failed");
            }
        }
    }

    private Optional<Duration> ahead() {
        return pools.all().stream()
                .flatMap(pool -> pool.value().warm().stream())
                .map(Warm::ahead)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /**
     * The gangs that come after {@code now}, within the time {@code ahead}.
     *
     * @throws ClusterUnavailable where it cannot be told now what may run at all
     */
    public List<Foreseen.Gang> look(Instant now, Duration ahead) {
        AtomicReference<@Nullable ClusterUnavailable> away = new AtomicReference<>();
        List<Foreseen.Gang> all = Handfuls.halving(ticks.coming(now, now.plus(ahead)), "foreseen", names -> {
            // Where one was changed meanwhile it is told with the next look.
            List<Held> some = ticks.look(names).stream()
                    .filter(held -> held.standing().lookAt() != null)
                    .toList();
            List<Verdict> verdicts;
            try {
                verdicts = submissions.submitEach(
                        some.stream().map(held -> tried(held, now)).toList());
            } catch (ClusterUnavailable e) {
                away.set(e);
                return List.of();
            }
            List<Foreseen.Gang> gangs = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                Instant at = Objects.requireNonNull(some.get(i).standing().lookAt());
                verdicts.get(i)
                        .jobs()
                        .forEach(job ->
                                gangs.add(new Foreseen.Gang(at, job.spec().roles())));
            }
            return gangs;
        });
        ClusterUnavailable why = away.get();
        if (why != null) {
            throw why;
        }
        return all;
    }

    private static Lone tried(Held held, Instant now) {
        Schedule schedule = held.schedule();
        Instant tick = Objects.requireNonNull(held.standing().lookAt()).minus(schedule.offset());
        Run run = Run.of(schedule.name(), tick, Origin.TICK, 0, new Ticks(schedule).interval(tick), now);
        return new Lone(
                new Submission(schedule.actor(), schedule.team(), true, null),
                new Candidate(
                        Place.root(new Faults()),
                        RunJob.of(schedule, run, held.standing().watermark())));
    }
}
