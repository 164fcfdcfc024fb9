package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.web.DoctorResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What is wrong with this installation, and how to mend it. */
@Path("/ui/health")
@Produces(MediaType.TEXT_HTML)
public class HealthPages {
    private final Frames frames;
    private final DoctorResource doctor;
    private final PageProblems problems;

    HealthPages(Frames frames, DoctorResource doctor, PageProblems problems) {
        this.frames = frames;
        this.doctor = doctor;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.CLUSTER)
    @Operation(hidden = true)
    public TemplateInstance health() {
        return Templates.health(HealthPage.of(frames.lasting("Health", "health"), doctor.examine()));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
