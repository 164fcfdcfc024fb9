package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.report.Packing;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The nodes as a map: what is used, what is of no use, and who holds a node with next to nothing. */
@Path("/ui/packing")
@Produces(MediaType.TEXT_HTML)
public class PackingPages {
    private final Frames frames;
    private final Packing packing;
    private final PageProblems problems;

    PackingPages(Frames frames, Packing packing, PageProblems problems) {
        this.frames = frames;
        this.packing = packing;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.PLANNER)
    @Operation(hidden = true)
    public TemplateInstance packing() {
        return Templates.packing(PackingPage.of(
                frames.living("Packing", "packing", ""), packing.find().orElse(null)));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
