package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Attempt;
import dev.muster.api.Event;
import dev.muster.api.Explanation;
import dev.muster.api.Page;
import dev.muster.postgres.EventStore;
import dev.muster.problem.MusterException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of a job: its attempts with their pods, and why it is where it is. */
@Path("/api/v1/teams/{team}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class AttemptResource {
    private final JobReading reading;
    private final EventReading events;
    private final JobLookup lookup;

    AttemptResource(JobReading reading, EventReading events, JobLookup lookup) {
        this.reading = reading;
        this.events = events;
        this.lookup = lookup;
    }

    @GET
    @Path("jobs/{job}/attempts")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB, seesForItself = true)
    public Page<Attempt> attempts(@PathParam("team") String team, @PathParam("job") String job) {
        return new Page<>(reading.attempts(lookup.find(team, job)), null);
    }

    @GET
    @Path("jobs/{job}/attempts/{number}")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB, seesForItself = true)
    public Attempt attempt(
            @PathParam("team") String team, @PathParam("job") String job, @PathParam("number") String number) {
        if (!number.matches("[1-9]\\d{0,8}")) {
            throw MusterException.invalidParameter("attempt", number, "a number from 1");
        }
        return reading.attempt(lookup.find(team, job), Integer.parseInt(number));
    }

    @GET
    @Path("jobs/{job}/explanation")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB, seesForItself = true)
    public Explanation explanation(@PathParam("team") String team, @PathParam("job") String job) {
        return reading.explanation(lookup.find(team, job));
    }

    /** What happened to it, oldest first. */
    @GET
    @Path("jobs/{job}/events")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB, seesForItself = true)
    public Page<Event> events(
            @PathParam("team") String team,
            @PathParam("job") String job,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        EventStore.Filter filter =
                new EventStore.Filter(null, lookup.find(team, job).id());
        return events.list(filter, Parameters.pageSize(pageSize), pageToken);
    }
}
