package dev.muster.quota.fragmentation;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.plan.Traits;
import dev.muster.quota.resource.Resources;
import dev.muster.quota.usage.NodePrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nodes of one pool and what runs on them, put together for a test. */
public final class Cluster {
    public static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    public static final PoolName POOL = new PoolName("big");
    public static final Resources NODE = Resources.cpuAndMemory(32_000, 128L << 30);
    public static final Map<PoolName, NodePrice> PRICES =
            Map.of(POOL, new NodePrice(Instant.EPOCH, new BigDecimal("1.6"), NODE));
    private static final RoleName ROLE = new RoleName("executor");

    private final List<Node> nodes = new ArrayList<>();
    private final List<LiveAttempt> live = new ArrayList<>();

    public Cluster nodes(int count) {
        return nodes(count, NODE, Resources.NONE);
    }

    public Cluster nodes(int count, Resources allocatable, Resources overhead) {
        for (int i = 0; i < count; i++) {
            nodes.add(new Node(
                    new NodeName("node-" + nodes.size()),
                    POOL,
                    Map.of("muster.dev/pool", POOL.value()),
                    List.of(),
                    allocatable,
                    overhead,
                    110,
                    overhead.isZero() ? 0 : 3,
                    true));
        }
        return this;
    }

    public Cluster notReady(int node) {
        nodes.set(node, nodes.get(node).withReady(false));
        return this;
    }

    /** A job whose gang is {@code minimum} pods; {@code onNodes} says on which nodes its pods are, the gang's first. */
    public Cluster job(int number, int minimum, int cpus, int... onNodes) {
        Resources pod = Resources.cpuAndMemory(cpus * 1000L, (long) cpus << 32);
        List<LiveAttempt.Held> held = new ArrayList<>();
        for (int node : onNodes) {
            held.add(new LiveAttempt.Held(ROLE, POOL, new NodeName("node-" + node), pod, 1));
        }
        live.add(new LiveAttempt(
                new AttemptId(job(number), 1),
                new QueueName("all"),
                2,
                NOW.minusSeconds(3600),
                held,
                List.of(new Ask(ROLE, minimum, 100, pod, NodeAffinity.ANY, List.of())),
                Traits.PLAIN,
                null));
        return this;
    }

    /** Every job has run for so many seconds only. */
    public Cluster startedBefore(int seconds) {
        live.replaceAll(attempt -> new LiveAttempt(
                attempt.id(),
                attempt.queue(),
                attempt.priority(),
                NOW.minusSeconds(seconds),
                attempt.pods(),
                attempt.roles(),
                attempt.traits(),
                attempt.checkpoint()));
        return this;
    }

    public static JobId job(int number) {
        return new JobId("01%024d".formatted(number));
    }

    public Snapshot snapshot() {
        return new Snapshot(NOW, List.of(), nodes, List.of(), live, PlanSettings.DEFAULT);
    }

    public static Shape shape(int cpus, int gib) {
        return new Shape(Resources.cpuAndMemory(cpus * 1000L, (long) gib << 30), NodeAffinity.ANY, List.of());
    }
}
