package dev.muster.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Schedule;
import dev.muster.api.SchedulePause;
import dev.muster.api.ScheduleRun;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.schedule.ScheduleName;
import dev.muster.submission.Once;
import dev.muster.timetable.ScheduleSteering;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Verbs on a schedule: pause, resume, run now. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "schedules")
public class ScheduleVerbs {
    private final ScheduleSteering steering;
    private final ScheduleReading reading;
    private final Caller caller;
    private final Once once;
    private final ObjectMapper json;

    ScheduleVerbs(ScheduleSteering steering, ScheduleReading reading, Caller caller, Once once, ObjectMapper json) {
        this.once = once;
        this.json = json;
        this.steering = steering;
        this.reading = reading;
        this.caller = caller;
    }

    @POST
    @Path("{name: [^/:]+}:pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.SUSPEND, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @APIResponseSchema(value = Schedule.class, responseCode = "200")
    public Schedule pause(
            @PathParam("name") String name,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema =
                                                    @org.eclipse.microprofile.openapi.annotations.media.Schema(
                                                            implementation = SchedulePause.class)))
                    Body<SchedulePause> body) {
        ScheduleName schedule = found(name);
        steering.pause(
                schedule, caller.actor().name(), PolicyEdits.reason(body.value().why()));
        return reading.one(schedule);
    }

    @POST
    @Path("{name: [^/:]+}:resume")
    @Asks(value = Verb.RESUME, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @APIResponseSchema(value = Schedule.class, responseCode = "200")
    public Schedule resume(@PathParam("name") String name) {
        ScheduleName schedule = found(name);
        steering.resume(schedule, caller.actor().name());
        return reading.one(schedule);
    }

    @POST
    @Path("{name: [^/:]+}:run")
    @Asks(value = Verb.RUN, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @APIResponseSchema(value = ScheduleRun.class, responseCode = "201")
    public Response run(@PathParam("name") String name, @HeaderParam("Idempotency-Key") @Nullable String key) {
        ScheduleName schedule = found(name);
        Answer told = once.of(
                caller.actor().name(),
                IdempotencyKey.of(key, "schedules/" + schedule + ":run", new byte[0]),
                () -> new Answer(201, null, AnswerText.of(reading.run(steering.run(schedule)), json)));
        return Response.status(told.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(told.body())
                .build();
    }

    /** One that the caller may do this with. */
    private ScheduleName found(String name) {
        return reading.found(ScheduleResource.name(name)).value().name();
    }
}
