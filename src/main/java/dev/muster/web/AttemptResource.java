package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Attempt;
import dev.muster.api.Explanation;
import dev.muster.api.Page;
import dev.muster.problem.MusterException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What became of a job: its attempts with their pods, and why it is where it is. */
@Path("/api/v1/teams/{team}/jobs/{job}")
@Tag(name = "jobs")
public class AttemptResource {
    private final JobReading reading;
    private final JobLookup lookup;

    AttemptResource(JobReading reading, JobLookup lookup) {
        this.reading = reading;
        this.lookup = lookup;
    }

    @GET
    @Path("attempts")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public Page<Attempt> attempts(@PathParam("team") String team, @PathParam("job") String job) {
        return new Page<>(reading.attempts(lookup.find(team, job)), null);
    }

    @GET
    @Path("attempts/{number}")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public Attempt attempt(
            @PathParam("team") String team, @PathParam("job") String job, @PathParam("number") String number) {
        if (!number.matches("[1-9]\\d{0,8}")) {
            throw MusterException.invalidParameter("attempt", number, "a number from 1");
        }
        return reading.attempt(lookup.find(team, job), Integer.parseInt(number));
    }

    @GET
    @Path("explanation")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public Explanation explanation(@PathParam("team") String team, @PathParam("job") String job) {
        return reading.explanation(lookup.find(team, job));
    }
}
