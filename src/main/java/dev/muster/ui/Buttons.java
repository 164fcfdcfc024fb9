package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.catalogue.Breakers;
import dev.muster.job.Job;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.postgres.OfferingStore;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.policy.Policy;
import dev.muster.steering.Steering;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import dev.muster.web.SessionEntrance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * What the buttons of pages do: plain forms, so they work without a script. Only a page of our own can send them: the
 * cookie goes to nobody else, and the gate looks at the origin.
 */
@Path("/ui")
public class Buttons {
    private final Steering steering;
    private final Submissions submissions;
    private final JobPages jobs;
    private final Caller caller;
    private final Breakers breakers;
    private final PageProblems problems;
    private final SessionEntrance entrance;

    Buttons(
            Steering steering,
            Submissions submissions,
            JobPages jobs,
            Caller caller,
            Breakers breakers,
            PageProblems problems,
            SessionEntrance entrance) {
        this.entrance = entrance;
        this.breakers = breakers;
        this.steering = steering;
        this.submissions = submissions;
        this.jobs = jobs;
        this.caller = caller;
        this.problems = problems;
    }

    /** The address of a session that stays; it leads its owner into it. */
    @GET
    @Path("jobs/{job}/session")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public Response session(String job) {
        return Response.status(Response.Status.TEMPORARY_REDIRECT)
                .header("Location", entrance.address(jobs.job(job)))
                .header("Cache-Control", "no-store")
                .build();
    }

    @POST
    @Path("jobs/{job}/cancel")
    @Asks(value = Verb.CANCEL, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public Response cancel(String job) {
        return backTo(steering.cancel(caller.actor().name(), id(job), null).id());
    }

    @POST
    @Path("jobs/{job}/suspend")
    @Asks(value = Verb.SUSPEND, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public Response suspend(String job) {
        return backTo(steering.suspend(caller.actor().name(), id(job), null).id());
    }

    @POST
    @Path("jobs/{job}/resume")
    @Asks(value = Verb.RESUME, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public Response resume(String job) {
        return backTo(steering.resume(caller.actor().name(), id(job), null).id());
    }

    @POST
    @Path("pools/{pool}/breaker")
    @Asks(value = Verb.PUT, of = Resource.Kind.POOL)
    @Operation(hidden = true)
    public Response breaker(String pool, @RestForm @Nullable String order, @RestForm @Nullable String why) {
        if (why == null || why.isBlank() || why.length() > Policy.LONGEST_WHY) {
            throw MusterException.invalid(new Fault(
                    "/why",
                    Fault.Kind.REQUIRED,
                    "expected a sentence that says why, at most %d characters".formatted(Policy.LONGEST_WHY),
                    "Whoever reads the record later will ask"));
        }
        breakers.order(name(pool), word(order), caller.actor().name(), why.strip());
        return Response.seeOther(URI.create("/ui/pools")).build();
    }

    private static PoolName name(String pool) {
        try {
            return new PoolName(pool);
        } catch (IllegalArgumentException e) {
            throw MusterException.notFound("pool", pool);
        }
    }

    private static OfferingStore.Word word(@Nullable String order) {
        return Stream.of(OfferingStore.Word.values())
                .filter(word -> word.name().equals(order))
                .findFirst()
                .orElseThrow(() -> MusterException.invalid(
                        new Fault("/order", Fault.Kind.BAD_VALUE, "expected OPEN, DRAIN or CLOSE", null)));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }

    @POST
    @Path("jobs/{job}/rerun")
    @Asks(value = Verb.RERUN, of = Resource.Kind.JOB, seesForItself = true)
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
