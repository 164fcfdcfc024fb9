package dev.muster.simulation.scheduler;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes of a site as the planner sees them; made anew only when some have come or gone. */
final class SeenNodes {
    private final Site site;
    private final Offerings offerings;
    private final Map<String, SiteNode> byName = new HashMap<>();
    private List<Node> nodes = List.of();
    private long seen = -1;

    SeenNodes(Site site, Offerings offerings) {
        this.site = site;
        this.offerings = offerings;
    }

    List<Node> now() {
        if (seen != site.nodesChanged()) {
            seen = site.nodesChanged();
            byName.clear();
            site.nodes().forEach(node -> byName.put(node.name, node));
            nodes = site.nodes().stream().map(this::seen).toList();
        }
        return nodes;
    }

    /** The node of a promise, null where it has no name or has gone. */
    @Nullable
    SiteNode of(@Nullable NodeName name) {
        return name == null ? null : byName.get(name.value());
    }

    private Node seen(SiteNode node) {
        Map<String, String> labels = offerings.labels(node.pool, node.offering);
        labels.put("kubernetes.io/hostname", node.name);
        return new Node(
                new NodeName(node.name),
                site.pool(node.pool),
                labels,
                List.of(),
                site.spec().pools().get(node.pool).shape(),
                Resources.NONE,
                site.maxPods(node.pool),
                0,
                !node.leaves());
    }
}
