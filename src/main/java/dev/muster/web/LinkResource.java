package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Gate;
import dev.muster.access.PageTickets;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.JobLink;
import dev.muster.api.Page;
import dev.muster.job.Job;
import dev.muster.problem.MusterException;
import dev.muster.report.Links;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a job is shown elsewhere: addresses here that stay, and lead to where it is shown now. */
@Path("/api/v1/teams/{team}/jobs/{job: [^/:]+}/links")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class LinkResource {
    private final Links links;
    private final JobLookup lookup;
    private final PageTickets tickets;

    private final SessionEntrance entrance;

    LinkResource(Links links, JobLookup lookup, PageTickets tickets, SessionEntrance entrance) {
        this.entrance = entrance;
        this.tickets = tickets;
        this.links = links;
        this.lookup = lookup;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public Page<JobLink> list(@PathParam("team") String team, @PathParam("job") String job) {
        Job found = lookup.find(team, job);
        List<JobLink> all = links.of(found).entrySet().stream()
                .map(one -> new JobLink(one.getKey(), Links.stays(found, one.getKey()), one.getValue()))
                .toList();
        return new Page<>(all, null);
    }

    @GET
    @Path("{name: [^/:]+}")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public Response follow(
            @PathParam("team") String team, @PathParam("job") String job, @PathParam("name") String name) {
        Job found = lookup.find(team, job);
        String target = links.find(found, name).orElseThrow(() -> MusterException.notFound("link of job " + job, name));
        if (target.equals(Links.stays(found, name))) {
            target = name.equals(Links.SESSION) ? entrance.address(found) : page(found);
        }
        return Response.status(Response.Status.TEMPORARY_REDIRECT)
                .header("Location", target)
                .header("Cache-Control", "no-store")
                .build();
    }

    private String page(Job job) {
        if (job.state().isFinal()) {
            throw MusterException.pageGone(job.id().value());
        }
        return Gate.JOB_PAGES + tickets.ticket(job.id().value()) + "/";
    }
}
