package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.postgres.PreemptionStore;
import dev.muster.quota.name.TeamName;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Who gave way to whom, for who runs the installation. */
@Path("/ui/planning/preemptions")
@Produces(MediaType.TEXT_HTML)
public class PreemptionPages {
    private static final int MOST = 100;

    private final Frames frames;
    private final PreemptionStore preemptions;
    private final PageProblems problems;

    PreemptionPages(Frames frames, PreemptionStore preemptions, PageProblems problems) {
        this.frames = frames;
        this.preemptions = preemptions;
        this.problems = problems;
    }

    /** What cannot be meant is what is usual: a page has no faults in its address. */
    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.PLANNER)
    @Operation(hidden = true)
    public TemplateInstance preemptions(@RestQuery @Nullable String days, @RestQuery @Nullable String team) {
        PreemptionPage.Wanted wanted = PreemptionPage.Wanted.of(days, team);
        Frame frame = frames.lasting("Preemptions", "planning");
        Instant from = frame.now().minus(Duration.ofDays(wanted.days()));
        Instant to = frame.now().plusSeconds(1);
        return Templates.preemptions(PreemptionPage.of(
                frame,
                wanted,
                preemptions.totals(from, to),
                preemptions.latest(from, to, wanted.team() == null ? null : new TeamName(wanted.team()), MOST),
                MOST));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
