package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Queue;
import dev.muster.api.QueueSpec;
import dev.muster.api.QueueStatus;
import dev.muster.api.QuotaDecision;
import dev.muster.api.QuotaRequest;
import dev.muster.api.TemporaryQuota;
import dev.muster.problem.Code;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.web.Body;
import dev.muster.web.QueueReading;
import dev.muster.web.QuotaRequestResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** One quota request: who may answer it sees before what granting would do; all by the API's own methods. */
@Path("/ui/quota/{request}")
@Produces(MediaType.TEXT_HTML)
public class QuotaRequestPages {
    private static final Set<Code> OF_THE_FORM =
            Set.of(Code.VALIDATION, Code.INVALID_PARAMETER, Code.INVALID_STATE, Code.CONFLICT);

    private final Frames frames;
    private final QuotaRequestResource requests;
    private final QueueReading queues;
    private final Caller caller;
    private final PageProblems problems;

    QuotaRequestPages(
            Frames frames, QuotaRequestResource requests, QueueReading queues, Caller caller, PageProblems problems) {
        this.frames = frames;
        this.requests = requests;
        this.queues = queues;
        this.caller = caller;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance one(String request) {
        QuotaRequest found = requests.one(request);
        return Templates.quotarequest(tried(found, asked(found)));
    }

    /** Tells what it would do, and grants nothing. */
    @POST
    @Path("try")
    @Asks(value = Verb.PUT, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @Operation(hidden = true)
    public Response trial(
            String request,
            @RestForm @Nullable String guarantee,
            @RestForm @Nullable String deserved,
            @RestForm @Nullable String capability,
            @RestForm @Nullable String until) {
        QuotaRequestPage page = tried(requests.one(request), form(guarantee, deserved, capability, until));
        return Response.status(page.faults().isEmpty() ? 200 : 422)
                .entity(Templates.quotarequest(page).render())
                .build();
    }

    @POST
    @Path("grant")
    @Asks(value = Verb.PUT, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @Operation(hidden = true)
    public Response grant(
            String request,
            @RestForm @Nullable String guarantee,
            @RestForm @Nullable String deserved,
            @RestForm @Nullable String capability,
            @RestForm @Nullable String until,
            @RestForm @Nullable String why) {
        QuotaRequestPage.Form form = form(guarantee, deserved, capability, until);
        return done(
                request,
                form,
                () -> requests.grant(request, "false", body(decision(requests.one(request), form, said(why)))));
    }

    @POST
    @Path("decline")
    @Asks(value = Verb.PUT, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @Operation(hidden = true)
    public Response decline(String request, @RestForm @Nullable String why) {
        return done(request, null, () -> requests.decline(request, body(QuotaDecision.because(said(why)))));
    }

    @POST
    @Path("withdraw")
    @Asks(value = Verb.CANCEL, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @Operation(hidden = true)
    public Response withdraw(String request) {
        return done(request, null, () -> requests.withdraw(request));
    }

    @POST
    @Path("end")
    @Asks(value = Verb.DELETE, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @Operation(hidden = true)
    public Response end(String request, @RestForm @Nullable String why) {
        return done(request, null, () -> requests.end(request, body(QuotaDecision.because(said(why)))));
    }

    private Response done(String request, QuotaRequestPage.@Nullable Form form, Runnable act) {
        try {
            act.run();
            return Response.seeOther(URI.create("/ui/quota/" + request)).build();
        } catch (MusterException e) {
            if (!OF_THE_FORM.contains(e.code())) {
                throw e;
            }
            QuotaRequest found = requests.one(request);
            return Response.status(422)
                    .entity(Templates.quotarequest(
                                    page(found, form == null ? asked(found) : form, null, QueuePages.told(e)))
                            .render())
                    .build();
        }
    }

    /** With what granting it would do, where who looks may. */
    private QuotaRequestPage tried(QuotaRequest found, QuotaRequestPage.Form form) {
        if (!"OPEN".equals(found.state()) || !may(Verb.PUT, found)) {
            return page(found, form, null, List.of());
        }
        try {
            QuotaRequest granted = (QuotaRequest) requests.grant(found.id(), "true", body(decision(found, form, null)))
                    .getEntity();
            return page(found, form, trial(granted), List.of());
        } catch (MusterException e) {
            if (!OF_THE_FORM.contains(e.code())) {
                throw e;
            }
            return page(found, form, null, QueuePages.told(e));
        }
    }

    private QuotaRequestPage page(
            QuotaRequest found, QuotaRequestPage.Form form, QueuePage.@Nullable Trial trial, List<String> faults) {
        Frame frame = frames.lasting(
                "Request of " + found.team() + (found.team().equals(found.queue()) ? "" : " for " + found.queue()),
                QuotaPages.SECTION);
        QuotaLine line = QuotaLine.of(found, frame.now());
        return new QuotaRequestPage(
                frame,
                line,
                may(Verb.PUT, found) && line.isOpen(),
                may(Verb.CANCEL, found) && line.isOpen(),
                may(Verb.DELETE, found) && line.isInForce(),
                form,
                trial,
                faults);
    }

    /** The amounts of the queue as they are and as they would be, and what that would do to jobs. */
    private QueuePage.Trial trial(QuotaRequest granted) {
        Queue queue = queues.one(new QueueName(Objects.requireNonNull(granted.queue())));
        QuotaDecision said = Objects.requireNonNull(granted.decision());
        QueueSpec own = queue.spec();
        List<QueuePage.Change> changes = new ArrayList<>();
        add(changes, "guarantee", held(queue, own.guarantee(), TemporaryQuota::guarantee), said.guarantee());
        add(changes, "deserved", held(queue, own.deserved(), TemporaryQuota::deserved), said.deserved());
        if (own.capability() != null) {
            add(changes, "capability", held(queue, own.capability(), TemporaryQuota::capability), said.capability());
        }
        return QueuePage.trial(changes, granted.preview());
    }

    /** What it has, with what it has for a time. */
    private static Map<String, String> held(
            Queue queue,
            @Nullable Map<String, String> own,
            Function<TemporaryQuota, @Nullable Map<String, String>> part) {
        QueueStatus status = queue.status();
        Map<String, String> held = Amounts.plus(own, null);
        if (status != null && status.temporary() != null) {
            for (TemporaryQuota one : status.temporary()) {
                held = Amounts.plus(held, part.apply(one));
            }
        }
        return held;
    }

    private static void add(
            List<QueuePage.Change> changes,
            String field,
            Map<String, String> held,
            @Nullable Map<String, String> more) {
        if (more != null) {
            String was = Amounts.text(held);
            changes.add(new QueuePage.Change(
                    field, was.isEmpty() ? "nothing" : was, Amounts.text(Amounts.plus(held, more))));
        }
    }

    /** What is as it was asked is not said again. */
    private QuotaDecision decision(QuotaRequest found, QuotaRequestPage.Form form, @Nullable String why) {
        QuotaRequestPage.Form asked = asked(found);
        boolean same = form.guarantee().equals(asked.guarantee())
                && form.deserved().equals(asked.deserved())
                && form.capability().equals(asked.capability());
        return new QuotaDecision(
                same ? null : Objects.requireNonNullElse(Amounts.read("guarantee", form.guarantee()), Map.of()),
                same ? null : Objects.requireNonNullElse(Amounts.read("deserved", form.deserved()), Map.of()),
                same ? null : Objects.requireNonNullElse(Amounts.read("capability", form.capability()), Map.of()),
                form.until().equals(asked.until()) ? null : Typed.read("until", form.until(), frames.zone()),
                why,
                null,
                null);
    }

    private QuotaRequestPage.Form asked(QuotaRequest found) {
        return new QuotaRequestPage.Form(
                Amounts.text(found.guarantee()),
                Amounts.text(found.deserved()),
                Amounts.text(found.capability()),
                Typed.text(found.until(), frames.zone()));
    }

    private boolean may(Verb verb, QuotaRequest found) {
        return caller.may(
                verb,
                Resource.of(
                        Resource.Kind.QUOTA_REQUEST,
                        new TeamName(Objects.requireNonNull(found.team())),
                        new QueueName(Objects.requireNonNull(found.queue())),
                        Objects.requireNonNull(found.id())));
    }

    private static QuotaRequestPage.Form form(
            @Nullable String guarantee,
            @Nullable String deserved,
            @Nullable String capability,
            @Nullable String until) {
        return new QuotaRequestPage.Form(
                QuotaPages.text(guarantee),
                QuotaPages.text(deserved),
                QuotaPages.text(capability),
                QuotaPages.text(until));
    }

    private static @Nullable String said(@Nullable String why) {
        String text = QuotaPages.text(why);
        return text.isEmpty() ? null : text;
    }

    private static Body<QuotaDecision> body(QuotaDecision decision) {
        return new Body<>(decision, new byte[0]);
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
