package dev.muster.rehearsal;

import dev.muster.postgres.Rehearsal;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.simulation.experiment.Broken;
import dev.muster.simulation.experiment.PolicySpec;
import dev.muster.simulation.experiment.Simulation;
import dev.muster.simulation.experiment.TooLarge;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.measure.Outcome;
import dev.muster.simulation.measure.Series;
import dev.muster.simulation.scheduler.SchedulerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The same load in the same cluster under two policies, one after the other. */
final class Comparing {
    private static final double HOUR = 3_600_000.0;
    private static final long SEED = 1;

    private final Recorded.Past past;
    private final Rehearsal asked;
    private final BooleanSupplier stopped;
    private volatile @Nullable Simulation running;
    private volatile int sides;

    Comparing(Recorded.Past past, Rehearsal asked, BooleanSupplier stopped) {
        this.past = past;
        this.asked = asked;
        this.stopped = stopped;
    }

    /** So many percent are done. Only the thread that computes may ask. */
    int percent() {
        Simulation side = running;
        return (int) Math.min(99, 50 * (sides + (side == null ? 0 : side.done())));
    }

    /**
     * Means nothing where it was stopped.
     *
     * @throws Unrehearsed where nothing could run at all, or the simulation broke one of its laws
     */
    Rehearsal.Result result() {
        List<LoadJob> jobs = new ArrayList<>();
        int tooLarge = 0;
        for (LoadJob job : past.load().jobs(SEED)) {
            if (TooLarge.is(job, past.cluster().site())) {
                tooLarge++;
            } else {
                jobs.add(job);
            }
        }
        if (jobs.isEmpty()) {
            throw new Unrehearsed(
                    "All %d jobs of that time are larger than the cluster as it is now".formatted(tooLarge));
        }
        List<String> remarks = new ArrayList<>(past.cluster().remarks());
        if (past.unknown() > 0) {
            remarks.add("%,d jobs never started, so nobody knows how long they run: they are left out"
                    .formatted(past.unknown()));
        }
        if (tooLarge > 0) {
            remarks.add("%,d jobs are larger than the cluster as it is now: they are left out".formatted(tooLarge));
        }
        return new Rehearsal.Result(
                List.copyOf(remarks), side("in force", asked.inForce(), jobs), side("tried", asked.tried(), jobs));
    }

    private Rehearsal.Side side(String name, SortedMap<String, String> policy, List<LoadJob> jobs) {
        Simulation side = new Simulation(
                past.cluster().site(),
                jobs,
                new PolicySpec(name, SchedulerKind.MUSTER, PolicyFields.settings(policy), null),
                SEED,
                past.load().until(jobs));
        running = side;
        try {
            Outcome outcome = side.run(stopped);
            return new Rehearsal.Side(
                    outcome.figures(),
                    outcome.waits(),
                    outcome.series().stream().map(Comparing::point).toList());
        } catch (Broken e) {
            throw new Unrehearsed("The simulation broke a law of its own: " + e.getMessage());
        } finally {
            running = null;
            sides++;
        }
    }

    private static Rehearsal.Point point(Series.Sample sample) {
        return new Rehearsal.Point(
                sample.at() / HOUR, sample.waiting(), sample.nodes() == 0 ? 0 : sample.useful() / sample.nodes());
    }
}
