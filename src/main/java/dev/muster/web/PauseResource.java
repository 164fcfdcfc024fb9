package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.cycle.Wake;
import dev.muster.postgres.PauseStore;
import dev.muster.postgres.QueueStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.policy.Pause;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where the planner plans and nobody acts. */
@Path("/api/v1/pauses")
@Tag(name = "policy")
public class PauseResource {
    /** How the whole cluster is called where a queue's name is expected. */
    private static final String CLUSTER = "-";

    private final PauseStore store;
    private final QueueStore queues;
    private final Caller caller;
    private final Wake wake;
    private final InstantSource clock;

    PauseResource(PauseStore store, QueueStore queues, Caller caller, Wake wake, InstantSource clock) {
        this.store = store;
        this.queues = queues;
        this.caller = caller;
        this.wake = wake;
        this.clock = clock;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.POLICY)
    public Page<dev.muster.api.Pause> list() {
        return new Page<>(store.all().stream().map(PauseResource::view).toList(), null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    public Response pause(
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.Pause.class)))
                    Body<dev.muster.api.Pause> body) {
        QueueName queue = queue(body.value().queue());
        Pause pause = new Pause(
                queue, caller.actor().name(), PolicyEdits.reason(body.value().why()), clock.instant());
        if (!store.pause(pause)) {
            throw MusterException.invalidState(
                    queue == null ? "Cluster" : "Queue",
                    queue == null ? CLUSTER : queue.value(),
                    "paused",
                    "be paused again",
                    List.of("unpause"));
        }
        wake.now();
        return Response.status(Response.Status.CREATED).entity(view(pause)).build();
    }

    @DELETE
    @Path("{queue}")
    @Asks(value = Verb.DELETE, of = Resource.Kind.POLICY)
    public void resume(@PathParam("queue") String name, @QueryParam("why") @Nullable String why) {
        QueueName queue = name.equals(CLUSTER) ? null : Parameters.name("Queue name", name, QueueName::new);
        if (!store.resume(
                queue,
                caller.actor().name(),
                why == null ? "no longer needed" : PolicyEdits.reason(why),
                clock.instant())) {
            throw MusterException.notFound("pause of", queue == null ? "the cluster" : queue.value());
        }
        wake.now();
    }

    private @Nullable QueueName queue(@Nullable String sent) {
        if (sent == null || sent.equals(CLUSTER)) {
            return null;
        }
        QueueName name = Parameters.name("Queue name", sent, QueueName::new);
        queues.find(name).orElseThrow(() -> MusterException.notFound("queue", name.value()));
        return name;
    }

    private static dev.muster.api.Pause view(Pause pause) {
        return new dev.muster.api.Pause(
                pause.queue() == null ? null : pause.queue().value(), pause.why(), pause.actor(), pause.since());
    }
}
