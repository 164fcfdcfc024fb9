package dev.muster.timetable;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cycle.FaultInjection;
import dev.muster.cycle.FaultPoint;
import dev.muster.cycle.Heartbeat;
import dev.muster.cycle.Wake;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.Leadership;
import dev.muster.postgres.ScheduleStore;
import dev.muster.problem.MusterException;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.ScheduleName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/** Each second the leader looks at the schedules that want something. One that is broken does not hold up the others. */
@ApplicationScoped
public class Heartbeats {
    private static final Logger LOG = Logger.getLogger(Heartbeats.class);

    /** Many schedules tick at the same minute, and each waits for commits of its own. */
    private static final int AT_ONCE = 4;

    private final ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE, Heartbeats::named);
    private final ScheduleStore schedules;
    private final Runs runs;
    private final TickClock clock;
    private final Wake wake;
    private final Timer lag;
    private final FaultInjection deaths;

    Heartbeats(
            ScheduleStore schedules,
            Runs runs,
            TickClock clock,
            Wake wake,
            MeterRegistry meters,
            FaultInjection deaths) {
        this.deaths = deaths;
        this.schedules = schedules;
        this.runs = runs;
        this.clock = clock;
        this.wake = wake;
        this.lag = Timer.builder("muster.schedule.lag")
                .description("How long after its tick the job of a run was accepted")
                .serviceLevelObjectives(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(1))
                .register(meters);
    }

    void beat(@Observes Heartbeat beat) {
        if (clock.stands()) {
            return;
        }
        try {
            look(beat.epoch(), clock.now());
        } catch (Leadership.Lost e) {
            LOG.debugf("act=schedules-left why=\"%s\"", e.getMessage());
        } catch (RuntimeException e) {
            // During an outage no tick is decided, and none is lost.
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
    }

    /** Does all that schedules want at {@code now}, several at once. */
    public void look(long epoch, Instant now) {
        List<Future<Boolean>> looks = schedules.wanting(now).stream()
                .map(name -> hands.submit(() -> look(epoch, name, now)))
                .toList();
        boolean started = false;
        RuntimeException broken = null;
        for (Future<Boolean> look : looks) {
            // Where the database is gone, or another one leads, the others would find the same.
            if (broken != null && look.cancel(false)) {
                continue;
            }
            try {
                started |= look.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                broken = e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(e.getCause());
            }
        }
        if (started) {
            // Their commits have ended; what called before may have found nothing yet.
            wake.now();
        }
        if (broken != null) {
            throw broken;
        }
    }

    /** True where a job was made. */
    private boolean look(long epoch, ScheduleName name, Instant now) {
        boolean started = false;
        try {
            for (Run run : runs.decide(epoch, name, now)) {
                deaths.passes(FaultPoint.TICK_DECIDED);
                started |= start(epoch, run, now);
                deaths.passes(FaultPoint.TICK_ACCEPTED);
            }
        } catch (Leadership.Lost e) {
            throw e;
        } catch (ClusterUnavailable e) {
            // What may run where cannot be told now; its runs wait.
            LOG.warnf("act=schedule-waits schedule=%s why=\"%s\"", name, e.getMessage());
        } catch (RuntimeException e) {
            if (DatabaseUnavailable.in(e).isPresent()) {
                throw e;
            }
            LOG.errorf(e, "act=schedule-failed schedule=%s", name);
        }
        return started;
    }

    private boolean start(long epoch, Run run, Instant now) {
        try {
            boolean started = runs.start(epoch, run, now);
            if (started && run.origin() == Origin.TICK) {
                // Not since this look began: others of the same minute went first.
                Duration late = Duration.between(run.tick(), clock.now());
                lag.record(late.isNegative() ? Duration.ZERO : late);
            }
            return started;
        } catch (MusterException e) {
            if (e.retryAfter() != null) {
                throw e;
            }
            LOG.warnf("act=run-refused schedule=%s tick=%s why=\"%s\"", run.schedule(), run.tick(), e.getMessage());
            runs.refuse(epoch, run, String.valueOf(e.getMessage()), now);
            return false;
        }
    }

    private static Thread named(Runnable work) {
        Thread thread = new Thread(work, "muster-schedules");
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void rest() {
        hands.shutdownNow();
    }
}
