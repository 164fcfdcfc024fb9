package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.api.PolicyRehearsal;
import dev.muster.problem.MusterException;
import dev.muster.quota.usage.Period;
import dev.muster.rehearsal.Rehearsals;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What another policy would have done with the recorded load: asked for, looked at while it is computed, taken back. */
@Path("/api/v1/policy/rehearsals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy")
public class RehearsalResource {
    private final Rehearsals rehearsals;
    private final Caller caller;
    private final InstantSource clock;

    RehearsalResource(Rehearsals rehearsals, Caller caller, InstantSource clock) {
        this.rehearsals = rehearsals;
        this.caller = caller;
        this.clock = clock;
    }

    /** Newest first, the last fifty. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.POLICY)
    public Page<PolicyRehearsal> list() {
        return new Page<>(rehearsals.latest().stream().map(RehearsalWords::view).toList(), null);
    }

    @GET
    @Path("{rehearsal}")
    @Asks(value = Verb.READ, of = Resource.Kind.POLICY)
    public PolicyRehearsal one(@PathParam("rehearsal") String id) {
        return RehearsalWords.view(rehearsals.find(id));
    }

    /** Of the last seven days where nothing is said. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    @APIResponseSchema(value = PolicyRehearsal.class, responseCode = "202")
    public Response ask(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.Policy.class)))
                    Body<dev.muster.api.Policy> body) {
        Period period = PeriodReader.of(from, to, clock.instant());
        if (Duration.between(period.from(), period.to()).compareTo(Rehearsals.LONGEST) > 0) {
            throw MusterException.invalidParameter(
                    "from", String.valueOf(from), "at most %d days before 'to'".formatted(Rehearsals.LONGEST.toDays()));
        }
        return Response.accepted(RehearsalWords.view(rehearsals.ask(
                        PolicyWords.read(body.value()),
                        period.from(),
                        period.to(),
                        caller.actor().name())))
                .build();
    }

    /** Stops it where it is computed; what is over cannot be cancelled. */
    @DELETE
    @Path("{rehearsal}")
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    public PolicyRehearsal cancel(@PathParam("rehearsal") String id) {
        return RehearsalWords.view(rehearsals.cancel(id));
    }
}
