package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Metadata;
import dev.muster.api.Page;
import dev.muster.api.Schedule;
import dev.muster.api.ScheduleRun;
import dev.muster.api.ScheduleTick;
import dev.muster.catalogue.Edit;
import dev.muster.catalogue.Schedules;
import dev.muster.catalogue.Written;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.schedule.ScheduleName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Schedules: create or replace, look, what comes, what came, delete. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "schedules")
public class ScheduleResource {
    private final Schedules schedules;
    private final ScheduleReading reading;
    private final Writes writes;
    private final TemplateReading templates;

    ScheduleResource(Schedules schedules, ScheduleReading reading, Writes writes, TemplateReading templates) {
        this.templates = templates;
        this.schedules = schedules;
        this.reading = reading;
        this.writes = writes;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.SCHEDULE, seesForItself = true)
    public Page<Schedule> list(
            @QueryParam("pageSize") @Nullable String pageSize, @QueryParam("pageToken") @Nullable String pageToken) {
        return reading.list(pageSize, pageToken);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @APIResponseSchema(value = Schedule.class, responseCode = "201")
    public Response create(
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema =
                                                    @org.eclipse.microprofile.openapi.annotations.media.Schema(
                                                            implementation = Schedule.class)))
                    Body<Schedule> body) {
        Faults faults = new Faults();
        Place at = Place.root(faults).at("metadata").at("name");
        Metadata metadata = body.value().metadata();
        if (metadata == null || metadata.name() == null) {
            at.required("the schedule's name");
        }
        ScheduleName name = at.read(metadata == null ? null : metadata.name(), ScheduleName::new);
        if (name == null) {
            faults.refuseIfAny();
            throw new IllegalStateException("No name and no fault");
        }
        return write(name, body.value(), writes.edit(null, "*", null, validateOnly));
    }

    @GET
    @Path("{name: [^/:]+}")
    @Asks(value = Verb.READ, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @APIResponseSchema(value = Schedule.class, responseCode = "200")
    public Response get(@PathParam("name") String name) {
        Schedule found = reading.one(name(name));
        return Writes.found(found, found.metadata());
    }

    @PUT
    @Path("{name: [^/:]+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @APIResponseSchema(value = Schedule.class, responseCode = "200")
    public Response put(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema =
                                                    @org.eclipse.microprofile.openapi.annotations.media.Schema(
                                                            implementation = Schedule.class)))
                    Body<Schedule> body) {
        Edit edit = writes.edit(ifMatch, ifNoneMatch, body.value().metadata(), validateOnly);
        return write(name(name), body.value(), edit);
    }

    @DELETE
    @Path("{name: [^/:]+}")
    @Asks(value = Verb.DELETE, of = Resource.Kind.SCHEDULE, seesForItself = true)
    public void delete(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @QueryParam("validateOnly") @Nullable String validateOnly) {
        schedules.delete(reading.found(name(name)).value().name(), writes.edit(ifMatch, null, null, validateOnly));
    }

    @GET
    @Path("{name: [^/:]+}/next")
    @Asks(value = Verb.READ, of = Resource.Kind.SCHEDULE, seesForItself = true)
    public Page<ScheduleTick> next(
            @PathParam("name") String name,
            @QueryParam("count") @Nullable String count,
            @QueryParam("from") @Nullable String from) {
        return reading.next(name(name), count, time(from));
    }

    @GET
    @Path("{name: [^/:]+}/runs")
    @Asks(value = Verb.LIST, of = Resource.Kind.SCHEDULE, seesForItself = true)
    public Page<ScheduleRun> runs(
            @PathParam("name") String name,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        return reading.runs(name(name), pageSize, pageToken);
    }

    static ScheduleName name(String name) {
        return Parameters.name("Schedule name", name, ScheduleName::new);
    }

    private Response write(ScheduleName name, Schedule sent, Edit edit) {
        Faults faults = new Faults();
        dev.muster.schedule.Schedule value =
                ScheduleWords.read(faults, sent, name, templates::merge).orElse(null);
        faults.refuseIfAny();
        reading.requireMayWrite(Objects.requireNonNull(value));
        Written<dev.muster.schedule.Schedule> written = schedules.put(value, edit);
        Schedule view = reading.view(written.thing());
        return Writes.answer(view, view.metadata(), written.isNew(), edit);
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw MusterException.invalidParameter("from", text, "a time of RFC 3339, such as 2026-03-28T00:00:00Z");
        }
    }
}
