package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.JobSet;
import dev.muster.api.Page;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.TeamName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Jobs of a team that belong together because they say so: how they stand as one. */
@Path("/api/v1/teams/{team}/jobSets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class JobSetResource {
    private final JobSetReading reading;

    JobSetResource(JobSetReading reading) {
        this.reading = reading;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB)
    public Page<JobSet> list(
            @PathParam("team") String team,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        return reading.list(Parameters.name("team", team, TeamName::new), Parameters.pageSize(pageSize), pageToken);
    }

    @GET
    @Path("{set}")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public JobSet get(@PathParam("team") String team, @PathParam("set") String set) {
        return reading.one(
                Parameters.name("team", team, TeamName::new), Parameters.name("job set", set, JobSetName::new));
    }
}
