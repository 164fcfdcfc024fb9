package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.problem.MusterException;
import dev.muster.simulation.SimulatedCluster;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Moves the virtual clock: once a cycle has nothing left to do, to the next instant at which something happens, until nothing
 * is left or a given instant is reached. One cycle for each instant. On the real clock it does nothing.
 */
@ApplicationScoped
public class VirtualTime {
    private final InstantSource clock;
    private final Instance<SimulatedCluster> cluster;
    private final Wake wake;
    private final Settings.ClockMode mode;
    private Run run = new Run(Phase.OVER, null);
    private volatile @Nullable Run ending;

    VirtualTime(InstantSource clock, Instance<SimulatedCluster> cluster, Wake wake, Settings settings) {
        this.clock = clock;
        this.cluster = cluster;
        this.wake = wake;
        this.mode = settings.clock();
    }

    private enum Phase {
        ASKED,
        UNDER_WAY,
        OVER
    }

    private record Run(Phase phase, @Nullable Instant until) {}

    public Settings.ClockMode mode() {
        return mode;
    }

    public Instant now() {
        return clock.instant();
    }

    /** No run is asked for or under way; always true on the real clock. */
    public synchronized boolean isIdle() {
        return run.phase() == Phase.OVER;
    }

    /** It is virtual, and nobody lets it run. */
    boolean stands() {
        return mode == Settings.ClockMode.VIRTUAL && isIdle();
    }

    /**
     * Lets the time run from event to event, to {@code until} at most; null: until nothing is left. Returns at once. A run that
     * is under way takes over the new end.
     *
     * @throws MusterException on the real clock
     */
    public void run(@Nullable Instant until) {
        if (mode != Settings.ClockMode.VIRTUAL) {
            throw MusterException.invalidState(
                    "clock",
                    "service",
                    "REAL",
                    "run",
                    java.util.List.of("start the service with muster.clock=VIRTUAL"));
        }
        synchronized (this) {
            run = new Run(Phase.ASKED, until);
        }
        wake.now();
    }

    /** True once for each run that was asked for: what was committed before must be seen before the time moves. */
    synchronized boolean begins() {
        boolean asked = run.phase() == Phase.ASKED;
        if (asked) {
            run = new Run(Phase.UNDER_WAY, run.until());
        }
        return asked;
    }

    /** Moves the time on; {@code settled}: the present instant has nothing more to plan. True where the next cycle is due at once. */
    boolean goesOn(Cycle.Turn turn, boolean settled, Optional<Instant> planAgain, World world) {
        Run now = current();
        if (now.phase() == Phase.OVER) {
            return false;
        }
        if (now.phase() == Phase.ASKED || turn.more()) {
            return true;
        }
        Optional<Instant> next = Stream.of(cluster.get().nextEvent(), world.nextDue(), planAgain)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .filter(at -> now.until() == null || !at.isAfter(now.until()));
        if (next.isPresent()) {
            advanceTo(next.get());
            return true;
        }
        if (!settled) {
            return true;
        }
        if (now.until() != null && clock.instant().isBefore(now.until())) {
            advanceTo(now.until());
            return true;
        }
        ending = now;
        return false;
    }

    /** The run has nothing left, and {@link #end} is to be called when the cycle has told all of it. */
    boolean isEnding() {
        return ending != null;
    }

    /** Whoever waits for the end of the run may look now; a run that was asked for meanwhile goes on. */
    synchronized void end() {
        if (run.equals(ending)) {
            run = new Run(Phase.OVER, null);
        }
        ending = null;
    }

    private void advanceTo(Instant at) {
        Instant now = clock.instant();
        cluster.get().advanceTo(at.isBefore(now) ? now : at);
    }

    private synchronized Run current() {
        return run;
    }
}
