package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.QueueName;
import dev.muster.web.WaitReading;
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

/** Which queues keep which waiting gangs out. */
@Path("/ui/waits")
@Produces(MediaType.TEXT_HTML)
public class WaitPages {
    private final Frames frames;
    private final WaitReading waits;
    private final PageProblems problems;

    WaitPages(Frames frames, WaitReading waits, PageProblems problems) {
        this.frames = frames;
        this.waits = waits;
        this.problems = problems;
    }

    /** {@code queue}: of that one and those below it. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.QUEUE, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance waits(@RestQuery @Nullable String queue) {
        String only = queue == null || queue.isBlank() ? null : queue.strip();
        return Templates.waits(WaitPage.of(
                frames.living("Who waits for whom", "queues", ""),
                only,
                waits.of(only == null ? null : name(only)).orElse(null)));
    }

    private static QueueName name(String queue) {
        try {
            return new QueueName(queue);
        } catch (IllegalArgumentException e) {
            throw MusterException.notFound("queue", queue);
        }
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
