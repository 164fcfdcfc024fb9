package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.catalogue.Edit;
import dev.muster.catalogue.Queues;
import dev.muster.catalogue.Written;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
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

/** The tree of queues: a list, each with its parent and children. */
@Path("/api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "queues")
public class QueueResource {
    private final Queues queues;
    private final QueueReading reading;
    private final Writes writes;

    QueueResource(Queues queues, QueueReading reading, Writes writes) {
        this.queues = queues;
        this.reading = reading;
        this.writes = writes;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.QUEUE, seesForItself = true)
    public Page<dev.muster.api.Queue> list(
            @QueryParam("pageSize") @Nullable String pageSize, @QueryParam("pageToken") @Nullable String pageToken) {
        return reading.list(pageSize, pageToken);
    }

    @GET
    @Path("{name}")
    @Asks(value = Verb.READ, of = Resource.Kind.QUEUE)
    @APIResponseSchema(value = dev.muster.api.Queue.class, responseCode = "200")
    public Response get(@PathParam("name") String name) {
        dev.muster.api.Queue found = reading.one(name(name));
        return Writes.found(found, found.metadata());
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.QUEUE, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.Queue.class, responseCode = "200")
    public Response put(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.Queue.class)))
                    Body<dev.muster.api.Queue> body) {
        Edit edit = writes.edit(ifMatch, ifNoneMatch, body.value().metadata(), validateOnly);
        Faults faults = new Faults();
        Queue value = QueueWords.read(Place.root(faults), body.value(), name(name));
        faults.refuseIfAny();
        reading.requireMayWrite(value);
        Written<Queue> written = queues.put(value, edit);
        dev.muster.api.Queue view = edit.dry() ? reading.preview(written.thing()) : reading.view(written.thing());
        return Writes.answer(view, view.metadata(), written.isNew(), edit);
    }

    @DELETE
    @Path("{name}")
    @Asks(value = Verb.DELETE, of = Resource.Kind.QUEUE)
    public void delete(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly) {
        queues.delete(name(name), writes.edit(ifMatch, null, null, validateOnly));
    }

    private static QueueName name(String name) {
        return Parameters.name("Queue name", name, QueueName::new);
    }
}
