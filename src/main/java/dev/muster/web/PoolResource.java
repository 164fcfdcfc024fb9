package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.catalogue.Edit;
import dev.muster.catalogue.Pools;
import dev.muster.catalogue.Written;
import dev.muster.pool.Pool;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import dev.muster.quota.name.PoolName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Pools of nodes. */
@Path("/api/v1/pools")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "pools")
public class PoolResource {
    private final Pools pools;
    private final PoolReading reading;
    private final Writes writes;

    PoolResource(Pools pools, PoolReading reading, Writes writes) {
        this.pools = pools;
        this.reading = reading;
        this.writes = writes;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.POOL)
    public Page<dev.muster.api.Pool> list(
            @QueryParam("pageSize") @Nullable String pageSize, @QueryParam("pageToken") @Nullable String pageToken) {
        return reading.list(pageSize, pageToken);
    }

    @GET
    @Path("{name}")
    @Asks(value = Verb.READ, of = Resource.Kind.POOL)
    @APIResponseSchema(value = dev.muster.api.Pool.class, responseCode = "200")
    public Response get(@PathParam("name") String name) {
        dev.muster.api.Pool found = reading.one(name(name));
        return Writes.found(found, found.metadata());
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.POOL)
    @APIResponseSchema(value = dev.muster.api.Pool.class, responseCode = "200")
    public Response put(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.Pool.class)))
                    Body<dev.muster.api.Pool> body) {
        Edit edit = writes.edit(ifMatch, ifNoneMatch, body.value().metadata(), validateOnly);
        Faults faults = new Faults();
        Pool value = PoolWords.read(Place.root(faults), body.value(), name(name));
        faults.refuseIfAny();
        Written<Pool> written = pools.put(value, edit);
        dev.muster.api.Pool view = reading.written(written.thing());
        return Writes.answer(view, view.metadata(), written.isNew(), edit);
    }

    @DELETE
    @Path("{name}")
    @Asks(value = Verb.DELETE, of = Resource.Kind.POOL)
    public void delete(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly) {
        pools.delete(name(name), writes.edit(ifMatch, null, null, validateOnly));
    }

    private static PoolName name(String name) {
        return Parameters.name("Pool name", name, PoolName::new);
    }
}
