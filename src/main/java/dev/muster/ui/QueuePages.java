package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Metadata;
import dev.muster.api.Page;
import dev.muster.api.Queue;
import dev.muster.problem.Code;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.QueueName;
import dev.muster.web.Body;
import dev.muster.web.QueueReading;
import dev.muster.web.QueueResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The tree of queues, and one of them: it is changed by the API's own method, after it was tried. */
@Path("/ui/queues")
@Produces(MediaType.TEXT_HTML)
public class QueuePages {
    private static final String MOST = "1000";

    private final Frames frames;
    private final QueueReading reading;
    private final QueueResource queues;
    private final QueueRequests requests;
    private final Caller caller;
    private final PageProblems problems;

    QueuePages(
            Frames frames,
            QueueReading reading,
            QueueResource queues,
            QueueRequests requests,
            Caller caller,
            PageProblems problems) {
        this.requests = requests;
        this.frames = frames;
        this.reading = reading;
        this.queues = queues;
        this.caller = caller;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.QUEUE, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance all() {
        Page<Queue> page = reading.list(MOST, null);
        return Templates.queues(
                QueueTree.of(frames.living("Queues", "queues", ""), page.items(), page.nextPageToken() != null));
    }

    @GET
    @Path("{name}")
    @Asks(value = Verb.READ, of = Resource.Kind.QUEUE)
    @Operation(hidden = true)
    public TemplateInstance one(String name) {
        Queue queue = queue(name);
        return Templates.queue(page(queue, QueuePage.Form.of(queue), null, List.of()));
    }

    /** {@code apply}: change it; without, only tell what that would do. */
    @POST
    @Path("{name}")
    @Asks(value = Verb.PUT, of = Resource.Kind.QUEUE)
    @Operation(hidden = true)
    public Response change(
            String name,
            @RestForm @Nullable String guarantee,
            @RestForm @Nullable String deserved,
            @RestForm @Nullable String capability,
            @RestForm @Nullable String weight,
            @RestForm @Nullable String state,
            @RestForm @Nullable String etag,
            @RestForm @Nullable String apply) {
        Queue queue = queue(name);
        QueuePage.Form form = new QueuePage.Form(
                text(guarantee), text(deserved), text(capability), text(weight), text(state), text(etag));
        try {
            Queue wanted = new Queue(
                    Queue.KIND, new Metadata(name, null, null, null, null, null, null), form.over(queue.spec()), null);
            Response done = queues.put(
                    name, form.etag(), null, apply == null ? "true" : "false", new Body<>(wanted, new byte[0]));
            if (apply != null) {
                return Response.seeOther(URI.create("/ui/queues/" + name)).build();
            }
            Queue tried = (Queue) done.getEntity();
            QueuePage.Trial trial = QueuePage.trial(
                    QueuePage.Form.of(queue),
                    QueuePage.Form.of(tried),
                    tried.status() == null ? null : tried.status().preview());
            return Response.ok(
                            Templates.queue(page(queue, form, trial, List.of())).render())
                    .build();
        } catch (MusterException e) {
            if (!Set.of(Code.VALIDATION, Code.INVALID_PARAMETER, Code.CONFLICT, Code.ETAG_MISMATCH)
                    .contains(e.code())) {
                throw e;
            }
            return Response.status(422)
                    .entity(Templates.queue(page(queue, form, null, told(e))).render())
                    .build();
        }
    }

    /** Every fault with what mends it. */
    static List<String> told(MusterException e) {
        return e.faults().isEmpty()
                ? List.of(Objects.toString(e.getMessage(), e.code().name()))
                : e.faults().stream()
                        .map(fault ->
                                fault.pointer().replaceFirst("^/spec/", "").replace('/', ' ') + ": " + fault.detail()
                                        + (fault.hint() == null ? "" : ". " + fault.hint()))
                        .toList();
    }

    private QueuePage page(Queue queue, QueuePage.Form form, QueuePage.@Nullable Trial trial, List<String> faults) {
        String name = queue.metadata().name();
        List<QueueTree.Line> below = reading.list(MOST, null).items().stream()
                .filter(other -> name.equals(other.spec().parent()))
                .map(other -> QueueTree.line(other, 0))
                .toList();
        String parent = queue.spec().parent();
        Frame frame = frames.lasting(name, "queues");
        return new QueuePage(
                frame,
                QueueTree.line(queue, 0),
                parent != null && caller.may(Verb.READ, new Resource(Resource.Kind.QUEUE, null, parent))
                        ? parent
                        : null,
                queue.spec().team(),
                below,
                form,
                caller.may(Verb.PUT, new Resource(Resource.Kind.QUEUE, null, name)),
                requests.of(queue, frame.now()),
                trial,
                faults);
    }

    private Queue queue(String name) {
        try {
            return reading.one(new QueueName(name));
        } catch (IllegalArgumentException e) {
            throw MusterException.notFound("queue", name);
        }
    }

    private static String text(@Nullable String sent) {
        return sent == null ? "" : sent.strip();
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
