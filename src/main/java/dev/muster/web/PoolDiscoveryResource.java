package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Metadata;
import dev.muster.api.Pool;
import dev.muster.api.PoolDiscovery;
import dev.muster.api.PoolProposal;
import dev.muster.api.PoolSpec;
import dev.muster.cluster.Cluster;
import dev.muster.postgres.PoolStore;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.offering.StrayNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Pools for nodes that belong to none, as they could be declared; nothing is changed. */
@Path("/api/v1/pools:discover")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "pools")
public class PoolDiscoveryResource {
    private final Cluster cluster;
    private final PoolStore pools;

    PoolDiscoveryResource(Cluster cluster, PoolStore pools) {
        this.cluster = cluster;
        this.pools = pools;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.CLUSTER)
    public PoolDiscovery discover() {
        Set<PoolName> taken =
                pools.all().stream().map(pool -> pool.value().name()).collect(Collectors.toSet());
        List<StrayNode> strays = cluster.strays();
        return new PoolDiscovery(
                strays.size(),
                dev.muster.quota.offering.PoolProposal.of(strays, taken).stream()
                        .map(PoolDiscoveryResource::view)
                        .toList());
    }

    private static PoolProposal view(dev.muster.quota.offering.PoolProposal proposal) {
        Pool pool = new Pool(
                Pool.KIND,
                Metadata.named(proposal.name().value()),
                new PoolSpec(
                        proposal.nodes().size(),
                        Amounts.text(proposal.resources()),
                        PodView.some(proposal.labels()),
                        PodView.some(PodView.taints(proposal.taints())),
                        proposal.maxPods(),
                        null,
                        null,
                        null),
                null);
        return new PoolProposal(
                pool,
                proposal.nodes().stream().map(NodeName::value).toList(),
                proposal.labels().isEmpty()
                        ? "No label tells these nodes from others: label them muster.dev/pool=" + proposal.name()
                        : null);
    }
}
