package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.api.Session;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.web.SessionReading;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Sessions that have not ended: one's own, and those of others. */
@Path("/ui/sessions")
@Produces(MediaType.TEXT_HTML)
public class SessionsPages {
    private static final int MOST = 200;

    private final Frames frames;
    private final SessionReading reading;
    private final Caller caller;
    private final PageProblems problems;

    SessionsPages(Frames frames, SessionReading reading, Caller caller, PageProblems problems) {
        this.frames = frames;
        this.reading = reading;
        this.caller = caller;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance sessions(@RestQuery @Nullable String of) {
        boolean all = "all".equals(of);
        Page<Session> page = reading.list(null, !all, MOST, null);
        Predicate<Session> mayEnd = session -> caller.may(
                Verb.CANCEL,
                Resource.of(
                        Resource.Kind.JOB, new TeamName(session.team()), new QueueName(session.queue()), session.id()));
        return Templates.sessions(SessionsPage.of(
                frames.living("Sessions", "sessions", ""),
                all,
                page.items(),
                page.nextPageToken() != null,
                caller.maySomewhere(Verb.SUBMIT, Resource.Kind.JOB),
                caller.actor().name(),
                mayEnd));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
