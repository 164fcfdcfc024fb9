package dev.muster.quota.plan;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingSpec;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds snapshots for tests; what a test does not say does not matter to it. Amounts are written "cpu 4, memory 18Gi". */
public final class Situation {
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    public final List<QueueSpec> queues = new ArrayList<>();
    public final List<Node> nodes = new ArrayList<>();
    public final List<PendingJob> pending = new ArrayList<>();
    public final List<LiveAttempt> live = new ArrayList<>();
    public final List<Expansion> expansions = new ArrayList<>();
    final Map<QueueName, Instant> aboveSince = new TreeMap<>();
    final List<PastLaunch> launchedLately = new ArrayList<>();
    public PlanSettings settings = PlanSettings.DEFAULT;
    public Instant now = NOON;

    public static Situation given() {
        return new Situation();
    }

    public static Resources amounts(String text) {
        Map<String, Long> amounts = new TreeMap<>();
        for (String part : text.split(",")) {
            String[] words = part.strip().split(" ");
            if (words.length == 2) {
                amounts.put(words[0], Quantity.parse(words[0], words[1]));
            }
        }
        return Resources.limit(amounts);
    }

    public static Ask ask(String role, int pods, String each) {
        return new Ask(new RoleName(role), pods, Math.max(1, pods), amounts(each), NodeAffinity.ANY, List.of());
    }

    public static Ask ask(String role, int pods, String each, NodeAffinity affinity, Toleration... tolerations) {
        return new Ask(new RoleName(role), pods, Math.max(1, pods), amounts(each), affinity, List.of(tolerations));
    }

    public static NodeAffinity label(String key, String... values) {
        return new NodeAffinity(
                List.of(new NodeAffinity.Term(
                        List.of(new NodeAffinity.Expression(key, NodeAffinity.Operator.IN, List.of(values))))),
                List.of());
    }

    /** Nodes {@code <pool>-0}, {@code <pool>-1}, … with 110 pods each. */
    public Situation pool(String pool, int count, String each) {
        return pool(pool, count, each, node -> node);
    }

    public Situation pool(String pool, int count, String each, UnaryOperator<Node> change) {
        for (int i = 0; i < count; i++) {
            nodes.add(change.apply(new Node(
                    new NodeName(pool + "-" + i),
                    new PoolName(pool),
                    Map.of("pool", pool),
                    List.of(),
                    amounts(each),
                    Resources.NONE,
                    110,
                    0,
                    true)));
        }
        return this;
    }

    public static Node inZone(Node node, String zone) {
        Map<String, String> labels = new TreeMap<>(node.labels());
        labels.put("topology.kubernetes.io/zone", zone);
        return new Node(
                node.name(),
                node.pool(),
                labels,
                node.taints(),
                node.allocatable(),
                node.overhead(),
                node.maxPods(),
                node.foreignPods(),
                node.ready());
    }

    public static Ask elastic(String role, int minimum, int maximum, String each) {
        return new Ask(new RoleName(role), minimum, maximum, amounts(each), NodeAffinity.ANY, List.of());
    }

    public static Node withTaint(Node node, Taint taint) {
        return new Node(
                node.name(),
                node.pool(),
                node.labels(),
                List.of(taint),
                node.allocatable(),
                node.overhead(),
                node.maxPods(),
                node.foreignPods(),
                node.ready());
    }

    public static Node withPods(Node node, int maxPods, int foreignPods) {
        return new Node(
                node.name(),
                node.pool(),
                node.labels(),
                node.taints(),
                node.allocatable(),
                node.overhead(),
                maxPods,
                foreignPods,
                node.ready());
    }

    public static Node withOverhead(Node node, String overhead) {
        return new Node(
                node.name(),
                node.pool(),
                node.labels(),
                node.taints(),
                node.allocatable(),
                amounts(overhead),
                node.maxPods(),
                node.foreignPods(),
                node.ready());
    }

    public static Node notReady(Node node) {
        return node.withReady(false);
    }

    public Situation queue(String name) {
        return queue(name, null, "", "", null);
    }

    public Situation queue(
            String name, @Nullable String parent, String guarantee, String deserved, @Nullable String capability) {
        return queue(name, parent, guarantee, deserved, capability, 1, QueueState.OPEN);
    }

    public Situation queue(
            String name,
            @Nullable String parent,
            String guarantee,
            String deserved,
            @Nullable String capability,
            int weight,
            QueueState state) {
        queues.add(new QueueSpec(
                new QueueName(name),
                parent == null ? null : new QueueName(parent),
                amounts(guarantee),
                amounts(deserved),
                capability == null ? null : amounts(capability),
                weight,
                state));
        return this;
    }

    /** A job of one role {@code worker}; jobs get older the earlier they are said. */
    public Situation pending(String id, String queue, int pods, String each) {
        return pending(id, queue, 2, ask("worker", pods, each));
    }

    public Situation pending(String id, String queue, int priority, Ask... asks) {
        Instant since = NOON.minusSeconds(3600).plusSeconds(pending.size());
        pending.add(new PendingJob(new JobId(id), new QueueName(queue), priority, since, List.of(asks), Map.of()));
        return this;
    }

    public Situation backoff(String id, String pool, Duration left) {
        pending.replaceAll(job -> job.id().value().equals(id)
                ? new PendingJob(
                        job.id(),
                        job.queue(),
                        job.priority(),
                        job.since(),
                        job.roles(),
                        Map.of(new PoolName(pool), now.plus(left)))
                : job);
        return this;
    }

    /** Changes what is said of the pending job beside what it asks. */
    public Situation traits(String id, UnaryOperator<Traits> change) {
        pending.replaceAll(job -> job.id().value().equals(id) ? job.with(change.apply(job.traits())) : job);
        return this;
    }

    /** Changes what is said of the live job. */
    public Situation tenure(String id, UnaryOperator<Traits> change) {
        live.replaceAll(attempt -> attempt.id().job().value().equals(id)
                ? new LiveAttempt(
                        attempt.id(),
                        attempt.queue(),
                        attempt.priority(),
                        attempt.since(),
                        attempt.pods(),
                        attempt.roles(),
                        change.apply(attempt.traits()),
                        attempt.checkpoint())
                : attempt);
        return this;
    }

    /** The job's roles are known: it may grow, shrink and give way. */
    public Situation roles(String id, Ask... asks) {
        live.replaceAll(attempt -> attempt.id().job().value().equals(id)
                ? new LiveAttempt(
                        attempt.id(),
                        attempt.queue(),
                        attempt.priority(),
                        attempt.since(),
                        attempt.pods(),
                        List.of(asks),
                        attempt.traits(),
                        attempt.checkpoint())
                : attempt);
        return this;
    }

    /** Its running pods began so long ago and end, at the latest, so long from now. */
    public Situation endsIn(String id, Duration left) {
        return tenure(
                id,
                traits -> traits.withRunTime(Duration.between(
                        live.stream()
                                .filter(attempt -> attempt.id().job().value().equals(id))
                                .findFirst()
                                .orElseThrow()
                                .since(),
                        now.plus(left))));
    }

    /** Pods of a running job, {@code count} on the node. */
    public Situation running(String id, String queue, String node, int count, String each) {
        String pool = node.substring(0, node.lastIndexOf('-'));
        return live(
                id,
                queue,
                new LiveAttempt.Held(
                        new RoleName("worker"), new PoolName(pool), new NodeName(node), amounts(each), count));
    }

    /** Pods of a job that was launched and is not bound. */
    public Situation launching(String id, String queue, String pool, int count, String each) {
        return live(
                id,
                queue,
                new LiveAttempt.Held(new RoleName("worker"), new PoolName(pool), null, amounts(each), count));
    }

    public Situation live(String id, String queue, LiveAttempt.Held... held) {
        live.add(new LiveAttempt(
                new AttemptId(new JobId(id), 1), new QueueName(queue), 2, NOON.minusSeconds(600), List.of(held)));
        return this;
    }

    /** The pool may grow by so many nodes of this offering, {@code spot/z1/m}; they come within ten minutes. */
    public Situation growing(String pool, String offering, int count, String each) {
        return growing(pool, offering, count, each, expansion -> expansion);
    }

    public Situation growing(String pool, String offering, int count, String each, UnaryOperator<Expansion> change) {
        Offering what = Offering.parse(pool + "/" + offering);
        Map<String, String> labels = Map.of("pool", pool, "topology.kubernetes.io/zone", what.zone());
        expansions.add(change.apply(new Expansion(
                new OfferingSpec(what, amounts(each), 110, labels, List.of(), 0, 1_000, null),
                count,
                Duration.ofMinutes(10))));
        return this;
    }

    public Situation settings(PlanSettings settings) {
        this.settings = settings;
        return this;
    }

    public Snapshot snapshot() {
        return new Snapshot(now, queues, nodes, pending, live, settings)
                .withExpansions(expansions)
                .withLaunchedLately(launchedLately)
                .withAboveSince(aboveSince);
    }

    public Planned whenPlanned() {
        return new Planned(new Planner().plan(snapshot()));
    }

    /** What became of it, for assertions. */
    public record Planned(Plan plan) {
        /** Ids of the launched jobs in the order of the plan. */
        public List<String> launches() {
            return plan.launches().stream().map(launch -> launch.job().value()).toList();
        }

        public Decision of(String id) {
            return plan.decisions().stream()
                    .filter(decision -> decision.job().value().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        public ReasonCode code(String id) {
            return of(id).reason().code();
        }

        public String message(String id) {
            return of(id).reason().message();
        }

        public List<ReasonCode> codes(String id) {
            return ((Decision.Hold) of(id)).all().stream().map(Reason::code).toList();
        }

        /** Pods of role {@code worker} by pool. */
        public Map<PoolName, Integer> pools(String id) {
            return pools(id, "worker");
        }

        public Map<PoolName, Integer> pools(String id, String role) {
            return ((Decision.Launch) of(id)).pools().get(new RoleName(role));
        }
    }
}
