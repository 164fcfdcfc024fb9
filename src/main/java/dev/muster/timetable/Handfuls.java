package dev.muster.timetable;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cycle.FaultInjection;
import dev.muster.cycle.FaultPoint;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.Leadership;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.ScheduleName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Does what schedules want by the handful, one transaction for many of them. A handful that fails is done again in halves, down to
 * the schedule that it fails for: that one waits, and harms no other.
 */
@ApplicationScoped
class Handfuls {
    private static final Logger LOG = Logger.getLogger(Handfuls.class);

    /** Runs that get their jobs in one transaction: after an outage many are due, and the leader's row is held meanwhile. */
    private static final int MOST_STARTS = 100;

    private final Runs runs;
    private final TickClock clock;
    private final Timer lag;
    private final FaultInjection deaths;

    Handfuls(Runs runs, TickClock clock, MeterRegistry meters, FaultInjection deaths) {
        this.runs = runs;
        this.clock = clock;
        this.deaths = deaths;
        this.lag = Timer.builder("muster.schedule.lag")
                .description("How long after its tick the job of a run was accepted")
                .serviceLevelObjectives(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(1))
                .register(meters);
    }

    /** Made with the service, so that its figure is there before the first tick. */
    void begin(@Observes StartupEvent event) {}

    /** True where a job was made. */
    boolean look(long epoch, List<ScheduleName> names, Instant now) {
        List<Run> may = halving(names, "schedule", handful -> runs.decide(epoch, handful, now));
        boolean started = false;
        for (int from = 0; from < may.size(); from += MOST_STARTS) {
            List<Run> some = may.subList(from, Math.min(may.size(), from + MOST_STARTS));
            some.forEach(run -> deaths.passes(FaultPoint.TICK_DECIDED));
            started |=
                    !halving(some, "run", handful -> start(epoch, handful, now)).isEmpty();
        }
        return started;
    }

    private List<Run> start(long epoch, List<Run> waiting, Instant now) {
        Runs.Started started = runs.start(epoch, waiting, now);
        started.runs().forEach(run -> deaths.passes(FaultPoint.TICK_ACCEPTED));
        // Not since this look began: others of the same minute went first.
        Instant accepted = clock.now();
        for (Run run : started.runs()) {
            if (run.origin() == Origin.TICK) {
                Duration late = Duration.between(run.tick(), accepted);
                lag.record(late.isNegative() ? Duration.ZERO : late);
            }
        }
        for (Runs.Refused refused : started.refused()) {
            Run run = refused.run();
            LOG.warnf(
                    "act=%s schedule=%s tick=%s why=\"%s\"",
                    refused.isForGood() ? "run-refused" : "run-waits",
                    run.schedule(),
                    run.tick(),
                    refused.why().getMessage());
        }
        return started.runs();
    }

    /** What the work gave for those that it did not fail for, in their order. */
    static <T, R> List<R> halving(List<T> all, String what, Function<List<T>, List<R>> work) {
        if (all.isEmpty()) {
            return List.of();
        }
        try {
            return work.apply(all);
        } catch (Leadership.Lost e) {
            throw e;
        } catch (ClusterUnavailable e) {
            // What may run where cannot be told now, of none of them.
            LOG.warnf("act=schedules-wait count=%d why=\"%s\"", all.size(), e.getMessage());
            return List.of();
        } catch (RuntimeException e) {
            if (DatabaseUnavailable.in(e).isPresent()) {
                throw e;
            }
            if (all.size() == 1) {
                LOG.errorf(e, "act=schedule-failed %s=%s", what, all.get(0));
                return List.of();
            }
            int half = all.size() / 2;
            List<R> done = new ArrayList<>(halving(all.subList(0, half), what, work));
            done.addAll(halving(all.subList(half, all.size()), what, work));
            return done;
        }
    }
}
