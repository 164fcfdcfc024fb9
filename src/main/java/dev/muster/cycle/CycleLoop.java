package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.operation.PlannerTrouble;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.Leadership;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Turns the wheel, in a thread of its own: when something changed, at most once in {@code muster.cycle.pause}, and at least once
 * in {@code muster.cycle.every}. After any trouble it begins again from what the database and the cluster say.
 */
@ApplicationScoped
public class CycleLoop {
    private static final Logger LOG = Logger.getLogger(CycleLoop.class);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(250);

    private final Leader leader;
    private final Recovery recovery;
    private final Cycle cycle;
    private final VirtualTime virtualTime;
    private final Wake wake;
    private final Noticed noticed;
    private final Cluster cluster;
    private final ReasonBook reasons;
    private final Sweep sweep;
    private final Board board;
    private final Tallies tallies;
    private final PlannerTrouble plannerTrouble;
    private final InstantSource clock;
    private final Settings.Cycle settings;
    private final World world = new World();
    private final Thread thread = new Thread(this::loop, "muster-cycle");
    private volatile boolean stopped;
    private volatile boolean checks;
    private boolean recovered;
    private int failures;

    CycleLoop(
            Leader leader,
            Recovery recovery,
            Cycle cycle,
            VirtualTime virtualTime,
            Wake wake,
            Noticed noticed,
            Cluster cluster,
            ReasonBook reasons,
            Sweep sweep,
            Board board,
            Tallies tallies,
            PlannerTrouble plannerTrouble,
            InstantSource clock,
            Settings settings) {
        this.leader = leader;
        this.recovery = recovery;
        this.cycle = cycle;
        this.virtualTime = virtualTime;
        this.wake = wake;
        this.noticed = noticed;
        this.cluster = cluster;
        this.reasons = reasons;
        this.sweep = sweep;
        this.board = board;
        this.tallies = tallies;
        this.plannerTrouble = plannerTrouble;
        this.clock = clock;
        this.settings = settings.cycle();
    }

    void start(@Observes StartupEvent event) {
        if (settings.enabled()) {
            noticed.listenTo(cluster);
            thread.setDaemon(true);
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        wake.now();
        if (thread.isAlive()) {
            thread.join(Duration.ofSeconds(10).toMillis());
        }
        leader.resign();
    }

    /** The next cycle looks at everything that is live, and sweeps. */
    void check() {
        checks = true;
        wake.now();
    }

    private void loop() {
        try {
            while (!stopped) {
                long began = System.nanoTime();
                if (!turn()) {
                    wake.await(settings.every());
                    Wake.pause(settings.pause().minusNanos(System.nanoTime() - began));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True where the next turn is due at once. */
    private boolean turn() throws InterruptedException {
        try {
            if (!leader.acquire()) {
                board.clear();
                tell(null, null, 0, null);
                return false;
            }
            boolean goesOn = virtualTime.stands() ? standStill() : turnAsLeader();
            failures = 0;
            return goesOn;
        } catch (Leadership.Lost e) {
            leader.lost();
            recovered = false;
            return false;
        } catch (RuntimeException e) {
            recovered = false;
            failures++;
            tallies.failedCycle();
            Duration pause = pauseAfterFailure();
            tell(null, null, 0, told(e, pause));
            Wake.pause(pause);
            return true;
        }
    }

    /** While the virtual time stands nothing is done: what is submitted meanwhile is seen whole when it goes on. */
    private boolean standStill() {
        tell(null, null, 0, null);
        return false;
    }

    /** An outage is one line; whatever else it is wants to be understood. */
    private static String told(RuntimeException failure, Duration pause) {
        Optional<DatabaseUnavailable> outage = DatabaseUnavailable.in(failure);
        if (outage.isPresent()) {
            LOG.warnf(
                    "act=cycle-failed again-in=%s why=\"%s\"",
                    pause, outage.get().getMessage());
            return outage.get().getMessage();
        }
        if (failure instanceof ClusterUnavailable) {
            LOG.warnf("act=cycle-failed again-in=%s why=\"%s\"", pause, failure.getMessage());
            return failure.getMessage();
        }
        LOG.errorf(failure, "act=cycle-failed again-in=%s", pause);
        return failure.toString();
    }

    private boolean turnAsLeader() {
        long began = System.nanoTime();
        Instant now = clock.instant();
        boolean begins = virtualTime.begins();
        if (begins || !recovered) {
            cycle.forget();
            reasons.clear();
            recovery.begin(world, now);
            recovered = true;
        } else if (checks) {
            checks = false;
            recovery.look(world, now);
            sweep.run(world);
        }
        Cycle.Turn turn = cycle.run(world, now);
        boolean goesOn = virtualTime.goesOn(turn, cycle.isSettled(world), cycle.planAgain(), world);
        if (virtualTime.isEnding()) {
            reasons.settle(world, now);
        }
        long nanos = System.nanoTime() - began;
        tallies.cycle(nanos, turn.launched());
        tell(now, Duration.ofNanos(nanos), turn.launched(), null);
        if (virtualTime.isEnding()) {
            virtualTime.end();
        }
        return goesOn;
    }

    private Duration pauseAfterFailure() {
        Duration pause = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failures - 1, 10));
        return pause.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : pause;
    }

    private void tell(@Nullable Instant at, @Nullable Duration took, int launched, @Nullable String trouble) {
        plannerTrouble.is(trouble, board.leftAside());
        CycleStatus last = board.status();
        board.publish(new CycleStatus(
                leader.leads(),
                tallies.cycles(),
                at == null ? last.at() : at,
                took == null ? last.took() : took,
                world.pendingCount(),
                world.liveCount(),
                launched,
                sweep.setAside(),
                sweep.waits(),
                trouble));
    }
}
