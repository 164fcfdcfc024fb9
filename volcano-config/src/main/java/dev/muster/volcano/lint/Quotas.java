package dev.muster.volcano.lint;

import dev.muster.volcano.conf.Configuration;
import dev.muster.volcano.conf.KnownQueue;
import dev.muster.volcano.conf.PluginUse;
import dev.muster.volcano.conf.Surroundings;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What queues may have. */
final class Quotas {
    private Quotas() {}

    static void look(Configuration conf, Surroundings around, Findings found) {
        conf.plugin("proportion").ifPresent(proportion -> {
            conf.plugin("capacity")
                    .ifPresentOrElse(
                            capacity -> found.add(
                                    Rule.TWO_QUOTA_PLUGINS,
                                    Math.max(capacity.line(), proportion.line()),
                                    "'capacity' and 'proportion' are both there",
                                    "Take 'proportion' away: Muster's queues are those of 'capacity'."),
                            () -> found.add(
                                    Rule.PROPORTION_BY_WEIGHT,
                                    proportion.line(),
                                    "Queues share by weight alone",
                                    "Write '- name: capacity' instead of proportion."));
            conf.plugin("drf")
                    .filter(drf -> drf.isOn("enableHierarchy"))
                    .ifPresent(drf -> found.add(
                            Rule.HIERARCHY_WITH_PROPORTION,
                            drf.line(),
                            "'drf' with enableHierarchy beside 'proportion' (tier %d and %d)"
                                    .formatted(drf.level(), proportion.level()),
                            "Take enableHierarchy away, or replace both by 'capacity'."));
        });
        conf.plugin("capacity")
                .filter(capacity -> capacity.isOn("enableHierarchy"))
                .ifPresent(capacity -> tree(capacity, around, found));
    }

    private static void tree(PluginUse capacity, Surroundings around, Findings found) {
        if (around.queues().isEmpty()) {
            found.add(
                    Rule.HIERARCHY_STOPS_ALL,
                    capacity.line(),
                    "'capacity' with enableHierarchy stops for all queues when one is wrong",
                    "Take enableHierarchy away: Muster keeps the tree and gives Volcano only leaves. Where it has to stay, lint together with the queues: kubectl get queues -o yaml > queues.yaml.");
            return;
        }
        Map<String, KnownQueue> byName = around.byName();
        Set<String> faults = new TreeSet<>();
        for (KnownQueue queue : around.queues()) {
            if (!queue.parent().isEmpty() && !queue.parent().equals("root") && !byName.containsKey(queue.parent())) {
                faults.add("queue %s has the parent %s, which does not exist"
                        .formatted(Words.shown(queue.name()), Words.shown(queue.parent())));
            } else if (isInCycle(queue, byName)) {
                faults.add("queue %s is its own ancestor".formatted(Words.shown(queue.name())));
            }
            KnownQueue parent = byName.get(queue.parent());
            if (parent != null
                    && !parent.name().equals("root")
                    && !parent.deserved().containsAll(queue.deserved())) {
                found.add(
                        Rule.PARENT_WITHOUT_DESERVED,
                        capacity.line(),
                        "Queue %s deserves %s, and its parent %s none of that"
                                .formatted(
                                        Words.shown(queue.name()),
                                        String.join(", ", new TreeSet<>(queue.deserved())),
                                        Words.shown(parent.name())),
                        "Give the parent a deserved that is the sum of its children's.");
            }
        }
        faults.forEach(fault -> found.add(
                Rule.HIERARCHY_STOPS_ALL,
                Severity.ERROR,
                capacity.line(),
                "No queue gets anything: " + fault,
                "Mend that queue, or take enableHierarchy away."));
    }

    private static boolean isInCycle(KnownQueue queue, Map<String, KnownQueue> byName) {
        Set<String> passed = new HashSet<>();
        KnownQueue at = queue;
        while (at != null && passed.add(at.name())) {
            at = at.parent().isEmpty() || at.name().equals("root") ? null : byName.get(at.parent());
        }
        return at != null && at.name().equals(queue.name());
    }
}
