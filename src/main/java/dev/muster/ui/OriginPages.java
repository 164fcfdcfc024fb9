package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.JobOrigins;
import dev.muster.job.Job;
import dev.muster.web.OriginResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Where each value of a job comes from. */
@Path("/ui/jobs/{job}/origins")
@Produces(MediaType.TEXT_HTML)
public class OriginPages {
    private final Frames frames;
    private final JobPages jobs;
    private final OriginResource origins;
    private final PageProblems problems;

    OriginPages(Frames frames, JobPages jobs, OriginResource origins, PageProblems problems) {
        this.frames = frames;
        this.jobs = jobs;
        this.origins = origins;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance origins(String job) {
        Job found = jobs.job(job);
        String team = found.team().value();
        List<JobOrigins.Value> values = origins.get(team, found.id().value()).values();
        return Templates.origins(new OriginsPage(
                frames.lasting(
                        "Where the values of %s come from"
                                .formatted(found.spec().name()),
                        "jobs"),
                found.id().value(),
                found.spec().name(),
                team,
                values.stream()
                        .collect(Collectors.groupingBy(JobOrigins.Value::origin, TreeMap::new, Collectors.counting())),
                values.stream()
                        .map(value -> new OriginsPage.Line(value.pointer(), value.value(), value.origin(), team))
                        .toList()));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
