package dev.muster.controlplane.volcano;

import dev.muster.controlplane.volcano.Scenario.Amounts;
import dev.muster.controlplane.volcano.Scenario.Band;
import dev.muster.controlplane.volcano.Scenario.Machine;
import dev.muster.controlplane.volcano.Scenario.Part;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.load.Stage;
import dev.muster.simulation.market.Latency;
import dev.muster.simulation.market.Market;
import dev.muster.simulation.measure.Meter;
import dev.muster.simulation.scheduler.SchedulerKind;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.OfferingSpec;
import dev.muster.simulation.site.PoolSpec;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteSpec;
import dev.muster.simulation.site.SiteWatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the Volcano of {@code muster simulate} makes of a scenario: every node is a pool of one. */
final class OnSite {
    private static final long A_WEEK = 7 * 24 * 3_600_000L;
    private static final PoolName NOWHERE = new PoolName("nowhere");

    private final Scenario scenario;
    private final Site site;

    private OnSite(Scenario scenario) {
        this.scenario = scenario;
        List<Resources> asked = new ArrayList<>();
        scenario.machines().forEach(machine -> machine.residents().forEach(ask -> asked.add(resources(ask))));
        scenario.bands().forEach(band -> band.parts().forEach(part -> asked.add(resources(part.ask()))));
        this.site = new Site(
                new SiteSpec(
                        scenario.machines().stream().map(OnSite::pool).toList(),
                        List.of(),
                        AutoscalerSpec.NONE,
                        Latency.always(0),
                        0,
                        0),
                asked,
                1,
                A_WEEK,
                new Calendar(),
                new Meter(),
                new SiteWatcher() {});
    }

    /** The gangs that are started. */
    static Set<String> started(Scenario scenario) {
        return new OnSite(scenario).started();
    }

    private Set<String> started() {
        site.open();
        for (int node = 0; node < scenario.machines().size(); node++) {
            Machine machine = scenario.machines().get(node);
            for (int i = 0; i < machine.residents().size(); i++) {
                LoadRole role = new LoadRole(
                        new RoleName("resident"),
                        1,
                        1,
                        resources(machine.residents().get(i)),
                        Set.of(new PoolName(machine.name())));
                Attempt attempt =
                        site.launch(site.arrive(job("%s-r%d".formatted(machine.name(), i), 0, List.of(role))));
                site.bind(attempt, 0, site.nodes().get(node), 1);
            }
        }
        for (Band band : scenario.bands()) {
            site.arrive(job(
                    band.name(),
                    band.level(),
                    band.parts().stream().map(this::role).toList()));
        }
        SchedulerKind.VOLCANO.at(site, PlanSettings.DEFAULT).decide();
        return site.live().stream()
                .filter(attempt -> attempt.bound(0) > 0)
                .map(attempt -> attempt.job.load.id().value())
                .filter(name ->
                        scenario.bands().stream().anyMatch(band -> band.name().equals(name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static LoadJob job(String name, int priority, List<LoadRole> roles) {
        return new LoadJob(
                new JobId(name),
                new QueueName("all"),
                priority,
                false,
                0,
                roles,
                List.of(new Stage(1, 1_000_000)),
                null,
                0,
                0,
                0,
                0);
    }

    private LoadRole role(Part part) {
        Set<PoolName> allowed = scenario.machines().stream()
                .filter(machine ->
                        machine.labels().entrySet().containsAll(part.selector().entrySet()))
                .filter(machine -> part.tolerates() || !machine.tainted())
                .map(machine -> new PoolName(machine.name()))
                .collect(Collectors.toSet());
        return new LoadRole(
                new RoleName(part.role()),
                part.minimum(),
                part.minimum(),
                resources(part.ask()),
                allowed.isEmpty() ? Set.of(NOWHERE) : allowed);
    }

    private static PoolSpec pool(Machine machine) {
        return new PoolSpec(
                new PoolName(machine.name()),
                resources(machine.shape()),
                110,
                1,
                1,
                1,
                List.of(new OfferingSpec(machine.name(), "", false, 1, Market.ENDLESS, Latency.always(0), 0)));
    }

    private static Resources resources(Amounts amounts) {
        Map<String, Long> all = new TreeMap<>();
        all.put("cpu", (long) amounts.cpu());
        all.put("memory", (long) amounts.memory());
        all.put("nvidia.com/gpu", (long) amounts.gpus());
        return Resources.of(all);
    }
}
