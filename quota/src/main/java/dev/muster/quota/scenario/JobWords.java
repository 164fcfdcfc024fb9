package dev.muster.quota.scenario;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.LiveAttempt.Held;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Traits;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Waiting jobs and live attempts in a scenario's words. */
final class JobWords {
    private static final RoleName ONLY = new RoleName("worker");

    private final Instant now;
    private final PriorityWords priorities;

    JobWords(Instant now, PriorityWords priorities) {
        this.now = now;
        this.priorities = priorities;
    }

    Map<String, Object> pending(PendingJob job) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("job", job.id());
        words.put("queue", job.queue());
        priorities.put(words, job.priority(), job.traits());
        words.put("since", TimeWords.before(job.since(), now));
        traits(words, job.traits());
        if (!job.notIn().isEmpty()) {
            Map<String, Object> pools = new LinkedHashMap<>();
            new TreeMap<>(job.notIn()).forEach((pool, until) -> pools.put(pool.value(), TimeWords.after(until, now)));
            words.put("notIn", pools);
        }
        roles(words, job.roles(), Map.of(), Set.of());
        if (!job.claim().isEmpty()) {
            words.put(
                    "claim",
                    job.claim().stream().map(held -> held(held, true, null)).toList());
        }
        return words;
    }

    Map<String, Object> running(LiveAttempt attempt) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("job", attempt.id().job());
        if (attempt.id().number() != 1) {
            words.put("attempt", attempt.id().number());
        }
        words.put("queue", attempt.queue());
        priorities.put(words, attempt.priority(), attempt.traits());
        words.put("since", TimeWords.before(attempt.since(), now));
        if (attempt.checkpoint() != null) {
            words.put("checkpoint", TimeWords.before(attempt.checkpoint(), now));
        }
        traits(words, attempt.traits());
        Map<RoleName, List<Held>> pods = new LinkedHashMap<>();
        attempt.roles().forEach(ask -> pods.put(ask.role(), List.of()));
        attempt.pods().forEach(held -> pods.merge(held.role(), List.of(held), JobWords::both));
        if (attempt.roles().isEmpty()) {
            words.put("fixed", true);
        }
        roles(words, attempt.roles(), pods, pods.keySet());
        return words;
    }

    private static List<Held> both(List<Held> some, List<Held> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    private static void traits(Map<String, Object> words, Traits traits) {
        if (!traits.user().isEmpty()) {
            words.put("user", traits.user());
        }
        if (traits.oneZone()) {
            words.put("oneZone", true);
        }
        if (traits.runTime() != null) {
            words.put("maxRunTime", TimeWords.length(traits.runTime()));
        }
        if (traits.passed() != 0) {
            words.put("passed", traits.passed());
        }
        if (traits.endless()) {
            words.put("endless", true);
        }
        if (traits.evictions() != 0) {
            words.put("evictions", traits.evictions());
        }
    }

    /** One role {@code worker} beside the job's own fields, others below {@code roles}. */
    private void roles(
            Map<String, Object> words, List<Ask> asks, Map<RoleName, List<Held>> pods, Set<RoleName> running) {
        Map<RoleName, Map<String, Object>> roles = new LinkedHashMap<>();
        boolean live = !running.isEmpty();
        asks.forEach(ask -> roles.put(ask.role(), role(ask, pods.getOrDefault(ask.role(), List.of()), live)));
        running.forEach(role -> roles.computeIfAbsent(role, name -> role(null, pods.get(name), true)));
        if (roles.size() == 1 && roles.containsKey(ONLY)) {
            words.putAll(roles.get(ONLY));
            return;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        roles.forEach((role, own) -> named.put(role.value(), own));
        words.put("roles", named);
    }

    private static Map<String, Object> role(@Nullable Ask ask, List<Held> pods, boolean live) {
        Map<String, Object> words = new LinkedHashMap<>();
        Resources pod = ask != null ? ask.pod() : pods.get(0).pod();
        int count = pods.stream().mapToInt(Held::count).sum();
        if (ask != null) {
            // A running gang that does not say so is as large as it is.
            if (ask.minimum() != (live ? count : 1)) {
                words.put("gang", ask.minimum());
            }
            if (ask.maximum() != Math.max(1, Math.max(ask.minimum(), live ? count : 1))) {
                words.put("max", ask.maximum());
            }
        }
        words.putAll(pod.isZero() ? Map.of("cpu", "0") : AmountWords.of(pod));
        if (ask != null) {
            words.putAll(SelectionWords.of(ask.affinity()));
            if (!ask.tolerations().isEmpty()) {
                words.put(
                        "tolerates",
                        ask.tolerations().stream()
                                .map(SelectionWords::toleration)
                                .toList());
            }
        }
        if (live) {
            place(words, pods, pod);
        }
        return words;
    }

    /** {@code on: {node: pods}} where that says it all, else a list. */
    private static void place(Map<String, Object> words, List<Held> pods, Resources pod) {
        Map<String, Object> on = new LinkedHashMap<>();
        boolean all = !pods.isEmpty();
        for (Held held : pods) {
            NodeName node = held.node();
            all &= node != null
                    && held.pod().equals(pod)
                    && !held.leaving()
                    && on.put(node.value(), held.count()) == null;
        }
        if (all) {
            words.put("on", on);
        } else {
            words.put("pods", pods.stream().map(held -> held(held, false, pod)).toList());
        }
    }

    private static Map<String, Object> held(Held held, boolean withRole, @Nullable Resources usual) {
        Map<String, Object> words = new LinkedHashMap<>();
        if (withRole) {
            words.put("role", held.role());
        }
        words.put("count", held.count());
        if (held.node() == null) {
            words.put("pool", held.pool());
        } else {
            words.put("on", held.node());
        }
        if (!held.pod().equals(usual)) {
            words.put("resources", AmountWords.of(held.pod()));
        }
        if (held.leavingFor() != null) {
            words.put("leavingFor", held.leavingFor());
        } else if (held.leaving()) {
            words.put("leaving", true);
        }
        return words;
    }
}
