package dev.muster.submission;

import dev.muster.postgres.QueueStore;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.Feasibility;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.queue.QueueTree;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a job has to know of a queue before it may wait there. The caller holds the tree. */
@ApplicationScoped
class Queues {
    /** Feasibility lays out all nodes, so it is kept for the queues that are used. */
    private static final int MOST_KEPT = 64;

    private final QueueStore store;
    private final Supply supply;
    private final Map<List<QueueSpec>, Kept> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<QueueSpec>, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    });

    Queues(QueueStore store, Supply supply) {
        this.store = store;
        this.supply = supply;
    }

    private record Kept(List<Node> nodes, Feasibility feasibility) {}

    /** A queue with all above it. {@code children} is not empty where it is no leaf; {@code team} null: every team's. */
    record Look(QueueName name, @Nullable TeamName team, List<QueueName> children, List<QueueSpec> lineage) {

        /** The strictest of its own state and those above. */
        QueueState state() {
            return QueueTree.lenient(lineage).effectiveState(name);
        }
    }

    /** Why a gang could never run in that queue; {@code stamp} is that of the catalogue. */
    List<Reason> never(Look look, List<Ask> asks, boolean oneZone, String stamp) {
        return feasibility(look.lineage(), stamp).check(asks, look.name(), oneZone);
    }

    Optional<Look> look(QueueName name) {
        Optional<Queue> queue = store.inForce(name);
        if (queue.isEmpty()) {
            return Optional.empty();
        }
        List<QueueSpec> lineage = new ArrayList<>();
        @Nullable Queue at = queue.get();
        while (at != null) {
            lineage.add(at.spec());
            QueueName parent = at.spec().parent();
            at = parent == null ? null : store.inForce(parent).orElse(null);
        }
        return Optional.of(new Look(name, queue.get().team(), store.children(name), List.copyOf(lineage)));
    }

    private Feasibility feasibility(List<QueueSpec> lineage, String stamp) {
        List<Node> nodes = supply.nodes(stamp);
        Kept before = kept.get(lineage);
        if (before != null && before.nodes() == nodes) {
            return before.feasibility();
        }
        Kept made = new Kept(nodes, Feasibility.of(lineage, nodes));
        kept.put(lineage, made);
        return made.feasibility();
    }
}
