package dev.muster.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Job;
import dev.muster.api.JobBatch;
import dev.muster.cycle.Prospects;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.resource.Resources;
import dev.muster.report.Forecasts;
import dev.muster.report.PodSizes;
import dev.muster.submission.Candidate;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Jobs that want to be accepted: one, many at once (all or none), or one that ended once more. */
@Path("/api/v1/teams/{team}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class SubmissionResource {
    private final Submissions submissions;
    private final JobLookup lookup;
    private final Caller caller;
    private final Forecasts forecasts;
    private final PodSizes podSizes;
    private final Prospects prospects;
    private final TemplateReading templates;
    private final ObjectMapper json;

    SubmissionResource(
            Submissions submissions,
            JobLookup lookup,
            Caller caller,
            Forecasts forecasts,
            PodSizes podSizes,
            Prospects prospects,
            TemplateReading templates,
            ObjectMapper json) {
        this.templates = templates;
        this.forecasts = forecasts;
        this.podSizes = podSizes;
        this.prospects = prospects;
        this.submissions = submissions;
        this.lookup = lookup;
        this.caller = caller;
        this.json = json;
    }

    @POST
    @Path("jobs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.SUBMIT, of = Resource.Kind.JOB)
    @APIResponseSchema(value = Job.class, responseCode = "201")
    public Response submit(
            @PathParam("team") String team,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Job.class)))
                    Body<Job> body) {
        Submission submission = submission(team, key, "jobs", validateOnly, body.hash());
        Faults faults = new Faults();
        List<Candidate> candidates = new ArrayList<>();
        read(
                new JobReader(faults, submission.team()),
                Place.root(faults),
                body.value(),
                candidates,
                templates.merge(submission.team()));
        candidates.stream().filter(one -> one.request().array() != null).forEach(one -> one.place()
                .at("spec")
                .at("array")
                .fault(
                        Fault.Kind.NOT_ALLOWED,
                        "an array is many jobs: expected one",
                        "POST it to /api/v1/teams/%s/arrays, or in a batch".formatted(team)));
        faults.refuseIfAny();
        return respond(submissions.submit(submission, candidates, jobs -> one(submission, jobs.get(0))));
    }

    @POST
    @Path("jobs:batchCreate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.SUBMIT, of = Resource.Kind.JOB)
    @APIResponseSchema(value = JobBatch.class, responseCode = "201")
    public Response submitAll(
            @PathParam("team") String team,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = JobBatch.class)))
                    Body<JobBatch> body) {
        Submission submission = submission(team, key, "jobs:batchCreate", validateOnly, body.hash());
        Faults faults = new Faults();
        Place place = Place.root(faults).at("jobs");
        List<Job> sent = bounded(place, body.value().jobs());
        JobReader reader = new JobReader(faults, submission.team());
        TemplateMerge merge = templates.merge(submission.team());
        List<Candidate> candidates = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            read(reader, place.at(i), sent.get(i), candidates, merge);
        }
        faults.refuseIfAny();
        return respond(submissions.submit(submission, candidates, jobs -> many(submission, jobs)));
    }

    @POST
    @Path("jobs/{job: [^/:]+}:rerun")
    @Asks(value = Verb.RERUN, of = Resource.Kind.JOB, seesForItself = true)
    @APIResponseSchema(value = Job.class, responseCode = "201")
    public Response rerun(
            @PathParam("team") String team,
            @PathParam("job") String job,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("validateOnly") @Nullable String validateOnly) {
        dev.muster.job.Job old = lookup.find(team, job);
        Submission submission = submission(old.team().value(), key, "rerun " + old.id(), validateOnly, new byte[0]);
        return respond(submissions.rerun(submission, old.id(), jobs -> one(submission, jobs.get(0))));
    }

    private Submission submission(
            String team, @Nullable String key, String what, @Nullable String validateOnly, byte[] hash) {
        TeamName name = Parameters.name("team", team, TeamName::new);
        return new Submission(
                caller.actor().name(),
                name,
                Parameters.flag("validateOnly", validateOnly),
                IdempotencyKey.of(key, name + "/" + what, hash));
    }

    private static void read(JobReader reader, Place place, Job sent, List<Candidate> candidates, TemplateMerge merge) {
        reader.read(place, sent, merge).ifPresent(request -> candidates.add(new Candidate(place, request)));
    }

    private static List<Job> bounded(Place place, @Nullable List<Job> sent) {
        if (sent == null || sent.isEmpty()) {
            throw MusterException.invalid(new Fault(place.pointer(), Fault.Kind.REQUIRED, "expected at least one job"));
        }
        if (sent.size() > Limits.JOBS_IN_A_BATCH) {
            throw MusterException.invalid(new Fault(
                    place.pointer(),
                    Fault.Kind.TOO_MANY,
                    "%d jobs: expected at most %d in one request".formatted(sent.size(), Limits.JOBS_IN_A_BATCH),
                    "Send them in several requests, each with an Idempotency-Key of its own"));
        }
        return sent;
    }

    private Answer one(Submission submission, dev.muster.job.Job job) {
        return submission.dry()
                ? new Answer(200, null, text(tried(job, prospects.of(job).orElse(null))))
                : new Answer(
                        201,
                        "/api/v1/teams/%s/jobs/%s".formatted(job.team(), job.id()),
                        text(JobView.accepted(job, podSizes.lately(job))));
    }

    /** With what it would take and cost, and which sizes fit better; who submits does not wait for the former. */
    private Job tried(dev.muster.job.Job job, @Nullable Reason now) {
        return JobView.tried(job, now, forecasts.of(job), podSizes.of(job));
    }

    /** Of jobs that ask alike the first is told which sizes fit better. */
    private Answer many(Submission submission, List<dev.muster.job.Job> jobs) {
        Set<List<Resources>> told = new HashSet<>();
        JobBatch batch = new JobBatch(jobs.stream()
                .map(job -> submission.dry()
                        ? tried(job, null)
                        : told.add(job.spec().roles().stream()
                                        .map(role -> role.pod().resources())
                                        .toList())
                                ? JobView.accepted(job, podSizes.lately(job))
                                : JobView.of(job, null))
                .toList());
        return new Answer(submission.dry() ? 200 : 201, null, text(batch));
    }

    private static Response respond(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.body());
        if (answer.location() != null) {
            response.header("Location", answer.location()).header("ETag", JobView.etag(1));
        }
        return response.build();
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was accepted is always JSON", e);
        }
    }
}
