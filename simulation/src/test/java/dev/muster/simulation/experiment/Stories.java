package dev.muster.simulation.experiment;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.load.Arrivals;
import dev.muster.simulation.load.Drawn;
import dev.muster.simulation.load.Kind;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.Sizes;
import dev.muster.simulation.market.Latency;
import dev.muster.simulation.market.Market;
import dev.muster.simulation.measure.Outcome;
import dev.muster.simulation.scheduler.SchedulerKind;
import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.OfferingSpec;
import dev.muster.simulation.site.PoolSpec;
import dev.muster.simulation.site.SiteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Small clusters and what arrives in them. */
final class Stories {
    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;
    static final Resources POD = Resources.cpuAndMemory(4_000, 16L << 30);

    private Stories() {}

    /** Node groups of several teams on one offering, of which half cannot be had from the second hour on. */
    static SiteSpec spot(int teams, int nodes, AutoscalerSpec autoscaler) {
        Market market = new Market.Plain(List.of(
                new Market.Step(0, nodes), new Market.Step(2 * HOUR, nodes / 2), new Market.Step(9 * HOUR, nodes)));
        OfferingSpec offering =
                new OfferingSpec("spot", "", true, 0.1, market, new Latency(3 * MINUTE, 5 * MINUTE), 0.05);
        List<PoolSpec> pools = new ArrayList<>();
        for (int team = 0; team < teams; team++) {
            pools.add(new PoolSpec(new PoolName("spot-" + team), POD, 110, 0, nodes, 0, List.of(offering)));
        }
        return new SiteSpec(pools, List.of(), autoscaler, Latency.always(10_000), 2 * MINUTE, 10_000);
    }

    /** Nodes that stay, of four pods each. */
    static SiteSpec fixed(int nodes) {
        OfferingSpec offering = new OfferingSpec("node", "", false, 1, Market.ENDLESS, Latency.always(0), 0);
        PoolSpec pool = new PoolSpec(new PoolName("node"), POD.times(4), 110, nodes, nodes, nodes, List.of(offering));
        return new SiteSpec(List.of(pool), List.of(), AutoscalerSpec.NONE, Latency.always(0), 0, 10_000);
    }

    static Drawn gangs(int teams, double perDay, Map<Integer, Double> sizes, boolean poolOfTeam) {
        Kind kind = new Kind(
                "gang",
                teams,
                new Arrivals.Random(perDay, 0.5, 12 * HOUR),
                new Sizes(new TreeMap<>(sizes)),
                1,
                POD,
                Set.of(),
                poolOfTeam ? "spot" : null,
                null,
                Set.of(),
                new Latency(20 * MINUTE, 60 * MINUTE),
                List.of(),
                1,
                2,
                false,
                HOUR,
                3,
                0.05,
                0);
        return new Drawn(List.of(kind), 12 * HOUR, 24 * HOUR);
    }

    /** Jobs of a driver and four to eight workers, whose second stage needs two. */
    static Drawn elastic(double perDay) {
        Kind kind = new Kind(
                "elastic",
                1,
                new Arrivals.Random(perDay, 0, 0),
                Sizes.always(4),
                8,
                POD,
                Set.of(),
                null,
                Resources.cpuAndMemory(1_000, 1L << 30),
                Set.of(),
                Latency.always(0),
                List.of(new Kind.Part(8, 40 * MINUTE), new Kind.Part(2, 20 * MINUTE)),
                1,
                2,
                false,
                0,
                3,
                0,
                0);
        return new Drawn(List.of(kind), 12 * HOUR, 24 * HOUR);
    }

    static Outcome run(SiteSpec site, Drawn load, SchedulerKind scheduler, long seed) {
        List<LoadJob> jobs =
                load.jobs(seed).stream().filter(job -> !TooLarge.is(job, site)).toList();
        PolicySpec policy = new PolicySpec(scheduler.word(), scheduler, PlanSettings.DEFAULT, null);
        return new Simulation(site, jobs, policy, seed, load.until(jobs)).run(() -> false);
    }
}
