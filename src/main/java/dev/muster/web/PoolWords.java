package dev.muster.web;

import dev.muster.api.PoolSpec;
import dev.muster.api.PoolStatus;
import dev.muster.pool.Pool;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Place;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A pool, from the wire and back. */
final class PoolWords {
    private static final int MOST_PODS_PER_NODE = 10_000;

    private PoolWords() {}

    static Pool read(Place place, dev.muster.api.Pool sent, PoolName name) {
        Named.check(place, sent.kind(), dev.muster.api.Pool.KIND, sent.metadata(), name.value());
        PoolSpec spec = sent.spec();
        if (spec == null) {
            place.at("spec").required("a spec with nodes and resources");
            return new Pool(name, 0, Resources.NONE, Map.of(), java.util.List.of(), 1, null, false);
        }
        Place at = place.at("spec");
        int pods = Objects.requireNonNullElse(spec.maxPodsPerNode(), Pool.USUAL_PODS_PER_NODE);
        if (spec.maxNodes() != null) {
            at.at("maxNodes").between(spec.maxNodes(), Math.max(0, spec.nodes()), Limits.NODES_OF_A_POOL);
        }
        boolean sound = at.at("nodes").between(spec.nodes(), 0, Limits.NODES_OF_A_POOL)
                & at.at("maxPodsPerNode").between(pods, 1, MOST_PODS_PER_NODE);
        return new Pool(
                name,
                sound ? spec.nodes() : 0,
                Amounts.positive(at.at("resources"), spec.resources()),
                LabelReader.nodeLabels(at.at("labels"), spec.labels()),
                AffinityReader.taints(at.at("taints"), spec.taints()),
                sound ? pods : 1,
                price(at.at("price"), spec.price()),
                Boolean.TRUE.equals(spec.localProcesses()),
                Objects.requireNonNullElse(spec.maxNodes(), 0),
                WarmWords.read(at.at("warm"), spec.warm(), Objects.requireNonNullElse(spec.maxNodes(), spec.nodes())));
    }

    static dev.muster.api.Pool view(Versioned<Pool> versioned, @Nullable PoolStatus status) {
        Pool pool = versioned.value();
        return new dev.muster.api.Pool(
                dev.muster.api.Pool.KIND,
                Named.metadata(pool.name().value(), versioned),
                new PoolSpec(
                        pool.nodes(),
                        Amounts.text(pool.resources()),
                        PodView.some(pool.labels()),
                        PodView.some(PodView.taints(pool.taints())),
                        pool.maxPodsPerNode(),
                        pool.price() == null ? null : pool.price().toPlainString(),
                        pool.localProcesses() ? true : null,
                        pool.maxNodes() > pool.nodes() ? pool.maxNodes() : null,
                        WarmWords.view(pool.warm())),
                status);
    }

    private static @Nullable BigDecimal price(Place place, @Nullable String sent) {
        if (sent == null) {
            return null;
        }
        if (!sent.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            place.bad(sent, "a price per node and hour such as 0.35");
            return null;
        }
        return new BigDecimal(sent);
    }
}
