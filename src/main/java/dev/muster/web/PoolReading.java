package dev.muster.web;

import dev.muster.api.Page;
import dev.muster.api.Pool;
import dev.muster.api.PoolStatus;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cycle.Board;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.resource.Resources;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pools as they go over the wire: their nodes as the cluster shows them, and what live attempts use of them. */
@ApplicationScoped
public class PoolReading {
    private final PoolStore store;
    private final Cluster cluster;
    private final Board board;
    private final NamedPages pages;
    private final OfferingReading offerings;

    PoolReading(PoolStore store, Cluster cluster, Board board, NamedPages pages, OfferingReading offerings) {
        this.offerings = offerings;
        this.store = store;
        this.cluster = cluster;
        this.board = board;
        this.pages = pages;
    }

    /** Without single nodes: those of one pool are shown with it. */
    public Page<Pool> list(@Nullable String pageSize, @Nullable String pageToken) {
        Use use = new Use();
        return pages.page(
                "pools",
                store.all(),
                one -> one.value().name().value(),
                one -> PoolWords.view(one, use.of(one.value(), false)),
                pageSize,
                pageToken);
    }

    /** @throws MusterException where there is none of that name */
    public Pool one(PoolName name) {
        return store.find(name).map(this::view).orElseThrow(() -> MusterException.notFound("pool", name.value()));
    }

    /** What was just written; without its status where the cluster cannot be read: that undoes nothing. */
    Pool written(Versioned<dev.muster.pool.Pool> versioned) {
        try {
            return view(versioned);
        } catch (ClusterUnavailable e) {
            return PoolWords.view(versioned, null);
        }
    }

    private Pool view(Versioned<dev.muster.pool.Pool> versioned) {
        return PoolWords.view(versioned, new Use().of(versioned.value(), true));
    }

    /** What is used, all attempts walked through once. */
    private final class Use {
        private final List<Node> nodes = cluster.nodes();
        private final OfferingReading.Known known = offerings.read();
        private final Map<PoolName, Resources> ofPool = new HashMap<>();
        private final Map<PoolName, Integer> podsOfPool = new HashMap<>();
        private final Map<NodeName, Resources> ofNode = new HashMap<>();
        private final Map<NodeName, Integer> podsOfNode = new HashMap<>();

        private Use() {
            board.view().ifPresent(view -> view.snapshot().live().stream()
                    .flatMap(attempt -> attempt.pods().stream())
                    .forEach(this::add));
        }

        private void add(LiveAttempt.Held held) {
            Resources amount = held.pod().times(held.count());
            ofPool.merge(held.pool(), amount, Resources::plus);
            podsOfPool.merge(held.pool(), held.count(), Integer::sum);
            if (held.node() != null) {
                ofNode.merge(held.node(), amount, Resources::plus);
                podsOfNode.merge(held.node(), held.count(), Integer::sum);
            }
        }

        private PoolStatus of(dev.muster.pool.Pool declared, boolean withNodes) {
            PoolName pool = declared.name();
            List<Node> own = nodes.stream()
                    .filter(node -> node.pool().equals(pool))
                    .sorted(Comparator.comparing(Node::name))
                    .toList();
            List<Node> ready = own.stream().filter(Node::ready).toList();
            Resources allocatable = ready.stream().map(Node::allocatable).reduce(Resources.NONE, Resources::plus);
            return new PoolStatus(
                    ready.size(),
                    Amounts.text(allocatable),
                    Amounts.text(ofPool.getOrDefault(pool, Resources.NONE)),
                    podsOfPool.getOrDefault(pool, 0),
                    withNodes ? own.stream().map(this::node).toList() : null,
                    known.isAny(declared) ? known.of(declared) : null);
        }

        private PoolStatus.NodeUse node(Node node) {
            return new PoolStatus.NodeUse(
                    node.name().value(),
                    node.ready(),
                    Amounts.text(node.allocatable()),
                    Amounts.text(ofNode.getOrDefault(node.name(), Resources.NONE)),
                    podsOfNode.getOrDefault(node.name(), 0));
        }
    }
}
