package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.postgres.OfferingHourStore;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** How offerings did over days. */
@Path("/ui/pools/history")
@Produces(MediaType.TEXT_HTML)
public class HeatPages {
    private final Frames frames;
    private final OfferingHourStore hours;
    private final PageProblems problems;

    HeatPages(Frames frames, OfferingHourStore hours, PageProblems problems) {
        this.frames = frames;
        this.hours = hours;
        this.problems = problems;
    }

    /** What cannot be meant is what is usual: a page has no faults in its address. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.POOL)
    @Operation(hidden = true)
    public TemplateInstance history(@RestQuery @Nullable String of, @RestQuery @Nullable String days) {
        HeatPage.Wanted wanted = HeatPage.Wanted.of(of, days);
        Frame frame = frames.lasting("Pools over time", "pools");
        return Templates.heat(HeatPage.of(
                frame,
                wanted,
                hours.between(wanted.from(frame.now()), frame.now().plusSeconds(1))));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
