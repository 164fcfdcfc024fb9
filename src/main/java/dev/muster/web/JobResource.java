package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.JobPatch;
import dev.muster.api.Page;
import dev.muster.job.Job;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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

/** Jobs that are there: list, look, change, forget. {@code -} in place of the team is every team. */
@Path("/api/v1/teams/{team}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class JobResource {
    private final JobReading reading;
    private final JobLookup lookup;
    private final Submissions submissions;
    private final Removal removal;
    private final Caller caller;

    JobResource(JobReading reading, JobLookup lookup, Submissions submissions, Removal removal, Caller caller) {
        this.reading = reading;
        this.lookup = lookup;
        this.submissions = submissions;
        this.removal = removal;
        this.caller = caller;
    }

    @GET
    @Path("jobs")
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    public Page<dev.muster.api.Job> list(
            @PathParam("team") String team,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("orderBy") @Nullable String orderBy,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        return reading.list(JobLookup.team(team), filter, orderBy, Parameters.pageSize(pageSize), pageToken);
    }

    @GET
    @Path("jobs/{job}")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.Job.class, responseCode = "200")
    public Response get(@PathParam("team") String team, @PathParam("job") String job) {
        return answer(reading.one(lookup.find(team, job)));
    }

    @PATCH
    @Path("jobs/{job}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PATCH, of = Resource.Kind.JOB, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.Job.class, responseCode = "200")
    public Response patch(
            @PathParam("team") String team,
            @PathParam("job") String job,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = JobPatch.class)))
                    Body<JobPatch> body) {
        Faults faults = new Faults();
        Place place = Place.root(faults);
        QueueName queue = place.at("queue").read(body.value().queue(), QueueName::new);
        PriorityClassName priority =
                place.at("priorityClass").read(body.value().priorityClass(), PriorityClassName::new);
        faults.refuseIfAny();
        Job present = lookup.find(team, job);
        Submission change = new Submission(
                caller.actor().name(), present.team(), Parameters.flag("validateOnly", validateOnly), null);
        return answer(reading.one(submissions.change(change, present.id(), queue, priority, IfMatch.version(ifMatch))));
    }

    @DELETE
    @Path("jobs/{job}")
    @Asks(value = Verb.DELETE, of = Resource.Kind.JOB, seesForItself = true)
    public void delete(
            @PathParam("team") String team,
            @PathParam("job") String job,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly) {
        removal.remove(
                lookup.find(team, job),
                caller.actor().name(),
                IfMatch.version(ifMatch),
                Parameters.flag("validateOnly", validateOnly));
    }

    private static Response answer(dev.muster.api.Job job) {
        return Response.ok(job).header("ETag", job.metadata().etag()).build();
    }
}
