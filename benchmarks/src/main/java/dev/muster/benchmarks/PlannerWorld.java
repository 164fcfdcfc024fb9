package dev.muster.benchmarks;

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
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.policy.Policy;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A cluster for the planner, by a fixed seed: nodes of 32 cpu and 128 Gi in ten pools (every tenth pool with 8 GPUs), filled to
 * {@code full} by jobs of ten equal pods scattered at random, a tree of parents with ten leaves each.
 */
record PlannerWorld(int nodes, double full, int runningJobs, int pending, int shapes, int queues) {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int POOLS = 10;
    /** So many that about 200 gangs of ten pods must go, whose nodes have some room besides. */
    private static final int RECLAIMED_PODS = 1_800;

    private static final PlanSettings.Eviction EVICTION =
            new PlanSettings.Eviction(true, true, Duration.ZERO, Duration.ZERO, 3, 1_000);
    static final PlannerWorld USUAL = new PlannerWorld(1_000, 0.8, 2_000, 10_000, 500, 100);
    static final PlannerWorld FRAGMENTED = new PlannerWorld(10_000, 0.95, 20_000, 100_000, 5_000, 1_000);
    static final PlannerWorld NONE_ALIKE = new PlannerWorld(10_000, 0.95, 20_000, 100_000, 0, 1_000);

    /** Nothing can start. */
    static PlannerWorld full(int pending) {
        return new PlannerWorld(1_000, 1.0, 2_000, pending, 100, 100);
    }

    /** The same cluster, where everybody holds more than they deserve but one, whose gang needs what 200 others hold. */
    Snapshot snapshotWithReclaim() {
        Snapshot plain = snapshot();
        QueueName owner = new QueueName("owner");
        List<QueueSpec> queues = new ArrayList<>();
        plain.queues()
                .forEach(queue -> queues.add(
                        queue(queue.name(), queue.parent(), queue.deserved().amount(Resources.CPU) / 4)));
        Resources half = Resources.cpuAndMemory(nodes * 16_000L, nodes * (64L << 30));
        queues.add(new QueueSpec(owner, null, Resources.NONE, half, half, 1, QueueState.OPEN));
        Ask asked = new Ask(
                new RoleName("worker"),
                RECLAIMED_PODS,
                RECLAIMED_PODS,
                Resources.cpuAndMemory(3_400, 1L << 30),
                NodeAffinity.ANY,
                List.of());
        List<PendingJob> pending = new ArrayList<>(plain.pending());
        pending.add(new PendingJob(new JobId("taker"), owner, 2, NOW.minusSeconds(86_400), List.of(asked), Map.of()));
        return new Snapshot(
                NOW, queues, plain.nodes(), pending, whoMayGiveWay(plain), PlanSettings.DEFAULT.with(EVICTION));
    }

    /** The same cluster by the standard policy: who waits may take from others, and all that run may give way. */
    Snapshot snapshotByStandardPolicy() {
        Snapshot plain = snapshot();
        return new Snapshot(
                NOW,
                plain.queues(),
                plain.nodes(),
                plain.pending(),
                whoMayGiveWay(plain),
                Policy.standard().settings());
    }

    private static List<LiveAttempt> whoMayGiveWay(Snapshot plain) {
        List<LiveAttempt> live = new ArrayList<>();
        for (LiveAttempt attempt : plain.live()) {
            Ask ask = new Ask(
                    new RoleName("worker"), 10, 10, attempt.pods().get(0).pod(), NodeAffinity.ANY, List.of());
            live.add(new LiveAttempt(
                    attempt.id(),
                    attempt.queue(),
                    attempt.priority(),
                    attempt.since(),
                    attempt.pods(),
                    List.of(ask),
                    attempt.traits(),
                    null));
        }
        return live;
    }

    Snapshot snapshot() {
        Random random = new Random(1);
        List<QueueSpec> tree = tree();
        List<QueueName> leaves = tree.stream()
                .map(QueueSpec::name)
                .filter(name -> name.value().contains("-"))
                .toList();
        long[] freeCpu = new long[nodes];
        long[] freeMemory = new long[nodes];
        List<Node> all = new ArrayList<>();
        for (int n = 0; n < nodes; n++) {
            freeCpu[n] = 32_000;
            freeMemory[n] = 128L << 30;
            int pool = n % POOLS;
            all.add(new Node(
                    node(n),
                    new PoolName("pool-" + pool),
                    Map.of("pool", "pool-" + pool, "kubernetes.io/hostname", "node-" + n),
                    List.of(),
                    Resources.of(Map.of("cpu", 32_000L, "memory", 128L << 30, "nvidia.com/gpu", pool == 0 ? 8L : 0L)),
                    Resources.NONE,
                    110,
                    0,
                    true));
        }
        return new Snapshot(
                NOW,
                tree,
                all,
                waiting(random, leaves),
                running(random, leaves, freeCpu, freeMemory),
                PlanSettings.DEFAULT);
    }

    private static NodeName node(int number) {
        return new NodeName("node-%06d".formatted(number));
    }

    private List<QueueSpec> tree() {
        List<QueueSpec> tree = new ArrayList<>();
        int parents = Math.max(1, queues / 10);
        long cpu = nodes * 32_000L;
        for (int p = 0; p < parents; p++) {
            QueueName parent = new QueueName("org%04d".formatted(p));
            tree.add(queue(parent, null, cpu / parents));
            for (int leaf = 0; leaf < queues / parents; leaf++) {
                tree.add(queue(new QueueName(parent + "-" + leaf), parent, cpu / queues));
            }
        }
        return tree;
    }

    private static QueueSpec queue(QueueName name, QueueName parent, long cpu) {
        return new QueueSpec(
                name,
                parent,
                Resources.of("cpu", cpu / 100),
                Resources.of("cpu", cpu),
                Resources.of("cpu", cpu * 20),
                1,
                QueueState.OPEN);
    }

    /** Jobs of ten pods each, on random nodes that have room, until the cluster is as full as it shall be. */
    private List<LiveAttempt> running(Random random, List<QueueName> leaves, long[] freeCpu, long[] freeMemory) {
        double podsPerNode = runningJobs * 10.0 / nodes;
        long cpu = (long) (32_000 * full / podsPerNode);
        long memory = (long) ((128L << 30) * full / podsPerNode);
        List<LiveAttempt> running = new ArrayList<>();
        for (int j = 0; j < runningJobs; j++) {
            List<LiveAttempt.Held> pods = new ArrayList<>();
            long podCpu = (long) (cpu * (0.5 + random.nextDouble()));
            long podMemory = (long) (memory * (0.5 + random.nextDouble()));
            Resources pod = Resources.cpuAndMemory(podCpu, podMemory);
            for (int p = 0; p < 10; p++) {
                int at = random.nextInt(nodes);
                for (int tried = 0; tried < 100 && (freeCpu[at] < podCpu || freeMemory[at] < podMemory); tried++) {
                    at = random.nextInt(nodes);
                }
                freeCpu[at] -= podCpu;
                freeMemory[at] -= podMemory;
                pods.add(new LiveAttempt.Held(
                        new RoleName("worker"), new PoolName("pool-" + at % POOLS), node(at), pod, 1));
            }
            running.add(new LiveAttempt(
                    new AttemptId(new JobId("run%08d".formatted(j)), 1),
                    leaves.get(random.nextInt(leaves.size())),
                    2,
                    NOW.minusSeconds(random.nextInt(36_000)),
                    pods));
        }
        return running;
    }

    /** {@code shapes} 0: no two alike. Equal jobs share one list of roles, as they do in the service. */
    private List<PendingJob> waiting(Random random, List<QueueName> leaves) {
        List<List<Ask>> asks = new ArrayList<>();
        for (int s = 0; s < shapes; s++) {
            asks.add(List.of(ask(random)));
        }
        List<PendingJob> waiting = new ArrayList<>();
        for (int j = 0; j < pending; j++) {
            waiting.add(new PendingJob(
                    new JobId("job%08d".formatted(j)),
                    leaves.get(random.nextInt(leaves.size())),
                    random.nextInt(10) == 0 ? 10 : 2,
                    NOW.minusSeconds(random.nextInt(86_400)),
                    shapes == 0 ? List.of(ask(random)) : asks.get(random.nextInt(shapes)),
                    Map.of()));
        }
        return waiting;
    }

    /** Gangs of 5 to 100 pods of 4 to 16 cpu: what a nearly full cluster has little room for. */
    private static Ask ask(Random random) {
        int pods = 5 + random.nextInt(96);
        long cpu = 4_000 + random.nextInt(12_000);
        long memory = (8L << 30) + random.nextInt(1 << 30) * 40L;
        NodeAffinity affinity = NodeAffinity.ANY;
        if (random.nextInt(3) == 0) {
            String pool = "pool-" + random.nextInt(POOLS);
            affinity = new NodeAffinity(
                    List.of(new NodeAffinity.Term(
                            List.of(new NodeAffinity.Expression("pool", NodeAffinity.Operator.IN, List.of(pool))))),
                    List.of());
        }
        return new Ask(new RoleName("worker"), pods, pods, Resources.cpuAndMemory(cpu, memory), affinity, List.of());
    }
}
