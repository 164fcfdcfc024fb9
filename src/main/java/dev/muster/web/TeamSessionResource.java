package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.api.Session;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Jobs that people use, while they have not ended. They are started, looked at and ended as the jobs that they are. */
@Path("/api/v1/teams/{team}/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class TeamSessionResource {
    private final SessionReading reading;

    TeamSessionResource(SessionReading reading) {
        this.reading = reading;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    public Page<Session> list(
            @PathParam("team") String team,
            @QueryParam("mine") @Nullable String mine,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        return reading.list(
                JobLookup.team(team), Parameters.flag("mine", mine), Parameters.pageSize(pageSize), pageToken);
    }
}
