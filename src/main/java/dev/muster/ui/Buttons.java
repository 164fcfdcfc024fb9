package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.quota.name.JobId;
import dev.muster.steering.Steering;
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
@Path("/ui/jobs/{job}")
public class Buttons {
    private final Steering steering;
    private final JobPages jobs;
    private final Caller caller;
    private final PageProblems problems;

    Buttons(Steering steering, JobPages jobs, Caller caller, PageProblems problems) {
        this.steering = steering;
        this.jobs = jobs;
        this.caller = caller;
        this.problems = problems;
    }

    @POST
    @Path("cancel")
    @Asks(value = Verb.CANCEL, of = Resource.Kind.JOB)
    @Operation(hidden = true)
    public Response cancel(String job) {
        return backTo(steering.cancel(caller.actor().name(), id(job), null).id());
    }

    @POST
    @Path("suspend")
    @Asks(value = Verb.SUSPEND, of = Resource.Kind.JOB)
    @Operation(hidden = true)
    public Response suspend(String job) {
        return backTo(steering.suspend(caller.actor().name(), id(job), null).id());
    }

    @POST
    @Path("resume")
    @Asks(value = Verb.RESUME, of = Resource.Kind.JOB)
    @Operation(hidden = true)
    public Response resume(String job) {
        return backTo(steering.resume(caller.actor().name(), id(job), null).id());
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }

    private JobId id(String job) {
        return jobs.job(job).id();
    }

    private static Response backTo(JobId job) {
        return Response.seeOther(URI.create("/ui/jobs/" + job)).build();
    }
}
