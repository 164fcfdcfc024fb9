package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.job.Job;
import dev.muster.postgres.JobQuery;
import dev.muster.postgres.JobStore;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.rights.Sight;
import dev.muster.steering.Steering;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** One verb for all jobs that a filter finds and that the caller may do it with: told first, then done. */
@Path("/ui/bulk")
@Produces(MediaType.TEXT_HTML)
public class BulkPages {
    private static final int SHOWN = 20;
    private static final int MOST_REFUSALS = 20;
    private static final List<String> VERBS = List.of("cancel", "suspend", "resume");

    private final Frames frames;
    private final JobStore jobs;
    private final Steering steering;
    private final Caller caller;
    private final PageProblems problems;

    BulkPages(Frames frames, JobStore jobs, Steering steering, Caller caller, PageProblems problems) {
        this.frames = frames;
        this.jobs = jobs;
        this.steering = steering;
        this.caller = caller;
        this.problems = problems;
    }

    /** {@code until}: do it, with jobs up to this one; without, only tell. */
    @POST
    @Asks(value = Verb.CANCEL, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public Response all(
            @RestForm @Nullable String verb,
            @RestForm List<String> state,
            @RestForm @Nullable String team,
            @RestForm @Nullable String queue,
            @RestForm @Nullable String name,
            @RestForm @Nullable String reason,
            @RestForm @Nullable String by,
            @RestForm @Nullable String priority,
            @RestForm @Nullable String set,
            @RestForm @Nullable String until) {
        if (verb == null || !VERBS.contains(verb)) {
            throw MusterException.invalid(
                    new Fault("/verb", Fault.Kind.BAD_VALUE, "expected one of " + String.join(", ", VERBS)));
        }
        JobFilter filter = JobFilter.of(state, team, queue, name, reason)
                .by(by)
                .priority(priority)
                .set(set);
        List<Job> found = found(filter, verb);
        List<Job> meant = until == null
                ? found
                : found.stream()
                        .filter(job -> job.id().value().compareTo(until) <= 0)
                        .toList();
        List<String> refusals = new ArrayList<>();
        long done = until == null
                ? 0
                : meant.stream().filter(job -> steered(verb, job, refusals)).count();
        return Response.ok(Templates.bulk(page(filter, verb, meant, until != null, done, refusals))
                        .render())
                .build();
    }

    private BulkPage page(
            JobFilter filter, String verb, List<Job> meant, boolean isDone, long done, List<String> refusals) {
        Frame frame = frames.lasting("All of these", "jobs");
        return new BulkPage(
                frame,
                filter,
                verb,
                verb.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + verb.substring(1),
                isDone ? done : meant.size(),
                meant.size() >= JobQuery.MOST,
                meant.stream()
                        .limit(SHOWN)
                        .map(job -> JobRow.of(job, frame.now()))
                        .toList(),
                meant.stream()
                        .map(job -> job.id().value())
                        .max(String::compareTo)
                        .orElse(null),
                isDone,
                refusals.stream().limit(MOST_REFUSALS).toList());
    }

    /** Of the newest {@link JobQuery#MOST} that match those that can take the verb now, from the caller. */
    private List<Job> found(JobFilter filter, String verb) {
        Verb asked = Verb.valueOf(verb.toUpperCase(java.util.Locale.ROOT));
        Sight sight = caller.view(Resource.Kind.JOB);
        return filter.query(JobQuery.MOST).map(query -> jobs.list(query, sight).jobs()).orElse(List.of()).stream()
                .filter(job -> Action.of(job.state(), job.id().value()).stream()
                        .anyMatch(action -> action.verb().equals(verb)))
                .filter(job -> caller.may(
                        asked,
                        Resource.of(
                                Resource.Kind.JOB,
                                job.team(),
                                job.spec().queue(),
                                job.id().value())))
                .toList();
    }

    /** False where it has moved on meanwhile: that is told and the others are not kept waiting for it. */
    private boolean steered(String verb, Job job, List<String> refusals) {
        String actor = caller.actor().name();
        JobId id = job.id();
        try {
            switch (verb) {
                case "cancel" -> steering.cancel(actor, id, null);
                case "suspend" -> steering.suspend(actor, id, null);
                default -> steering.resume(actor, id, null);
            }
            return true;
        } catch (MusterException e) {
            refusals.add("%s: %s".formatted(job.spec().name(), e.getMessage()));
            return false;
        }
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
