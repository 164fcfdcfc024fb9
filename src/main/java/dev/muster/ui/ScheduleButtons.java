package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.schedule.ScheduleName;
import dev.muster.timetable.ScheduleSteering;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the buttons of a schedule's page do: plain forms, as those of a job. */
@Path("/ui")
public class ScheduleButtons {
    private final ScheduleSteering steering;
    private final SchedulePages schedules;
    private final Caller caller;
    private final PageProblems problems;

    ScheduleButtons(ScheduleSteering steering, SchedulePages schedules, Caller caller, PageProblems problems) {
        this.steering = steering;
        this.schedules = schedules;
        this.caller = caller;
        this.problems = problems;
    }

    @POST
    @Path("schedules/{schedule}/pause")
    @Asks(value = Verb.SUSPEND, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @Operation(hidden = true)
    public Response pause(String schedule) {
        ScheduleName name = schedules.schedule(schedule).name();
        steering.pause(name, caller.actor().name(), "paused from its page");
        return backTo(name);
    }

    @POST
    @Path("schedules/{schedule}/resume")
    @Asks(value = Verb.RESUME, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @Operation(hidden = true)
    public Response resume(String schedule) {
        ScheduleName name = schedules.schedule(schedule).name();
        steering.resume(name, caller.actor().name());
        return backTo(name);
    }

    @POST
    @Path("schedules/{schedule}/run")
    @Asks(value = Verb.RUN, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @Operation(hidden = true)
    public Response run(String schedule) {
        ScheduleName name = schedules.schedule(schedule).name();
        steering.run(name);
        return backTo(name);
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }

    private static Response backTo(ScheduleName name) {
        return Response.seeOther(URI.create("/ui/schedules/" + name)).build();
    }
}
