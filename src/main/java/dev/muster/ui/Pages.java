package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.problem.MusterException;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The pages for people. {@code Muster-Renew} comes from the page's own script, which has all but what has changed. */
@Path("/ui")
@Produces(MediaType.TEXT_HTML)
public class Pages {
    private final Frames frames;
    private final Overviews overviews;
    private final JobLists lists;
    private final JobPages jobs;
    private final OfferingPages offerings;
    private final SchedulePages schedules;
    private final PageProblems problems;

    Pages(
            Frames frames,
            Overviews overviews,
            JobLists lists,
            JobPages jobs,
            OfferingPages offerings,
            SchedulePages schedules,
            PageProblems problems) {
        this.offerings = offerings;
        this.schedules = schedules;
        this.frames = frames;
        this.overviews = overviews;
        this.lists = lists;
        this.jobs = jobs;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.SERVICE)
    @Operation(hidden = true)
    public TemplateInstance overview() {
        return Templates.overview(overviews.in(frames.living("Overview", "overview", "")));
    }

    @GET
    @Path("jobs")
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance jobs(
            @RestQuery List<String> state,
            @RestQuery @Nullable String team,
            @RestQuery @Nullable String queue,
            @RestQuery @Nullable String name,
            @RestQuery @Nullable String reason,
            @RestQuery @Nullable String by,
            @RestQuery @Nullable String priority,
            @RestQuery @Nullable String set,
            @RestQuery @Nullable String page,
            @RestQuery @Nullable String rows) {
        JobFilter filter = JobFilter.of(state, team, queue, name, reason)
                .by(by)
                .priority(priority)
                .set(set);
        List<String> shown = rows == null
                ? List.of()
                : Arrays.stream(rows.split(" ")).filter(id -> !id.isEmpty()).toList();
        return Templates.jobs(lists.list(frames.living("Jobs", "jobs", ""), filter, page, shown));
    }

    @GET
    @Path("jobs/{job}")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance job(
            String job,
            @RestQuery @Nullable String role,
            @RestQuery @Nullable Integer index,
            @RestQuery @Nullable Integer attempt,
            @RestHeader("Muster-Renew") boolean renewed) {
        dev.muster.job.Job found = jobs.job(job);
        Frame frame = frames.living(found.spec().name(), "jobs", "job=" + found.id());
        return Templates.job(jobs.page(frame, found, new JobPages.Wanted(role, index, attempt), renewed));
    }

    @GET
    @Path("pools")
    @Asks(value = Verb.LIST, of = Resource.Kind.POOL)
    @Operation(hidden = true)
    public TemplateInstance offerings() {
        return Templates.offerings(offerings.in(frames.still("Pools").in("pools")));
    }

    @GET
    @Path("schedules")
    @Asks(value = Verb.LIST, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance schedules(@RestQuery @Nullable String after) {
        return Templates.schedules(schedules.list(frames.living("Schedules", "schedules", ""), after));
    }

    @GET
    @Path("schedules/{schedule}")
    @Asks(value = Verb.READ, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance schedule(String schedule) {
        dev.muster.schedule.Schedule found = schedules.schedule(schedule);
        return Templates.schedule(schedules.page(frames.living(schedule, "schedules", ""), found));
    }

    @GET
    @Path("{other: .+}")
    @Asks(value = Verb.READ, of = Resource.Kind.SERVICE)
    @Operation(hidden = true)
    public TemplateInstance other(String other) {
        throw MusterException.notFound("page", other);
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
