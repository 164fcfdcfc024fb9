package dev.muster.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Job;
import dev.muster.api.JobArray;
import dev.muster.api.Page;
import dev.muster.job.JobRequest;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import dev.muster.quota.name.TeamName;
import dev.muster.steering.Steering;
import dev.muster.submission.Candidate;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Many alike jobs as one: submitted, looked at and cancelled together. The children are jobs like others. */
@Path("/api/v1/teams/{team}/arrays")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class ArrayResource {
    private final Submissions submissions;
    private final Steering steering;
    private final ArrayReading reading;
    private final TemplateReading templates;
    private final Caller caller;
    private final ObjectMapper json;

    ArrayResource(
            Submissions submissions,
            Steering steering,
            ArrayReading reading,
            TemplateReading templates,
            Caller caller,
            ObjectMapper json) {
        this.templates = templates;
        this.submissions = submissions;
        this.steering = steering;
        this.reading = reading;
        this.caller = caller;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.SUBMIT, of = Resource.Kind.JOB)
    @APIResponseSchema(value = JobArray.class, responseCode = "201")
    public Response submit(
            @PathParam("team") String team,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Job.class)))
                    Body<Job> body) {
        TeamName name = Parameters.name("team", team, TeamName::new);
        Submission submission = new Submission(
                caller.actor().name(),
                name,
                Parameters.flag("validateOnly", validateOnly),
                IdempotencyKey.of(key, name + "/arrays", body.hash()));
        Faults faults = new Faults();
        Place place = Place.root(faults);
        Optional<JobRequest> request = new JobReader(faults, name).read(place, body.value(), templates.merge(name));
        request.filter(one -> one.array() == null)
                .ifPresent(one -> place.at("spec").at("array").required("an array: a size, or indices"));
        faults.refuseIfAny();
        List<Candidate> candidates = List.of(new Candidate(place, request.orElseThrow()));
        Answer told = submissions.submit(submission, candidates, jobs -> {
            JobArray array = ArrayReading.accepted(jobs, name, submission.dry());
            return new Answer(
                    submission.dry() ? 200 : 201,
                    submission.dry()
                            ? null
                            : "/api/v1/teams/%s/arrays/%s"
                                    .formatted(team, array.metadata().id()),
                    text(array));
        });
        Response.ResponseBuilder response = Response.status(told.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(told.body());
        return told.location() == null
                ? response.build()
                : response.header("Location", told.location()).build();
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB)
    public Page<JobArray> list(
            @PathParam("team") String team,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        return reading.list(JobLookup.team(team), Parameters.pageSize(pageSize), pageToken);
    }

    @GET
    @Path("{array: [^/:]+}")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public JobArray get(@PathParam("team") String team, @PathParam("array") String array) {
        return reading.view(reading.find(team, array));
    }

    @POST
    @Path("{array: [^/:]+}:cancel")
    @Asks(value = Verb.CANCEL, of = Resource.Kind.JOB)
    @APIResponseSchema(value = JobArray.class, responseCode = "200")
    public JobArray cancel(@PathParam("team") String team, @PathParam("array") String array) {
        dev.muster.job.JobArray found = reading.find(team, array);
        steering.cancelAll(caller.actor().name(), found.id());
        return reading.view(found);
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was accepted is always JSON", e);
        }
    }
}
