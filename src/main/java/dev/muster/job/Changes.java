package dev.muster.job;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.offering.KeptOffSpot;
import dev.muster.quota.offering.SpotFirst;
import dev.muster.quota.resource.Resources;
import dev.muster.spark.SparkJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Works out what retry rules change for the next attempt, and what a job asks with all that has changed so far. */
public final class Changes {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    /** A job keeps away from so many nodes and pools at most: beyond that it is hardly the nodes' fault. */
    static final int MOST_AVOIDED = 50;

    private Changes() {}

    /**
     * What the rule that lets it be tried again changes; empty where it changes nothing. {@code mostPercent} bounds all of a
     * job's memory changes together.
     */
    public static Optional<Changed> next(
            Job job, Failure failure, List<PodStatus> pods, Losses losses, int mostPercent) {
        RetryRules.Rule rule =
                job.spec().retry().ruleFor(failure, losses.categories()).orElse(null);
        RetryChange change = rule == null ? null : rule.change();
        if (rule == null || change == null || failure.category().isFree()) {
            return Optional.empty();
        }
        int number = job.attempt() + 1;
        Set<RoleName> roles = roles(job.spec(), failure, rule.lost(), losses);
        List<String> told = new ArrayList<>();
        Map<RoleName, Integer> memory = memory(job, roles, change, mostPercent, failure, told);
        List<NodeName> nodes =
                change.avoid() == RetryChange.Avoid.NODE ? nodes(job, failure, rule.lost(), pods, losses) : List.of();
        List<PoolName> pools =
                change.avoid() == RetryChange.Avoid.POOL ? pools(job, failure, rule.lost(), pods, losses) : List.of();
        if (!nodes.isEmpty()) {
            told.add("keeps away from %s, where %s".formatted(joined(nodes), because(failure, rule.lost())));
        }
        if (!pools.isEmpty()) {
            told.add("keeps away from pool %s, where %s".formatted(joined(pools), because(failure, rule.lost())));
        }
        boolean offSpot = change.offSpot() && job.changes().stream().noneMatch(Changed::offSpot);
        if (offSpot) {
            told.add("uses no node that may be taken back because " + because(failure, rule.lost()));
        }
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(new Changed(
                        number,
                        memory,
                        nodes,
                        pools,
                        offSpot,
                        told.stream()
                                .map(one -> "attempt %d %s".formatted(number, one))
                                .toList()));
    }

    /** As that attempt asks it; the same as was asked where nothing has changed before it. */
    public static JobSpec applied(JobSpec spec, List<Changed> changes, int attempt) {
        List<Changed> made =
                changes.stream().filter(change -> change.attempt() <= attempt).toList();
        if (made.isEmpty()) {
            return spec;
        }
        Map<RoleName, Integer> memory = new HashMap<>();
        Set<String> nodes = new TreeSet<>();
        made.forEach(change -> {
            memory.putAll(change.memory());
            change.nodes().forEach(node -> nodes.add(node.value()));
        });
        boolean offSpot = made.stream().anyMatch(Changed::offSpot);
        SparkJob spark = spec.spark() == null
                ? null
                : spec.spark()
                        .withMemory(
                                memory.getOrDefault(SparkRoles.DRIVER, 100),
                                memory.getOrDefault(SparkRoles.EXECUTOR, 100));
        Map<RoleName, PodTemplate> anew = new HashMap<>();
        if (spark != null) {
            SparkRoles.of(spark).forEach(role -> anew.put(role.name(), role.pod()));
        }
        List<Role> roles = spec.roles().stream()
                .map(role -> new Role(
                        role.name(),
                        role.minimum(),
                        role.maximum(),
                        role.leader(),
                        place(asked(role, memory, anew.get(role.name())), nodes, offSpot)))
                .toList();
        return spec.with(roles, spark);
    }

    /** Pools that its attempts from that one on keep away from. */
    public static Set<PoolName> pools(List<Changed> changes, int attempt) {
        return changes.stream()
                .filter(change -> change.attempt() <= attempt)
                .flatMap(change -> change.pools().stream())
                .collect(Collectors.toSet());
    }

    /** A driver of Spark is told of its executors' memory in its command. */
    private static PodTemplate asked(Role role, Map<RoleName, Integer> memory, @Nullable PodTemplate spark) {
        PodTemplate pod = role.pod();
        if (spark != null) {
            return pod.with(spark.command(), spark.args(), memory(pod.resources(), spark.resources()));
        }
        int percent = memory.getOrDefault(role.name(), 100);
        if (percent == 100) {
            return pod;
        }
        Map<String, Long> amounts = new HashMap<>(pod.resources().asMap());
        amounts.computeIfPresent(Resources.MEMORY, (name, amount) -> Resources.share(amount, percent, 100));
        return pod.with(pod.command(), pod.args(), Resources.of(amounts));
    }

    private static Resources memory(Resources all, Resources with) {
        Map<String, Long> amounts = new HashMap<>(all.asMap());
        amounts.put(Resources.MEMORY, with.amount(Resources.MEMORY));
        return Resources.of(amounts);
    }

    private static PodTemplate place(PodTemplate pod, Set<String> nodes, boolean offSpot) {
        NodeAffinity affinity = offSpot ? SpotFirst.without(pod.affinity()).and(KeptOffSpot.AFFINITY) : pod.affinity();
        if (!nodes.isEmpty()) {
            affinity = affinity.and(new NodeAffinity(
                    List.of(new NodeAffinity.Term(List.of(
                            new NodeAffinity.Expression(HOSTNAME, NodeAffinity.Operator.NOT_IN, List.copyOf(nodes))))),
                    List.of()));
        }
        return affinity == pod.affinity() ? pod : pod.with(affinity);
    }

    private static Map<RoleName, Integer> memory(
            Job job, Set<RoleName> roles, RetryChange change, int most, Failure failure, List<String> told) {
        Map<RoleName, Integer> memory = new HashMap<>();
        if (change.memoryPercent() == null) {
            return memory;
        }
        for (RoleName role : new TreeSet<>(roles)) {
            int before = job.changes().stream()
                    .filter(made -> made.memory().containsKey(role))
                    .mapToInt(made -> made.memory().get(role))
                    .max()
                    .orElse(100);
            int now = (int) Math.min(most, Math.round(before * (change.memoryPercent() / 100.0)));
            boolean asks = job.spec().roles().stream()
                    .filter(each -> each.name().equals(role))
                    .anyMatch(each -> each.pod().resources().amount(Resources.MEMORY) > 0);
            if (asks && now > before) {
                memory.put(role, now);
                told.add("asks for %s x the memory of role %s because %s%s"
                        .formatted(
                                factor(now),
                                role,
                                because(failure, null),
                                now == most ? "; that is the most that retry.mostMemory allows" : ""));
            }
        }
        return memory;
    }

    /** The role that failed; those that lost pods in that way; all of them where it is nobody's. */
    private static Set<RoleName> roles(JobSpec spec, Failure failure, @Nullable Category lost, Losses losses) {
        if (lost != null) {
            return kinds(losses, lost).map(Losses.Kind::role).collect(Collectors.toSet());
        }
        return failure.role() != null
                ? Set.of(failure.role())
                : spec.roles().stream().map(Role::name).collect(Collectors.toSet());
    }

    private static List<NodeName> nodes(
            Job job, Failure failure, @Nullable Category lost, List<PodStatus> pods, Losses losses) {
        Set<NodeName> found = new LinkedHashSet<>();
        if (lost != null) {
            kinds(losses, lost)
                    .flatMap(kind -> kind.nodes().stream())
                    .map(NodeName::new)
                    .forEach(found::add);
        } else {
            failing(failure, pods).forEach(pod -> {
                if (pod.node() != null) {
                    found.add(pod.node());
                }
            });
        }
        job.changes().forEach(made -> found.removeAll(made.nodes()));
        int before =
                job.changes().stream().mapToInt(made -> made.nodes().size()).sum();
        return found.stream().limit(Math.max(0, MOST_AVOIDED - before)).toList();
    }

    private static List<PoolName> pools(
            Job job, Failure failure, @Nullable Category lost, List<PodStatus> pods, Losses losses) {
        Set<PoolName> found = new LinkedHashSet<>();
        if (lost != null) {
            kinds(losses, lost)
                    .flatMap(kind -> kind.pools().stream())
                    .map(PoolName::new)
                    .forEach(found::add);
        } else {
            failing(failure, pods).forEach(pod -> found.add(pod.pool()));
        }
        job.changes().forEach(made -> found.removeAll(made.pools()));
        return List.copyOf(found);
    }

    private static java.util.stream.Stream<Losses.Kind> kinds(Losses losses, Category lost) {
        return losses.kinds().stream()
                .filter(Losses.Kind::isLoss)
                .filter(kind -> Failures.category(kind.cause(), kind.exitCode()) == lost);
    }

    private static List<PodStatus> failing(Failure failure, List<PodStatus> pods) {
        return pods.stream()
                .filter(pod -> pod.phase().isFinal() && pod.cause() != PodEnd.DISMISSED)
                .filter(pod -> failure.role() == null
                        || failure.role().equals(pod.pod().role()))
                .filter(pod -> Failures.category(pod) == failure.category())
                .toList();
    }

    private static String because(Failure failure, @Nullable Category lost) {
        return lost != null
                ? "pods were lost there (%s)".formatted(lost)
                : "the last one failed (%s)".formatted(failure.category());
    }

    private static String joined(List<?> things) {
        return things.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    /** 150 as 1.5, 200 as 2. */
    private static String factor(int percent) {
        return percent % 100 == 0
                ? Integer.toString(percent / 100)
                : String.format(Locale.ROOT, percent % 10 == 0 ? "%.1f" : "%.2f", percent / 100.0);
    }
}
