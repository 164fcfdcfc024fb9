package dev.muster.cli.scenario;

import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.NodeAffinity.Expression;
import dev.muster.quota.node.NodeAffinity.Operator;
import dev.muster.quota.node.NodeAffinity.Preferred;
import dev.muster.quota.node.NodeAffinity.Term;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.offering.CapacityType;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingSpec;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.Expansion;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.LiveAttempt.Held;
import dev.muster.quota.plan.PastLaunch;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.RandomSituation;
import dev.muster.quota.plan.Situation;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.plan.Traits;
import dev.muster.quota.policy.PolicyField;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.quota.queue.Limit;
import dev.muster.quota.queue.PoolAmounts;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A world by chance in which everything that a snapshot can say is said, with the oddest words. */
final class OddWorld {
    private static final List<String> TEXTS = List.of(
            "a",
            "~",
            "null",
            "yes",
            "1",
            "a: b",
            "a #b",
            "\"",
            "'",
            "\\",
            "\n\t\r",
            "é",
            "💥",
            " x ",
            "",
            "- a",
            "{",
            "]",
            "\u0000",
            "\u200f\ufeff",
            "*a",
            "&b",
            "!c",
            "%",
            "@",
            "`",
            "a:",
            "|",
            ">");
    private static final List<String> RESOURCES =
            List.of("cpu", "memory", "nvidia.com/gpu", "ephemeral-storage", "hugepages-2Mi", "gpu", "gpus", "odd name");

    private final Random random;

    private OddWorld(long seed) {
        this.random = new Random(seed);
    }

    static Snapshot of(long seed, int size) {
        OddWorld odd = new OddWorld(seed);
        Situation plain = RandomSituation.of(seed, size);
        List<QueueSpec> queues = plain.queues.stream().map(odd::queue).toList();
        Map<QueueName, Resources> use = new HashMap<>();
        queues.stream().filter(queue -> odd.oneIn(4)).forEach(queue -> use.put(queue.name(), odd.amounts()));
        return new Snapshot(
                odd.oneIn(2) ? plain.now : plain.now.plusNanos(1),
                queues,
                plain.nodes.stream().map(odd::node).toList(),
                plain.pending.stream().map(odd::pending).toList(),
                plain.live.stream().map(odd::live).toList(),
                odd.settings(),
                use,
                odd.upTo(3),
                odd.growth(plain),
                queues.stream()
                        .filter(queue -> odd.oneIn(5)
                                && queues.stream()
                                        .noneMatch(other -> queue.name().equals(other.parent())))
                        .map(queue -> odd.launch(queue.name(), plain.now))
                        .toList(),
                queues.stream()
                        .filter(queue -> odd.oneIn(5))
                        .collect(Collectors.toMap(QueueSpec::name, queue -> odd.around(plain.now))));
    }

    private PastLaunch launch(QueueName queue, Instant now) {
        return new PastLaunch(queue, oneIn(2) ? "" : any(TEXTS), maybe(new PriorityClassName("rush")), around(now));
    }

    private List<Expansion> growth(Situation plain) {
        List<Expansion> growth = new ArrayList<>();
        for (PoolName pool : new TreeSet<>(plain.nodes.stream().map(Node::pool).toList())) {
            if (oneIn(2)) {
                int least = upTo(3);
                Map<String, String> labels = new HashMap<>();
                if (oneIn(2)) {
                    labels.put("muster.dev/pool", oneIn(4) ? "odd" : pool.value());
                }
                if (oneIn(2)) {
                    labels.put("topology.kubernetes.io/zone", "z 1");
                }
                growth.add(new Expansion(
                        new OfferingSpec(
                                new Offering(
                                        pool, any(List.of(CapacityType.values())), oneIn(2) ? "" : "z1", "m5.large"),
                                amounts(),
                                1 + upTo(200),
                                labels,
                                List.of(),
                                least,
                                least + upTo(9),
                                maybe(new BigDecimal("0.120"))),
                        upTo(9),
                        upTo(9),
                        upTo(9),
                        any(List.of(BreakerState.values())),
                        maybe(plain.now.plusSeconds(upTo(9_000))),
                        Duration.ofSeconds(upTo(9_000)),
                        (1 + upTo(99)) / 100.0,
                        upTo(9)));
            }
        }
        return growth;
    }

    private int upTo(int most) {
        return random.nextInt(most + 1);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private <T> @Nullable T maybe(T some) {
        return oneIn(2) ? some : null;
    }

    private Resources amounts() {
        Map<String, Long> amounts = new TreeMap<>();
        for (int i = upTo(3); i >= 0; i--) {
            amounts.put(any(RESOURCES), oneIn(9) ? Long.MAX_VALUE : random.nextLong(1L << (1 + upTo(60))));
        }
        return Resources.of(amounts);
    }

    private Resources limit() {
        Map<String, Long> amounts = new TreeMap<>(amounts().asMap());
        amounts.put(any(RESOURCES), 0L);
        return Resources.limit(amounts);
    }

    private Instant around(Instant at) {
        return oneIn(3) ? at.minusNanos(1 + upTo(999_999_999)) : at.minusSeconds(upTo(200_000));
    }

    private PlanSettings settings() {
        Map<String, String> values = new HashMap<>();
        for (PolicyField field : PolicyFields.ALL) {
            if (oneIn(2)) {
                values.put(
                        field.path(),
                        switch (field.type()) {
                            case WHOLE_NUMBER ->
                                Long.toString(field.least() + upTo((int) (field.most() - field.least())));
                            case LENGTH_OF_TIME -> field.least() + upTo((int) (field.most() - field.least())) + "s";
                            case PERCENTAGE -> field.least() + upTo((int) (field.most() - field.least())) + "%";
                            case CHOICE -> field.words().get(upTo(field.words().size() - 1));
                            case SWITCH -> Boolean.toString(oneIn(2));
                        });
            }
        }
        return PolicyFields.settings(values);
    }

    private QueueSpec queue(QueueSpec queue) {
        List<Limit> limits = IntStream.range(0, oneIn(3) ? 2 : 0)
                .mapToObj(i -> new Limit(
                        true, maybe(new PriorityClassName("rush")), maybe(upTo(5)), maybe(limit()), maybe(upTo(5))))
                .toList();
        return queue.withLimits(limits)
                .withWeights(oneIn(4) ? Map.of(any(RESOURCES), 1 + upTo(9)) : Map.of())
                .withFence(oneIn(5))
                .withPools(oneIn(4) ? Map.of(new PoolName("p0"), poolAmounts()) : Map.of());
    }

    private PoolAmounts poolAmounts() {
        Resources deserved = maybe(limit());
        Map<String, Integer> weights = new TreeMap<>();
        if (deserved != null && oneIn(2)) {
            deserved.names().forEach(name -> weights.put(name, 1 + upTo(9)));
        }
        return new PoolAmounts(amounts(), deserved, maybe(limit()), weights);
    }

    private Node node(Node node) {
        Map<String, String> labels = new TreeMap<>(node.labels());
        if (oneIn(2)) {
            labels.put("kubernetes.io/hostname", oneIn(2) ? node.name().value() : any(TEXTS));
        }
        if (oneIn(2)) {
            labels.put("muster.dev/pool", oneIn(3) ? any(TEXTS) : node.pool().value());
        }
        if (oneIn(3)) {
            labels.put(any(List.of("zone", "labels", "weight", "odd/key", "~")), any(TEXTS));
        }
        if (oneIn(5)) {
            labels.remove("topology.kubernetes.io/zone");
        }
        return new Node(
                node.name(),
                node.pool(),
                labels,
                oneIn(4)
                        ? List.of(new Taint(
                                "spot", maybe("true") == null ? "" : "true", any(List.of(TaintEffect.values()))))
                        : List.of(),
                oneIn(3) ? amounts() : node.allocatable(),
                oneIn(3) ? amounts() : node.overhead(),
                oneIn(2) ? 110 : upTo(200),
                upTo(2),
                !oneIn(5));
    }

    private Traits traits(Traits plain) {
        Duration runTime = oneIn(2)
                ? null
                : oneIn(3) ? Duration.ofNanos(random.nextLong(1L << 50)) : Duration.ofSeconds(upTo(1_000_000));
        PriorityClassName name =
                oneIn(2) ? null : new PriorityClassName(any(List.of("routine", "rush", "own", "own-other")));
        return new Traits(any(TEXTS), name, plain.mayPreempt(), plain.oneZone(), runTime, upTo(2), upTo(2), oneIn(4));
    }

    private Expression expression() {
        String key = any(
                List.of("zone", "pool", "labels", "topology.kubernetes.io/zone", "muster.dev/pool", "half", "a: b"));
        return switch (any(List.of(Operator.values()))) {
            case IN ->
                new Expression(key, Operator.IN, List.of(any(TEXTS), any(TEXTS)).subList(0, 1 + upTo(1)));
            case NOT_IN -> new Expression(key, Operator.NOT_IN, List.of(any(TEXTS)));
            case EXISTS -> new Expression(key, Operator.EXISTS, List.of());
            case DOES_NOT_EXIST -> new Expression(key, Operator.DOES_NOT_EXIST, List.of());
            case GT -> new Expression(key, Operator.GT, List.of("-" + upTo(9)));
            case LT -> new Expression(key, Operator.LT, List.of("" + upTo(9)));
        };
    }

    /** As they are written: comparisons of one label together, labels that are called like a short word last. */
    private Term term() {
        Map<String, List<Expression>> byKey = new TreeMap<>(Comparator.comparing(
                        (String key) -> List.of("zone", "pool", "labels").contains(key))
                .thenComparing(Comparator.naturalOrder()));
        for (int i = upTo(3); i > 0; i--) {
            Expression one = expression();
            byKey.computeIfAbsent(one.key(), key -> new ArrayList<>()).add(one);
        }
        return new Term(byKey.values().stream().flatMap(List::stream).toList());
    }

    private Ask ask(Ask plain) {
        NodeAffinity affinity = oneIn(2)
                ? plain.affinity()
                : new NodeAffinity(
                        oneIn(2) ? List.of() : oneIn(2) ? List.of(term()) : List.of(term(), term()),
                        oneIn(2) ? List.of() : List.of(new Preferred(1 + upTo(99), term())));
        TaintEffect effect = maybe(any(List.of(TaintEffect.values())));
        List<Toleration> tolerations = oneIn(2)
                ? List.of()
                : List.of(
                        new Toleration(maybe("spot"), Toleration.Operator.EXISTS, null, effect),
                        new Toleration("spot", Toleration.Operator.EQUAL, any(List.of("", "true")), effect));
        return new Ask(
                plain.role(),
                plain.minimum(),
                plain.maximum(),
                oneIn(4) ? amounts().plus(Resources.of("cpu", 1)) : plain.pod(),
                affinity,
                tolerations);
    }

    private PendingJob pending(PendingJob plain) {
        List<Ask> asks = plain.roles().stream().map(this::ask).toList();
        Map<PoolName, Instant> notIn = oneIn(4) ? Map.of(new PoolName("p0"), around(plain.since())) : plain.notIn();
        PendingJob job = new PendingJob(
                plain.id(),
                plain.queue(),
                oneIn(3) ? upTo(99) : plain.priority(),
                around(plain.since()),
                asks,
                notIn,
                traits(plain.traits()));
        Ask first = asks.get(0);
        return oneIn(5)
                ? job.withClaim(List.of(
                        new Held(first.role(), new PoolName("p0"), null, oneIn(2) ? first.pod() : amounts(), 2, null)))
                : job;
    }

    private LiveAttempt live(LiveAttempt plain) {
        List<Held> pods =
                plain.pods().stream().flatMap(held -> held(held).stream()).toList();
        return new LiveAttempt(
                plain.id(),
                plain.queue(),
                plain.priority(),
                around(plain.since()),
                pods,
                oneIn(5) && !pods.isEmpty()
                        ? List.of()
                        : plain.roles().stream().map(this::ask).toList(),
                traits(plain.traits()),
                maybe(around(plain.since())));
    }

    private List<Held> held(Held held) {
        Held odd = oneIn(4) ? new Held(held.role(), held.pool(), null, held.pod(), held.count()) : held;
        if (oneIn(4)) {
            odd = odd.leavingFor(oneIn(2) ? new JobId("j0") : null);
        }
        return oneIn(5) ? List.of(odd, odd.withCount(1)) : List.of(odd);
    }
}
