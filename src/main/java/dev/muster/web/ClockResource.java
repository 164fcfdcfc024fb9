package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Clock;
import dev.muster.api.ClockRun;
import dev.muster.cycle.VirtualTime;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The service's clock; the virtual one can be told to run. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "clock")
public class ClockResource {
    private final VirtualTime time;

    ClockResource(VirtualTime time) {
        this.time = time;
    }

    @GET
    @Path("clock")
    @Asks(value = Verb.READ, of = Resource.Kind.CLOCK)
    public Clock clock() {
        return new Clock(time.mode().name(), time.now(), time.isIdle());
    }

    /** Begins to run and answers at once: poll {@code GET /clock} for {@code idle}. */
    @POST
    @Path("clock:run")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.RUN, of = Resource.Kind.CLOCK)
    @APIResponseSchema(value = Clock.class, responseCode = "202")
    public Response run(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ClockRun.class)))
                    Body<ClockRun> body) {
        time.run(body.value().until());
        return Response.status(Response.Status.ACCEPTED).entity(clock()).build();
    }
}
