package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.job.Series;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.Names;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.usage.Period;
import dev.muster.report.Scalings;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What more pods gain a job, by its runs of the last 90 days. */
@Path("/ui/scaling")
@Produces(MediaType.TEXT_HTML)
public class ScalingPages {
    private static final Duration LENGTH = Duration.ofDays(90);

    private final Frames frames;
    private final Scalings scalings;
    private final InstantSource clock;
    private final PageProblems problems;
    private final Caller caller;

    ScalingPages(Frames frames, Scalings scalings, InstantSource clock, PageProblems problems, Caller caller) {
        this.frames = frames;
        this.scalings = scalings;
        this.clock = clock;
        this.problems = problems;
        this.caller = caller;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance scaling(@RestQuery @Nullable String team, @RestQuery @Nullable String name) {
        Series series = series(team, name);
        Instant now = clock.instant();
        Period period = new Period(now.minus(LENGTH), now.plusMillis(1));
        return Templates.scaling(ScalingPage.of(
                frames.lasting("Scaling of " + series.name(), "jobs"),
                series,
                scalings.of(series, period, caller.view(Resource.Kind.JOB))));
    }

    private static Series series(@Nullable String team, @Nullable String name) {
        try {
            if (team != null && name != null && Names.isLabel(name)) {
                return Series.named(new TeamName(team), name);
            }
        } catch (IllegalArgumentException e) {
            // As where it is not said.
        }
        throw MusterException.notFound("page", "scaling of a job that the address does not name");
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
