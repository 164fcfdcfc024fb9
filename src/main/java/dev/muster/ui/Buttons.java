package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.job.Job;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.quota.name.JobId;
import dev.muster.steering.Steering;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * What the buttons of a job's page do: plain forms, so they work without a script. Only a page of our own can send them: the
 * cookie goes to nobody else, and the gate looks at the origin.
 */
@Path("/ui")
public class Buttons {
    private final Steering steering;
    private final Submissions submissions;
    private final JobPages jobs;
    private final Caller caller;
    private final PageProblems problems;

    Buttons(Steering steering, Submissions submissions, JobPages jobs, Caller caller, PageProblems problems) {
        this.steering = steering;
        this.submissions = submissions;
        this.jobs = jobs;
        this.caller = caller;
        this.problems = problems;
    }

    @POST
    @Path("jobs/{job}/cancel")
    @Asks(value = Verb.CANCEL, of = Resource.Kind.JOB)
    @Operation(hidden = true)
    public Response cancel(String job) {
        return backTo(steering.cancel(caller.actor().name(), id(job), null).id());
    }

    @POST
    @Path("jobs/{job}/suspend")
    @Asks(value = Verb.SUSPEND, of = Resource.Kind.JOB)
    @Operation(hidden = true)
    public Response suspend(String job) {
        return backTo(steering.suspend(caller.actor().name(), id(job), null).id());
    }

    @POST
    @Path("jobs/{job}/resume")
    @Asks(value = Verb.RESUME, of = Resource.Kind.JOB)
    @Operation(hidden = true)
    public Response resume(String job) {
        return backTo(steering.resume(caller.actor().name(), id(job), null).id());
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }

    @POST
    @Path("jobs/{job}/rerun")
    @Asks(value = Verb.RERUN, of = Resource.Kind.JOB)
    @Operation(hidden = true)
    public Response rerun(String job) {
        Job old = jobs.job(job);
        Submission again = new Submission(caller.actor().name(), old.team(), false, null);
        Answer answer = submissions.rerun(
                again, old.id(), made -> new Answer(201, address(made.get(0).id()), ""));
        return Response.seeOther(URI.create(String.valueOf(answer.location()))).build();
    }

    private JobId id(String job) {
        return jobs.job(job).id();
    }

    private static Response backTo(JobId job) {
        return Response.seeOther(URI.create(address(job))).build();
    }

    private static String address(JobId job) {
        return "/ui/jobs/" + job;
    }
}
