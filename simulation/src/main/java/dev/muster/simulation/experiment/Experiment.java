package dev.muster.simulation.experiment;

import dev.muster.simulation.load.Load;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.measure.Estimate;
import dev.muster.simulation.measure.Measure;
import dev.muster.simulation.measure.Outcome;
import dev.muster.simulation.site.SiteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Every policy on every seed; what is done so far can be read whenever one wants to stop. */
public final class Experiment {
    private final SiteSpec site;
    private final Load load;
    private final List<PolicySpec> policies;
    private final int seeds;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> tooLarge = new ArrayList<>();

    public Experiment(SiteSpec site, Load load, List<PolicySpec> policies, int seeds) {
        this.site = site;
        this.load = load;
        this.policies = List.copyOf(policies);
        this.seeds = seeds;
    }

    /** Seed after seed, so that whatever was done when it is stopped compares the policies fairly. */
    public void run(Consumer<String> progress, BooleanSupplier stopped) {
        for (int seed = 1; seed <= seeds && !stopped.getAsBoolean(); seed++) {
            List<LoadJob> jobs = new ArrayList<>();
            for (LoadJob job : load.jobs(seed)) {
                if (!TooLarge.is(job, site)) {
                    jobs.add(job);
                } else if (seed == 1) {
                    tooLarge.add(job.id().value());
                }
            }
            for (PolicySpec policy : policies) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                progress.accept("%s, seed %d of %d, %,d jobs".formatted(policy.name(), seed, seeds, jobs.size()));
                Outcome outcome = new Simulation(site, jobs, policy, seed, load.until(jobs)).run(stopped);
                if (!stopped.getAsBoolean()) {
                    outcomes.add(outcome);
                }
            }
        }
    }

    public List<PolicySpec> policies() {
        return policies;
    }

    public List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Jobs of the first seed that the cluster cannot hold at all. */
    public List<String> tooLarge() {
        return List.copyOf(tooLarge);
    }

    public Estimate estimate(String policy, Measure measure) {
        return Estimate.of(outcomes.stream()
                .filter(outcome -> outcome.policy().equals(policy))
                .map(outcome -> outcome.figure(measure))
                .toList());
    }
}
