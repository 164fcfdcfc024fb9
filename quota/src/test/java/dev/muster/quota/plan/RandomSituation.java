package dev.muster.quota.plan;

import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingSpec;
import dev.muster.quota.queue.PoolAmounts;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Small worlds by chance: sound trees, mixed pools, gangs of one or two roles, and pods that already run where they fit. */
public final class RandomSituation {
    private final Random random;
    private final int size;
    private final Situation situation = Situation.given();

    private RandomSituation(long seed, int size) {
        this.random = new Random(seed);
        this.size = size;
    }

    /** {@code size} from 1: how many queues, pools, nodes and jobs there may be. */
    public static Situation of(long seed, int size) {
        RandomSituation chance = new RandomSituation(seed + Long.getLong("muster.laws.salt", 0), size);
        chance.nodes();
        chance.queues();
        chance.running();
        chance.pending();
        chance.policy();
        return chance.situation;
    }

    private int upTo(int most) {
        return random.nextInt(most + 1);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private Resources amounts(int most) {
        Map<String, Long> amounts = new TreeMap<>();
        amounts.put("cpu", (long) upTo(most));
        if (oneIn(2)) {
            amounts.put("memory", (long) upTo(most));
        }
        if (oneIn(4)) {
            amounts.put("gpu", (long) upTo(2));
        }
        return Resources.of(amounts);
    }

    private void nodes() {
        int pools = 1 + upTo(2);
        for (int p = 0; p < pools; p++) {
            Resources shape =
                    Resources.of(Map.of("cpu", 1L + upTo(8), "memory", 1L + upTo(8), "gpu", oneIn(3) ? 2L : 0L));
            int count = 1 + upTo(size);
            for (int n = 0; n < count; n++) {
                situation.nodes.add(new Node(
                        new NodeName("p" + p + "-" + n),
                        new PoolName("p" + p),
                        Map.of(
                                "pool",
                                "p" + p,
                                "half",
                                n % 2 == 0 ? "left" : "right",
                                "topology.kubernetes.io/zone",
                                n % 3 == 0 ? "z1" : "z2"),
                        List.of(),
                        shape,
                        oneIn(4) ? Resources.of("cpu", 1) : Resources.NONE,
                        1 + upTo(6),
                        upTo(1),
                        !oneIn(8)));
            }
        }
    }

    /** Full nodes, which one queue holds, and two that take back what they deserve or go before others inside it. */
    static Situation crowded(long seed, int size) {
        RandomSituation chance = new RandomSituation(seed + Long.getLong("muster.laws.salt", 0), size);
        chance.crowd();
        return chance.situation;
    }

    private void crowd() {
        Resources all = Resources.of("cpu", 8L * (size + 1));
        for (String name : List.of("q0", "q1", "q2")) {
            Resources deserved = Resources.of("cpu", 1 + upTo(4 * (size + 1)));
            situation.queues.add(
                    new QueueSpec(new QueueName(name), null, Resources.NONE, deserved, all, 1, QueueState.OPEN));
        }
        for (int n = 0; n <= size; n++) {
            NodeName node = new NodeName("p0-" + n);
            situation.nodes.add(new Node(
                    node,
                    new PoolName("p0"),
                    Map.of("pool", "p0", "half", n % 2 == 0 ? "left" : "right"),
                    List.of(),
                    Resources.of(Map.of("cpu", 8L, "memory", 8L)),
                    Resources.NONE,
                    10,
                    0,
                    true));
            for (int j = 0; j < 4; j++) {
                Ask ask = new Ask(
                        new RoleName("role0"), 1, 1 + upTo(1), Resources.of("cpu", 2), NodeAffinity.ANY, List.of());
                situation.live.add(new LiveAttempt(
                        new AttemptId(new JobId("r" + n + "-" + j), 1),
                        new QueueName(oneIn(4) ? "q1" : "q0"),
                        oneIn(4) ? 10 : 2,
                        Situation.NOON.minusSeconds(upTo(3600)),
                        List.of(new LiveAttempt.Held(ask.role(), new PoolName("p0"), node, ask.pod(), 1)),
                        List.of(ask),
                        oneIn(8) ? Traits.PLAIN.withRunTime(Duration.ofMinutes(upTo(90))) : Traits.PLAIN,
                        null));
            }
        }
        pending();
        situation.settings = PlanSettings.DEFAULT
                .with(new PlanSettings.Backfill(upTo(2), upTo(3)))
                .with(PlanSettings.Eviction.ON)
                .withElastic(oneIn(3));
    }

    /** The same with the promises of some attempts forgotten, as after a restart. */
    static Situation forgetful(long seed, int size) {
        Situation situation = of(seed, size);
        Random random = new Random(seed);
        situation.live.replaceAll(attempt -> random.nextInt(3) > 0
                ? attempt
                : new LiveAttempt(
                        attempt.id(),
                        attempt.queue(),
                        attempt.priority(),
                        attempt.since(),
                        attempt.pods().stream()
                                .map(pods ->
                                        new LiveAttempt.Held(pods.role(), pods.pool(), null, pods.pod(), pods.count()))
                                .toList()));
        return situation;
    }

    /** One whose pools may grow. */
    static Situation growing(long seed, int size) {
        Situation situation = of(seed, size);
        Random random = new Random(seed);
        List<PoolName> pools =
                situation.nodes.stream().map(Node::pool).distinct().sorted().toList();
        for (int e = 0; e < 1 + random.nextInt(3); e++) {
            PoolName pool = pools.get(random.nextInt(pools.size()));
            Node like = situation.nodes.stream()
                    .filter(node -> node.pool().equals(pool))
                    .findFirst()
                    .orElseThrow();
            BreakerState state = BreakerState.values()[random.nextInt(3)];
            int holders = random.nextInt(2);
            Map<String, String> labels = new HashMap<>(like.labels());
            labels.put("topology.kubernetes.io/zone", "z" + e);
            situation.expansions.add(new Expansion(
                    new OfferingSpec(
                            Offering.of(pool, labels),
                            like.allocatable(),
                            like.maxPods(),
                            labels,
                            like.taints(),
                            0,
                            1_000,
                            null),
                    random.nextInt(size + 1),
                    holders * random.nextInt(3),
                    holders,
                    state,
                    null,
                    Duration.ofMinutes(5),
                    0.5,
                    random.nextInt(3)));
        }
        situation.settings = situation.settings.with(new PlanSettings.Permits(1 + random.nextInt(2)));
        return situation;
    }

    private void queues() {
        int roots = 1 + upTo(2);
        for (int q = 0; q < roots; q++) {
            queue("q" + q, null, 10, 2);
        }
    }

    private void queue(String name, QueueName parent, int most, int depth) {
        long deserved = upTo(most);
        long guarantee = oneIn(2) ? upTo((int) deserved) : 0;
        Resources capability = oneIn(2) ? Resources.limit(Map.of("cpu", deserved + upTo(10))) : null;
        situation.queues.add(new QueueSpec(
                new QueueName(name),
                parent,
                Resources.of("cpu", guarantee),
                Resources.of("cpu", deserved),
                capability,
                1 + upTo(2),
                oneIn(15) ? QueueState.DRAINING : oneIn(15) ? QueueState.CLOSED : QueueState.OPEN,
                List.of(),
                oneIn(6) ? Map.of("cpu", 1 + upTo(4)) : Map.of(),
                oneIn(4) ? pools() : Map.of(),
                oneIn(8)));
        int children = depth == 0 || oneIn(2) ? 0 : 1 + upTo(2);
        long guaranteeLeft = guarantee;
        long deservedLeft = deserved;
        for (int c = 0; c < children; c++) {
            int before = situation.queues.size();
            queue(name + "-" + c, new QueueName(name), (int) Math.min(guaranteeLeft, deservedLeft), depth - 1);
            guaranteeLeft -= situation.queues.get(before).guarantee().amount("cpu");
            deservedLeft -= situation.queues.get(before).deserved().amount("cpu");
        }
    }

    private Map<PoolName, PoolAmounts> pools() {
        Map<PoolName, PoolAmounts> pools = new TreeMap<>();
        situation.nodes.stream()
                .map(Node::pool)
                .distinct()
                .filter(pool -> oneIn(2))
                .forEach(pool -> {
                    long guarantee = oneIn(2) ? 0 : upTo(2);
                    long deserved = guarantee + upTo(4);
                    boolean says = !oneIn(2);
                    pools.put(
                            pool,
                            new PoolAmounts(
                                    Resources.of("cpu", guarantee),
                                    says ? Resources.limit(Map.of("cpu", deserved)) : null,
                                    oneIn(2) ? null : Resources.limit(Map.of("cpu", deserved + upTo(6))),
                                    says ? Map.of("cpu", 1 + (int) (deserved % 3)) : Map.of()));
                });
        return pools;
    }

    private QueueName anyLeaf() {
        List<QueueName> leaves = new ArrayList<>();
        for (QueueSpec queue : situation.queues) {
            if (situation.queues.stream().noneMatch(other -> queue.name().equals(other.parent()))) {
                leaves.add(queue.name());
            }
        }
        return leaves.get(random.nextInt(leaves.size()));
    }

    /** Jobs that an earlier plan launched: so what runs is possible. */
    private void running() {
        int jobs = upTo(size * 2);
        Situation before = Situation.given();
        before.nodes.addAll(situation.nodes);
        before.queues.addAll(situation.queues);
        for (int j = 0; j < jobs; j++) {
            before.pending.add(job("r" + j));
        }
        before.settings = PlanSettings.DEFAULT;
        Situation grown = Aftermath.of(before, before.whenPlanned().plan());
        grown.pending.clear();
        grown.settings = PlanSettings.DEFAULT.withElastic(oneIn(2));
        for (LiveAttempt attempt : Aftermath.of(grown, grown.whenPlanned().plan()).live) {
            situation.live.add(new LiveAttempt(
                    attempt.id(),
                    attempt.queue(),
                    attempt.priority(),
                    Situation.NOON.minusSeconds(upTo(3600)),
                    attempt.pods(),
                    attempt.roles(),
                    attempt.traits(),
                    null));
        }
    }

    private void pending() {
        int jobs = 1 + upTo(size * 2);
        for (int j = 0; j < jobs; j++) {
            situation.pending.add(job("j" + j));
        }
    }

    private void policy() {
        situation.settings = PlanSettings.DEFAULT.with(new PlanSettings.Backfill(upTo(2), upTo(3)));
        if (oneIn(2)) {
            situation.settings = situation.settings.with(PlanSettings.Eviction.ON);
        }
        situation.settings = situation.settings.withElastic(oneIn(3));
        if (oneIn(3)) {
            situation.settings = situation.settings.with(new PlanSettings.Aging(upTo(3), upTo(10)));
        }
    }

    private Traits traits() {
        Traits traits = oneIn(2) ? Traits.PLAIN : Traits.PLAIN.withRunTime(java.time.Duration.ofMinutes(upTo(60)));
        traits = oneIn(8) ? traits.withOneZone() : traits;
        traits = oneIn(3) ? traits.withPreemption() : traits;
        return oneIn(4) ? traits.withPassed(upTo(4)) : traits;
    }

    private PendingJob job(String id) {
        List<Ask> asks = new ArrayList<>();
        int roles = oneIn(3) ? 2 : 1;
        for (int r = 0; r < roles; r++) {
            NodeAffinity affinity = oneIn(4) ? Situation.label("half", oneIn(2) ? "left" : "right") : NodeAffinity.ANY;
            int minimum = 1 + upTo(3);
            int maximum = minimum + (oneIn(3) ? upTo(4) : 0);
            asks.add(new Ask(new RoleName("role" + r), minimum, maximum, amounts(4), affinity, List.of()));
        }
        return new PendingJob(
                new JobId(id),
                anyLeaf(),
                oneIn(3) ? 10 : 2,
                Situation.NOON.minusSeconds(upTo(5)),
                asks,
                oneIn(10) ? Map.of(new PoolName("p0"), Situation.NOON.plusSeconds(30)) : Map.of(),
                traits());
    }
}
