package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Requeue;
import dev.muster.job.Job;
import dev.muster.quota.name.JobId;
import dev.muster.steering.Steering;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Verbs on one job. Each answers with the job as it is then; what runs goes its way after that. */
@Path("/api/v1/teams/{team}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class SteeringResource {
    private final Steering steering;
    private final JobLookup lookup;
    private final JobReading reading;
    private final Caller caller;

    SteeringResource(Steering steering, JobLookup lookup, JobReading reading, Caller caller) {
        this.steering = steering;
        this.lookup = lookup;
        this.reading = reading;
        this.caller = caller;
    }

    @POST
    @Path("jobs/{job: [^/:]+}:suspend")
    @Asks(value = Verb.SUSPEND, of = Resource.Kind.JOB, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.Job.class, responseCode = "200")
    public Response suspend(
            @PathParam("team") String team,
            @PathParam("job") String job,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        return steer(team, job, ifMatch, steering::suspend);
    }

    @POST
    @Path("jobs/{job: [^/:]+}:resume")
    @Asks(value = Verb.RESUME, of = Resource.Kind.JOB, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.Job.class, responseCode = "200")
    public Response resume(
            @PathParam("team") String team,
            @PathParam("job") String job,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        return steer(team, job, ifMatch, steering::resume);
    }

    @POST
    @Path("jobs/{job: [^/:]+}:requeue")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.RERUN, of = Resource.Kind.JOB, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.Job.class, responseCode = "200")
    public Response requeue(
            @PathParam("team") String team,
            @PathParam("job") String job,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requeue.class)))
                    Body<Requeue> body) {
        String why = PolicyEdits.reason(body.value().why());
        return steer(team, job, ifMatch, (actor, id, expected) -> steering.requeue(actor, id, expected, why));
    }

    @POST
    @Path("jobs/{job: [^/:]+}:cancel")
    @Asks(value = Verb.CANCEL, of = Resource.Kind.JOB, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.Job.class, responseCode = "200")
    public Response cancel(
            @PathParam("team") String team,
            @PathParam("job") String job,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        return steer(team, job, ifMatch, steering::cancel);
    }

    @POST
    @Path("jobs/{job: [^/:]+}:checkpoint")
    @Asks(value = Verb.CHECKPOINT, of = Resource.Kind.JOB, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.Job.class, responseCode = "200")
    public Response checkpoint(
            @PathParam("team") String team,
            @PathParam("job") String job,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        return steer(team, job, ifMatch, steering::checkpointed);
    }

    @FunctionalInterface
    private interface Steer {
        Job steer(String actor, JobId job, @Nullable Long expected);
    }

    private Response steer(String team, String job, @Nullable String ifMatch, Steer verb) {
        Job steered = verb.steer(caller.actor().name(), lookup.find(team, job).id(), IfMatch.version(ifMatch));
        return Response.ok(reading.one(steered))
                .header("ETag", JobView.etag(steered.version()))
                .build();
    }
}
