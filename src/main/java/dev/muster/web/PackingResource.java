package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Fragmentation;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.PoolName;
import dev.muster.report.Packing;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What of the nodes is of no use. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "packing")
public class PackingResource {
    private final Packing packing;

    PackingResource(Packing packing) {
        this.packing = packing;
    }

    @GET
    @Path("fragmentation")
    @Asks(value = Verb.READ, of = Resource.Kind.PLANNER)
    public Fragmentation fragmentation(@QueryParam("pool") @Nullable String pool) {
        PoolName only = pool == null || pool.isEmpty() ? null : Parameters.name("pool", pool, PoolName::new);
        Packing.Found found = packing.find().orElseThrow(MusterException::notPlannedYet);
        if (only != null
                && found.fragmentation().nodes().stream()
                        .noneMatch(node -> node.pool().equals(only))
                && !found.prices().containsKey(only)) {
            throw MusterException.notFound("pool", only.value());
        }
        return FragmentationView.of(found, only);
    }
}
