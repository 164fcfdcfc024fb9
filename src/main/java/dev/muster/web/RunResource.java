package dev.muster.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Job;
import dev.muster.artifact.Artifacts;
import dev.muster.artifact.Runs;
import dev.muster.artifact.Upload;
import dev.muster.job.ArtifactRef;
import dev.muster.job.JobRequest;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.TeamName;
import dev.muster.submission.Candidate;
import dev.muster.submission.Submission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** A job and the files that it brings along, in one request: both are taken, or neither. */
@Path("/api/v1/teams/{team}/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class RunResource {
    private static final String JOB = "job";
    private static final String ARTIFACT = "artifact";

    private final Runs runs;
    private final Artifacts artifacts;
    private final TemplateReading templates;
    private final Caller caller;
    private final ObjectMapper json;

    RunResource(Runs runs, Artifacts artifacts, TemplateReading templates, Caller caller, ObjectMapper json) {
        this.runs = runs;
        this.artifacts = artifacts;
        this.templates = templates;
        this.caller = caller;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Asks(value = Verb.SUBMIT, of = Resource.Kind.JOB)
    @APIResponseSchema(value = Job.class, responseCode = "201")
    public Response run(
            @PathParam("team") String team,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RestForm(JOB) @Nullable String job,
            @RestForm(FileUpload.ALL) List<FileUpload> parts) {
        TeamName name = Parameters.name("team", team, TeamName::new);
        boolean dry = Parameters.flag("validateOnly", validateOnly);
        byte[] text = text(job, parts);
        Job sent = (Job) StrictJson.read(text, Job.class);
        List<Upload> uploads = new ArrayList<>();
        try {
            Place root = Place.root(new Faults());
            List<Runs.Sent> files = received(parts, sent, root.at(ARTIFACT), uploads);
            Submission.Key idempotency = IdempotencyKey.of(
                    key,
                    name + "/runs "
                            + files.stream().map(file -> file.ref().toString()).collect(Collectors.joining(" ")),
                    text);
            Submission submission = new Submission(caller.actor().name(), name, dry, idempotency);
            Candidate candidate = candidate(with(sent, files), name);
            return respond(runs.submit(submission, files, candidate, jobs -> answer(jobs.get(0), dry)));
        } finally {
            uploads.forEach(Upload::close);
        }
    }

    private Candidate candidate(Job sent, TeamName team) {
        Faults faults = new Faults();
        Place place = Place.root(faults);
        Optional<JobRequest> request = new JobReader(faults, team).read(place, sent, templates.merge(team));
        request.filter(one -> one.array() != null).ifPresent(one -> place.at("spec")
                .at("array")
                .fault(
                        Fault.Kind.NOT_ALLOWED,
                        "a run is one job",
                        "Upload the files first, and name them in the array"));
        faults.refuseIfAny();
        return new Candidate(place, request.orElseThrow());
    }

    /** Every part {@code artifact}, in their order. */
    private List<Runs.Sent> received(List<FileUpload> parts, Job sent, Place place, List<Upload> uploads) {
        List<Runs.Sent> files = new ArrayList<>();
        for (FileUpload part : parts) {
            if (part.name().equals(JOB)) {
                continue;
            }
            Place at = place.at(files.size());
            if (!part.name().equals(ARTIFACT)) {
                throw MusterException.invalid(new Fault(
                        "/" + MusterException.shown(part.name()),
                        Fault.Kind.UNKNOWN_FIELD,
                        "there is no such part: expected job, and artifact as often as there are files"));
            }
            if (files.size() == Limits.ARTIFACTS) {
                throw MusterException.invalid(new Fault(
                        place.pointer(), Fault.Kind.TOO_MANY, "expected at most %d files".formatted(Limits.ARTIFACTS)));
            }
            String called = called(part, at);
            try (InputStream in = Files.newInputStream(part.uploadedFile())) {
                Upload upload = artifacts.receive(in, at);
                uploads.add(upload);
                files.add(new Runs.Sent(called, declared(sent, called), upload, at));
            } catch (IOException e) {
                throw new UncheckedIOException("An upload cannot be read", e);
            }
        }
        return files;
    }

    private static String called(FileUpload part, Place place) {
        try {
            return new ArtifactRef(part.fileName(), "0".repeat(64)).name();
        } catch (IllegalArgumentException e) {
            throw MusterException.invalid(
                    new Fault(place.at("filename").pointer(), Fault.Kind.BAD_VALUE, e.getMessage()));
        }
    }

    private static List<dev.muster.api.ArtifactRef> declared(Job job) {
        return job.spec() == null
                ? List.of()
                : Objects.requireNonNullElse(job.spec().artifacts(), List.of());
    }

    private static @Nullable String declared(Job job, String name) {
        return declared(job).stream()
                .filter(one -> name.equals(one.name()))
                .map(dev.muster.api.ArtifactRef::sha256)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What came and is not named by the job is added to it: its pods find it by the name that it came with. */
    private static Job with(Job job, List<Runs.Sent> files) {
        if (job.spec() == null) {
            return job;
        }
        List<dev.muster.api.ArtifactRef> all = new ArrayList<>();
        declared(job).stream()
                .filter(one -> one.sha256() != null
                        || files.stream().noneMatch(file -> file.name().equals(one.name())))
                .forEach(all::add);
        files.stream()
                .filter(file -> all.stream().noneMatch(one -> file.name().equals(one.name())))
                .forEach(file -> all.add(new dev.muster.api.ArtifactRef(
                        file.name(), file.upload().sha256())));
        return new Job(job.kind(), job.metadata(), job.spec().with(all), job.status());
    }

    /** As a field of the form, or as a file. */
    private static byte[] text(@Nullable String field, List<FileUpload> parts) {
        if (field != null) {
            return field.getBytes(StandardCharsets.UTF_8);
        }
        FileUpload file = parts.stream()
                .filter(part -> part.name().equals(JOB))
                .findFirst()
                .orElseThrow(() -> MusterException.invalid(
                        new Fault("/" + JOB, Fault.Kind.REQUIRED, "expected a part job with the job as JSON")));
        try {
            return Files.readAllBytes(file.uploadedFile());
        } catch (IOException e) {
            throw new UncheckedIOException("An upload cannot be read", e);
        }
    }

    private Answer answer(dev.muster.job.Job job, boolean dry) {
        return new Answer(
                dry ? 200 : 201,
                dry ? null : "/api/v1/teams/%s/jobs/%s".formatted(job.team(), job.id()),
                AnswerText.of(JobView.of(job, null), json));
    }

    private static Response respond(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.body());
        return answer.location() == null
                ? response.build()
                : response.header("Location", answer.location())
                        .header("ETag", JobView.etag(1))
                        .build();
    }
}
