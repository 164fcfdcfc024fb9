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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * One verb for all jobs that a filter finds and that the caller may do it with: told first, then done with those that were told, and
 * no others. One that has moved on meanwhile is told with its reason, and keeps nobody else.
 */
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

    /** {@code ids}: do it, with these jobs, commas between; without, only tell. */
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
            @RestForm @Nullable String ids) {
        if (verb == null || !VERBS.contains(verb)) {
            throw MusterException.invalid(
                    new Fault("/verb", Fault.Kind.BAD_VALUE, "expected one of " + String.join(", ", VERBS)));
        }
        JobFilter filter = JobFilter.of(state, team, queue, name, reason)
                .by(by)
                .priority(priority)
                .set(set);
        BulkPage page = ids == null ? told(filter, verb, found(filter, verb)) : done(filter, verb, ids(ids));
        return Response.ok(Templates.bulk(page).render()).build();
    }

    private static List<JobId> ids(String text) {
        String[] ids = text.split(",", -1);
        if (ids.length > JobQuery.MOST) {
            throw bad("expected at most %d jobs".formatted(JobQuery.MOST));
        }
        try {
            return Arrays.stream(ids).map(JobId::new).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw bad(e.getMessage());
        }
    }

    private static MusterException bad(String detail) {
        return MusterException.invalid(new Fault("/ids", Fault.Kind.BAD_VALUE, detail));
    }

    private BulkPage done(JobFilter filter, String verb, List<JobId> meant) {
        Map<JobId, Job> there =
                jobs.find(meant).stream().collect(Collectors.toMap(Job::id, Function.identity(), (a, b) -> a));
        List<String> refusals = new ArrayList<>();
        long done = meant.stream()
                .filter(id -> steered(verb, id, there.get(id), refusals))
                .count();
        return new BulkPage(
                frames.lasting(word(verb) + " all of these", "jobs"),
                filter,
                verb,
                done,
                meant.size() >= JobQuery.MOST,
                List.of(),
                "",
                true,
                refusals.stream().limit(MOST_REFUSALS).toList());
    }

    private BulkPage told(JobFilter filter, String verb, List<Job> meant) {
        Frame frame = frames.lasting(word(verb) + " all of these", "jobs");
        return new BulkPage(
                frame,
                filter,
                verb,
                meant.size(),
                meant.size() >= JobQuery.MOST,
                meant.stream()
                        .limit(SHOWN)
                        .map(job -> JobRow.of(job, frame.now()))
                        .toList(),
                meant.stream().map(job -> job.id().value()).collect(Collectors.joining(",")),
                false,
                List.of());
    }

    private static String word(String verb) {
        return verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
    }

    /** Of the newest {@link JobQuery#MOST} that match those that can take the verb now, from the caller. */
    private List<Job> found(JobFilter filter, String verb) {
        Sight sight = caller.view(Resource.Kind.JOB);
        return filter.query(JobQuery.MOST).map(query -> jobs.list(query, sight).jobs()).orElse(List.of()).stream()
                .filter(job -> Action.of(job.state(), job.id().value()).stream()
                        .anyMatch(action -> action.verb().equals(verb)))
                .filter(job -> caller.may(asked(verb), resource(job)))
                .toList();
    }

    private static Verb asked(String verb) {
        return Verb.valueOf(verb.toUpperCase(Locale.ROOT));
    }

    private static Resource resource(Job job) {
        return Resource.of(
                Resource.Kind.JOB, job.team(), job.spec().queue(), job.id().value());
    }

    /** False where it has moved on meanwhile, is gone, or is not the caller's any more: that is told. */
    private boolean steered(String verb, JobId id, @Nullable Job job, List<String> refusals) {
        String actor = caller.actor().name();
        if (job == null || !caller.may(Verb.READ, resource(job))) {
            refusals.add(MusterException.notFound("job", id.value()).getMessage());
            return false;
        }
        if (!caller.may(asked(verb), resource(job))) {
            refusals.add("%s: %s"
                    .formatted(
                            job.spec().name(),
                            MusterException.forbidden(
                                            actor,
                                            asked(verb).name(),
                                            resource(job).toString())
                                    .getMessage()));
            return false;
        }
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
