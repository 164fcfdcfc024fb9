package dev.muster.volcano.lint;

import dev.muster.volcano.conf.Configuration;
import dev.muster.volcano.conf.Item;
import dev.muster.volcano.conf.KnownNode;
import dev.muster.volcano.conf.KnownQueue;
import dev.muster.volcano.conf.PluginUse;
import dev.muster.volcano.conf.Surroundings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** On which node a pod is put. */
final class Placing {
    /** Arguments of nodeorder that score empty nodes higher, and what they are unless set. */
    private static final SortedMap<String, Integer> SPREADING = new TreeMap<>(
            Map.of("leastrequested.weight", 1, "balancedresource.weight", 1, "podtopologyspread.weight", 2));

    private Placing() {}

    static void look(Configuration conf, Surroundings around, Findings found) {
        conf.plugin("binpack")
                .ifPresentOrElse(
                        binpack -> {
                            spreading(conf, found);
                            scarce(binpack, around, found);
                        },
                        () -> found.add(
                                Rule.NOT_PACKED,
                                conf.lineOf("tiers"),
                                "The plugin 'binpack' is missing",
                                "Add '- name: binpack', and set leastrequested.weight, balancedresource.weight and podtopologyspread.weight of nodeorder to 0."));
        conf.plugin("nodegroup")
                .filter(groups -> groups.flag("strict", true))
                .ifPresent(groups -> groups(groups, around, found));
        conf.plugin("usage")
                .filter(usage -> conf.written().field("metrics").isEmpty())
                .ifPresent(usage -> found.add(
                        Rule.USAGE_WITHOUT_METRICS,
                        usage.line(),
                        "'usage' is there and 'metrics:' is not",
                        "Add metrics: with type, address and interval at the top, or take 'usage' away."));
    }

    private static void spreading(Configuration conf, Findings found) {
        conf.plugin("nodeorder").filter(order -> order.isOn("enableNodeOrder")).ifPresent(order -> {
            List<String> against = new ArrayList<>();
            SPREADING.forEach((argument, unset) -> {
                if (order.number(argument, unset) != 0) {
                    against.add(argument + " is "
                            + order.argument(argument)
                                    .map(Item::shown)
                                    .map(Words::shown)
                                    .orElse(unset + " (unset)"));
                }
            });
            if (!against.isEmpty()) {
                found.add(
                        Rule.SPREADING_AGAINST_BINPACK,
                        order.line(),
                        "'nodeorder' spreads what 'binpack' packs: " + String.join(", ", against),
                        "Write arguments: {leastrequested.weight: 0, balancedresource.weight: 0, podtopologyspread.weight: 0} under nodeorder.");
            }
        });
    }

    private static void scarce(PluginUse binpack, Surroundings around, Findings found) {
        Set<String> listed = Arrays.stream(binpack.argument("binpack.resources")
                        .map(Item::text)
                        .orElse("")
                        .split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(around.scarce());
        missing.removeAll(listed);
        if (!missing.isEmpty()) {
            found.add(
                    Rule.SCARCE_NOT_PACKED,
                    Severity.WARNING,
                    binpack.line(),
                    "Nodes have %s, which 'binpack' does not look at"
                            .formatted(missing.stream().map(Words::shown).collect(Collectors.joining(", "))),
                    "Write binpack.resources: \"%s\" under its arguments, and a weight for each."
                            .formatted(missing.stream().map(Words::shown).collect(Collectors.joining(", "))));
        }
    }

    private static void groups(PluginUse groups, Surroundings around, Findings found) {
        if (around.nodes().isEmpty() && around.queues().isEmpty()) {
            found.add(
                    Rule.STRICT_GROUPS,
                    groups.line(),
                    "'nodegroup' is strict, and nodes and queues were not given to look at",
                    "Lint together with them: kubectl get nodes,queues -o yaml > cluster.yaml.");
            return;
        }
        List<String> nodes = around.nodes().stream()
                .filter(node -> !node.isLabelled())
                .map(KnownNode::name)
                .toList();
        List<String> queues = around.queues().stream()
                .filter(queue -> !queue.hasNodeAffinity() && !queue.name().equals("root"))
                .map(KnownQueue::name)
                .toList();
        names(nodes, "nodes without the label take nobody", "Label them, or write strict: false.", groups, found);
        names(queues, "queues without affinity fit nowhere", "Give them an affinity.", groups, found);
    }

    private static void names(List<String> names, String what, String mend, PluginUse groups, Findings found) {
        if (!names.isEmpty()) {
            String some = names.stream().limit(5).map(Words::shown).collect(Collectors.joining(", "));
            found.add(
                    Rule.STRICT_GROUPS,
                    Severity.ERROR,
                    groups.line(),
                    "%d %s: %s%s".formatted(names.size(), what, some, names.size() > 5 ? ", …" : ""),
                    mend);
        }
    }
}
