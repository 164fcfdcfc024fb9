package dev.muster.volcano.conf;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is known of the cluster that a configuration is for; some rules can only be sure with it. */
public record Surroundings(List<KnownQueue> queues, List<KnownNode> nodes) {
    public static final Surroundings UNKNOWN = new Surroundings(List.of(), List.of());

    public Surroundings {
        queues = List.copyOf(queues);
        nodes = List.copyOf(nodes);
    }

    public Surroundings plus(Surroundings other) {
        return new Surroundings(
                java.util.stream.Stream.concat(queues.stream(), other.queues.stream())
                        .toList(),
                java.util.stream.Stream.concat(nodes.stream(), other.nodes.stream())
                        .toList());
    }

    public SortedSet<String> scarce() {
        return nodes.stream().flatMap(node -> node.scarce().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    public Map<String, KnownQueue> byName() {
        return queues.stream().collect(Collectors.toMap(KnownQueue::name, Function.identity(), (a, b) -> a));
    }

    public Set<String> parents() {
        return queues.stream().map(KnownQueue::parent).collect(Collectors.toSet());
    }
}
