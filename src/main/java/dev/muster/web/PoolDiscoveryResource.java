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
import dev.muster.postgres.Versioned;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.offering.EmptyGroup;
import dev.muster.quota.offering.StrayNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Pools for nodes that belong to none, and for groups that have none now, as they could be declared; nothing is changed. */
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
        List<dev.muster.pool.Pool> declared =
                pools.all().stream().map(Versioned::value).toList();
        Set<PoolName> taken =
                declared.stream().map(dev.muster.pool.Pool::name).collect(Collectors.toCollection(HashSet::new));
        List<StrayNode> strays = cluster.strays();
        List<dev.muster.quota.offering.PoolProposal> proposals =
                dev.muster.quota.offering.PoolProposal.of(strays, taken);
        proposals.forEach(proposal -> taken.add(proposal.name()));
        Stream<PoolProposal> empty = dev.muster.quota.offering.PoolProposal.ofEmpty(
                        cluster.emptyGroups(),
                        taken,
                        declared.stream().map(dev.muster.pool.Pool::labels).toList())
                .stream()
                .map(PoolDiscoveryResource::view);
        return new PoolDiscovery(
                strays.size(),
                Stream.concat(proposals.stream().map(PoolDiscoveryResource::view), empty)
                        .toList());
    }

    /** What is not known is left out, so that nobody applies it before it is filled in. */
    private static PoolProposal view(dev.muster.quota.offering.PoolProposal.Empty proposal) {
        EmptyGroup group = proposal.group();
        Pool pool = new Pool(
                Pool.KIND,
                Metadata.named(proposal.name().value()),
                new PoolSpec(
                        0,
                        Map.of(),
                        PodView.some(group.labels()),
                        PodView.some(PodView.taints(group.taints())),
                        null,
                        null,
                        null,
                        group.most()),
                null);
        return new PoolProposal(
                pool,
                List.of(),
                "%s says that group %s has no node now. Fill in before it is applied: %s"
                        .formatted(group.autoscaler(), group.name(), String.join("; ", group.unknown())));
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
