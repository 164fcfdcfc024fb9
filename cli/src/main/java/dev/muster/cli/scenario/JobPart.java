package dev.muster.cli.scenario;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.LiveAttempt.Held;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A running or pending job of a scenario. A job of one role says its fields itself, one of several has {@code roles}. */
final class JobPart {
    private static final List<String> OF_A_PENDING_ROLE = List.of("gang", "max", "where", "prefer", "tolerates");
    private static final List<String> OF_A_RUNNING_ROLE = List.of("pods", "pool", "on");
    private static final int MOST_PODS = 100_000;
    private static final RoleName ONLY = new RoleName("worker");
    private static final Map<String, Integer> PRIORITIES = PriorityClasses.STANDARD.stream()
            .collect(Collectors.toMap(c -> c.name().value(), PriorityClass::value));

    private final Instant now;
    private final QueueTree tree;
    private final Map<NodeName, Node> nodes = new HashMap<>();
    private final Map<PoolName, Integer> pools = new TreeMap<>();

    JobPart(Instant now, List<QueueSpec> queues, List<Node> nodes) {
        this.now = now;
        this.tree = QueueTree.of(queues);
        nodes.forEach(node -> {
            this.nodes.put(node.name(), node);
            pools.merge(node.pool(), 1, Integer::sum);
        });
    }

    PendingJob pending(Part part) {
        Map<String, Part> fields = fields(part, List.of("notIn"), OF_A_PENDING_ROLE);
        Map<PoolName, Instant> notIn = new TreeMap<>();
        if (fields.containsKey("notIn")) {
            fields.get("notIn")
                    .entries()
                    .forEach((pool, length) -> notIn.put(length.as(this::known, pool), now.plus(Times.length(length))));
        }
        List<Ask> asks = new ArrayList<>();
        roles(part, fields, OF_A_PENDING_ROLE).forEach((role, own) -> asks.add(ask(role, own.part(), own.fields())));
        return new PendingJob(id(fields), queue(fields), priority(fields), since(fields), asks, notIn);
    }

    LiveAttempt running(Part part) {
        Map<String, Part> fields = fields(part, List.of(), OF_A_RUNNING_ROLE);
        List<Held> pods = new ArrayList<>();
        roles(part, fields, OF_A_RUNNING_ROLE)
                .forEach((role, own) -> pods.addAll(held(role, own.part(), own.fields())));
        return new LiveAttempt(new AttemptId(id(fields), 1), queue(fields), priority(fields), since(fields), pods);
    }

    private record RolePart(Part part, Map<String, Part> fields) {}

    private static Map<String, Part> fields(Part part, List<String> own, List<String> ofARole) {
        List<String> known = new ArrayList<>(List.of("job", "queue", "priority", "since"));
        known.addAll(own);
        Map<String, Part> seen = part.entries();
        if (seen.containsKey("roles")) {
            known.add("roles");
            return complete(part, part.fields(known, name -> false));
        }
        known.addAll(ofARole);
        known.addAll(Amounts.WORDS);
        return complete(part, part.fields(known, Amounts::isResource));
    }

    private static Map<String, Part> complete(Part part, Map<String, Part> fields) {
        for (String needed : List.of("job", "queue")) {
            if (!fields.containsKey(needed)) {
                throw part.wrong(
                        needed.equals("job")
                                ? "%s has no name".formatted(part.path())
                                : "job in no queue: %s".formatted(part.path()),
                        "Expected '%s: …'".formatted(needed));
            }
        }
        return fields;
    }

    private static Map<RoleName, RolePart> roles(Part part, Map<String, Part> fields, List<String> ofARole) {
        Part roles = fields.get("roles");
        if (roles == null) {
            return Map.of(ONLY, new RolePart(part, fields));
        }
        List<String> known = new ArrayList<>(ofARole);
        known.addAll(Amounts.WORDS);
        Map<RoleName, RolePart> all = new TreeMap<>();
        roles.entries()
                .forEach((name, role) -> all.put(
                        role.as(RoleName::new, name), new RolePart(role, role.fields(known, Amounts::isResource))));
        if (all.isEmpty()) {
            throw roles.wrong("%s names no role".formatted(roles.path()));
        }
        return all;
    }

    private static Ask ask(RoleName role, Part part, Map<String, Part> fields) {
        int gang = fields.containsKey("gang") ? fields.get("gang").whole(0, MOST_PODS) : 1;
        int max = fields.containsKey("max") ? fields.get("max").whole(Math.max(1, gang), MOST_PODS) : Math.max(1, gang);
        return new Ask(
                role,
                gang,
                max,
                resources(part, fields),
                Selection.affinity(fields.get("where"), fields.get("prefer")),
                fields.containsKey("tolerates") ? Selection.tolerations(fields.get("tolerates")) : List.of());
    }

    private List<Held> held(RoleName role, Part part, Map<String, Part> fields) {
        Resources pod = resources(part, fields);
        Part on = fields.get("on");
        if (on == null) {
            int pods = fields.containsKey("pods") ? fields.get("pods").whole(1, MOST_PODS) : 1;
            return List.of(new Held(role, pool(part, fields.get("pool")), null, pod, pods));
        }
        if (fields.containsKey("pods") || fields.containsKey("pool")) {
            throw part.wrong("%s says both 'on' and 'pods' or 'pool'".formatted(part.path()), "'on' says it all.");
        }
        List<Held> held = new ArrayList<>();
        if (on.isMapping()) {
            on.entries().forEach((node, pods) -> {
                Node at = pods.as(this::node, node);
                held.add(new Held(role, at.pool(), at.name(), pod, pods.whole(1, MOST_PODS)));
            });
        } else {
            for (String node : on.texts()) {
                Node at = on.as(this::node, node);
                held.add(new Held(role, at.pool(), at.name(), pod, 1));
            }
        }
        return held;
    }

    private static Resources resources(Part part, Map<String, Part> fields) {
        Resources pod = Amounts.among(fields);
        if (pod.isZero()) {
            throw part.wrong("%s asks for nothing".formatted(part.path()), "Expected such as 'cpu: 4' or 'gpus: 8'.");
        }
        return pod;
    }

    private PoolName pool(Part part, @Nullable Part pool) {
        if (pool != null) {
            return pool.as(this::known);
        }
        if (pools.size() == 1) {
            return pools.keySet().iterator().next();
        }
        throw part.wrong(
                "%s does not say where it runs".formatted(part.path()),
                "Expected 'pool: …', one of %s, or 'on: {<node>: <pods>}'.".formatted(names(pools.keySet())));
    }

    private PoolName known(String text) {
        PoolName pool = new PoolName(text);
        if (!pools.containsKey(pool)) {
            throw new IllegalArgumentException(
                    "unknown pool '%s': expected one of %s".formatted(pool, names(pools.keySet())));
        }
        return pool;
    }

    private Node node(String name) {
        Node node = nodes.get(new NodeName(name));
        if (node == null) {
            throw new IllegalArgumentException("unknown node '%s'".formatted(name));
        }
        return node;
    }

    private static JobId id(Map<String, Part> fields) {
        return fields.get("job").as(JobId::new);
    }

    private QueueName queue(Map<String, Part> fields) {
        Part part = fields.get("queue");
        QueueName queue = part.as(QueueName::new);
        if (!tree.isLeaf(queue)) {
            String leaves = names(tree.queues().stream()
                    .map(QueueSpec::name)
                    .filter(tree::isLeaf)
                    .toList());
            throw part.wrong(
                    tree.queue(queue).isPresent()
                            ? "queue %s has queues below it: jobs wait in leaves".formatted(queue)
                            : "unknown queue '%s'".formatted(queue),
                    "Expected one of " + leaves);
        }
        return queue;
    }

    private static int priority(Map<String, Part> fields) {
        Part part = fields.get("priority");
        if (part == null) {
            return PRIORITIES.get(PriorityClasses.DEFAULT.value());
        }
        return part.text().matches("-?\\d+")
                ? part.whole(-PriorityClass.HIGHEST, PriorityClass.HIGHEST)
                : PRIORITIES.get(part.word(PriorityClasses.STANDARD.stream()
                        .map(c -> c.name().value())
                        .toList()));
    }

    private Instant since(Map<String, Part> fields) {
        return fields.containsKey("since") ? Times.before(fields.get("since"), now) : now.minus(Duration.ofMinutes(1));
    }

    private static String names(java.util.Collection<?> names) {
        return names.stream().limit(10).map(Object::toString).collect(Collectors.joining(", "))
                + (names.size() > 10 ? ", …" : "");
    }
}
