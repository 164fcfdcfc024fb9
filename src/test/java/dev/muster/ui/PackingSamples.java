package dev.muster.ui;

import dev.muster.job.Series;
import dev.muster.quota.fragmentation.Fragmentation;
import dev.muster.quota.fragmentation.Load;
import dev.muster.quota.fragmentation.Shape;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.plan.Traits;
import dev.muster.quota.resource.Resources;
import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Holder;
import dev.muster.quota.usage.Holding;
import dev.muster.quota.usage.NodePrice;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.Prices;
import dev.muster.quota.usage.ScalingCurve;
import dev.muster.quota.usage.SizedRun;
import dev.muster.quota.usage.Usage;
import dev.muster.report.Packing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the pages of usage and packing show, some of it with names that would like to be markup. */
final class PackingSamples {
    private static final Resources NODE = Resources.cpuAndMemory(32_000, 128L << 30);
    private static final Resources POD = Resources.cpuAndMemory(5_000, 10L << 30);
    private static final PoolName POOL = new PoolName("spot-a");
    private static final NodePrice PRICE = new NodePrice(Instant.EPOCH, new BigDecimal("1.6"), NODE);

    private PackingSamples() {}

    /** Of a job whose name cannot be so, to be sure. */
    static ScalingPage scaling() {
        List<SizedRun> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Instant end = Samples.NOW.plus(Duration.ofMinutes(60 / (1 + i % 4)));
            SizedRun.Held held = new SizedRun.Held(POOL, POD, 10 * (1 + i % 4), Samples.NOW, end);
            runs.add(new SizedRun(Samples.NOW, end, List.of(held)));
        }
        return ScalingPage.of(
                Samples.frame("Scaling", "usage"),
                new Series(new TeamName("vision"), Samples.HOSTILE),
                ScalingCurve.of(runs, new Prices(Map.of(POOL, List.of(PRICE)))));
    }

    static UsagePage usage() {
        Instant end = Samples.NOW.plus(Duration.ofMillis(1));
        Period period = new Period(Instant.parse("2026-11-08T00:00:00Z"), end);
        Prices prices = new Prices(Map.of(POOL, List.of(PRICE)));
        Usage users = new Usage(period, List.of(Dimension.USER), prices);
        Usage days = new Usage(period, List.of(Dimension.DAY), prices);
        for (int i = 0; i < 60; i++) {
            Instant since = period.from().plus(Duration.ofHours(5L * i));
            Holding held = new Holding(
                    new Holder(
                            new TeamName("vision"),
                            new QueueName("q"),
                            i % 9 == 0 ? Samples.HOSTILE : "user-" + i,
                            "t"),
                    i % 7 == 0 ? new PoolName("unpriced") : POOL,
                    POD.times(1 + i % 5),
                    since,
                    since.plus(Duration.ofHours(4)),
                    i % 4 == 0 ? since.plus(Duration.ofHours(1)) : null);
            users.add(held);
            days.add(held);
        }
        return UsagePage.of(Samples.frame("Usage", "usage"), UsagePage.Wanted.of("user", "14"), users, days);
    }

    static UsagePage unused() {
        Period period = new Period(Samples.NOW.minus(Duration.ofDays(7)), Samples.NOW);
        Prices prices = new Prices(Map.of());
        return UsagePage.of(
                Samples.frame("Usage", "usage"),
                UsagePage.Wanted.of("<script>", "-1"),
                new Usage(period, List.of(Dimension.TEAM), prices),
                new Usage(period, List.of(Dimension.DAY), prices));
    }

    static PackingPage packing() {
        List<Node> nodes = new ArrayList<>();
        List<LiveAttempt> live = new ArrayList<>();
        RoleName role = new RoleName("executor");
        for (int i = 0; i < 40; i++) {
            NodeName name = new NodeName("node-" + i);
            nodes.add(new Node(name, POOL, Map.of(), List.of(), NODE, Resources.NONE, 110, 0, i != 13));
            int pods = i % 8;
            if (pods > 0 && i != 13) {
                live.add(new LiveAttempt(
                        new AttemptId(new JobId("01%024d".formatted(i)), 1),
                        new QueueName("q"),
                        2,
                        Samples.NOW,
                        List.of(
                                new LiveAttempt.Held(role, POOL, new NodeName("node-" + (i + 1) % 40), POD, 1),
                                new LiveAttempt.Held(role, POOL, name, POD, Math.min(5, pods))),
                        List.of(new Ask(role, 1, 50, POD, NodeAffinity.ANY, List.of())),
                        Traits.PLAIN,
                        null));
            }
        }
        Snapshot snapshot = new Snapshot(Samples.NOW, List.of(), nodes, List.of(), live, PlanSettings.DEFAULT);
        Load load = Load.of(Map.of(new Shape(POD, NodeAffinity.ANY, List.of()), 3L));
        Map<PoolName, NodePrice> prices = Map.of(POOL, PRICE);
        return PackingPage.of(
                Samples.frame("Packing", "packing"),
                new Packing.Found(Fragmentation.of(snapshot, load, prices), snapshot, prices, 0));
    }

    static PackingPage unplanned() {
        return PackingPage.of(Samples.frame("Packing", "packing"), null);
    }
}
