package dev.muster.simulation;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import dev.muster.simulation.placement.Floor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which pools are declared, what is wrong with their nodes, and so which nodes the floor has. Used by {@link World} alone. */
final class Fleet {
    private final Floor floor;
    private final Agenda agenda;
    private final Consumer<Gone> loss;
    private final Map<NodeName, Fact.Marked> marks = new TreeMap<>();
    private final Map<NodeName, Agenda.Entry> interruptions = new HashMap<>();
    private List<SimulatedPool> pools = List.of();

    /** {@code loss} hears of each node that went, when it has gone. */
    Fleet(Floor floor, Agenda agenda, Consumer<Gone> loss) {
        this.floor = floor;
        this.agenda = agenda;
        this.loss = loss;
    }

    /** A node that went, and how its pods end. */
    record Gone(
            NodeName node,
            Instant at,
            PodPhase phase,
            @Nullable Integer exitCode,
            PodEnd cause,
            String message) {}

    List<SimulatedPool> pools() {
        return pools;
    }

    boolean isDeclared(NodeName name) {
        return declaredNode(name).isPresent();
    }

    /** Facts from which the fleet follows as it is. */
    void retell(Instant now, Consumer<Fact> to) {
        to.accept(new Fact.Declared(now, pools));
        marks.values().forEach(to);
    }

    void declare(Fact.Declared fact) {
        pools = fact.pools();
        Map<NodeName, Node> declared = new LinkedHashMap<>();
        for (SimulatedPool pool : pools) {
            for (int i = 0; i < pool.nodes(); i++) {
                Node node = pool.node(i);
                declared.put(node.name(), node);
            }
        }
        List<Node> before = floor.nodes();
        // From the end, so that a pool that shrinks by thousands need not move the rest each time.
        for (int i = before.size() - 1; i >= 0; i--) {
            Node node = before.get(i);
            if (!declared.containsKey(node.name())) {
                lose(node.name(), fact.at(), "node %s was taken away".formatted(node.name()));
            }
        }
        marks.keySet().retainAll(declared.keySet());
        List.copyOf(interruptions.keySet()).stream()
                .filter(node -> !declared.containsKey(node))
                .forEach(this::cancelInterruption);
        declared.values().forEach(this::put);
    }

    private void put(Node node) {
        switch (condition(node.name())) {
            case READY -> floor.put(node);
            case NOT_READY, INTERRUPTED -> floor.put(node.withReady(false));
            case LOST -> floor.remove(node.name());
        }
    }

    NodeCondition condition(NodeName node) {
        Fact.Marked mark = marks.get(node);
        return mark == null ? NodeCondition.READY : mark.condition();
    }

    /** Those that their provider takes back and that are still there. */
    Set<NodeName> interrupted() {
        return Set.copyOf(interruptions.keySet());
    }

    void mark(Fact.Marked fact) {
        NodeName name = fact.node();
        cancelInterruption(name);
        marks.put(name, fact);
        switch (fact.condition()) {
            case READY -> marks.remove(name);
            case NOT_READY -> {}
            case INTERRUPTED -> {
                Instant end = fact.at().plus(fact.notice());
                interruptions.put(name, agenda.note(end, () -> interrupt(name, end)));
            }
            case LOST -> lose(name, fact.at(), "node %s is lost".formatted(name));
        }
        declaredNode(name).ifPresent(this::put);
    }

    private void cancelInterruption(NodeName node) {
        Agenda.Entry interruption = interruptions.remove(node);
        if (interruption != null) {
            agenda.cancel(interruption);
        }
    }

    private void interrupt(NodeName node, Instant at) {
        interruptions.remove(node);
        marks.put(node, new Fact.Marked(at, node, NodeCondition.LOST, Duration.ZERO));
        String message = "node %s was taken back by its provider".formatted(node);
        floor.remove(node);
        loss.accept(new Gone(node, at, PodPhase.FAILED, 143, PodEnd.SPOT_INTERRUPTED, message));
    }

    private void lose(NodeName node, Instant at, String message) {
        floor.remove(node);
        loss.accept(new Gone(node, at, PodPhase.LOST, null, PodEnd.NODE_LOST, message));
    }

    private Optional<Node> declaredNode(NodeName name) {
        for (SimulatedPool pool : pools) {
            String prefix = pool.name() + "-";
            String rest = name.value().startsWith(prefix) ? name.value().substring(prefix.length()) : "";
            if (rest.matches("0|[1-9]\\d{0,6}") && Integer.parseInt(rest) < pool.nodes()) {
                return Optional.of(pool.node(Integer.parseInt(rest)));
            }
        }
        return Optional.empty();
    }
}
