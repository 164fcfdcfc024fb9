package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Policy;
import dev.muster.api.PolicyChange;
import dev.muster.api.PolicyRehearsal;
import dev.muster.api.PolicyRollback;
import dev.muster.cycle.Shadow;
import dev.muster.problem.Code;
import dev.muster.problem.MusterException;
import dev.muster.rehearsal.Rehearsals;
import dev.muster.web.Body;
import dev.muster.web.PolicyResource;
import dev.muster.web.RehearsalResource;
import dev.muster.web.ShadowResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The policy of the planner: tried, let plan in the shadow, applied, taken back; all by the API's own methods. */
@Path("/ui/policy")
@Produces(MediaType.TEXT_HTML)
public class PolicyPages {
    private static final int REVISIONS = 30;
    private static final int REHEARSALS = 10;
    private static final int USUAL_HOURS = 7 * 24;
    private static final Set<Code> OF_THE_FORM =
            Set.of(Code.VALIDATION, Code.UNKNOWN_FIELD, Code.INVALID_PARAMETER, Code.ETAG_MISMATCH, Code.INVALID_STATE);

    private final Frames frames;
    private final PolicyResource policies;
    private final ShadowResource shadows;
    private final Shadow shadow;
    private final RehearsalResource rehearsals;
    private final Rehearsals latest;
    private final InstantSource clock;
    private final Caller caller;
    private final PageProblems problems;

    PolicyPages(
            Frames frames,
            PolicyResource policies,
            ShadowResource shadows,
            Shadow shadow,
            RehearsalResource rehearsals,
            Rehearsals latest,
            InstantSource clock,
            Caller caller,
            PageProblems problems) {
        this.frames = frames;
        this.policies = policies;
        this.shadows = shadows;
        this.shadow = shadow;
        this.rehearsals = rehearsals;
        this.latest = latest;
        this.clock = clock;
        this.caller = caller;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.POLICY)
    @Operation(hidden = true)
    public TemplateInstance policy() {
        return Templates.policy(page(null, null, List.of()));
    }

    /**
     * {@code act}: {@code apply}, {@code shadow}, {@code rehearse} (with what was recorded in the last {@code hours}); else it is only told what
     * would change.
     */
    @POST
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    @Operation(hidden = true)
    public Response change(
            @RestForm @Nullable String values,
            @RestForm @Nullable String why,
            @RestForm @Nullable String revision,
            @RestForm @Nullable Integer hours,
            @RestForm @Nullable String act) {
        PolicyPage.Form form = new PolicyPage.Form(text(values), text(why), text(revision));
        try {
            Body<Policy> body = new Body<>(form.policy(), new byte[0]);
            if ("apply".equals(act)) {
                policies.apply("\"" + form.revision() + "\"", form.why(), "false", body);
                return back();
            }
            if ("shadow".equals(act)) {
                shadows.put(form.why(), body);
                return back();
            }
            if ("rehearse".equals(act)) {
                return rehearsed(hours == null ? USUAL_HOURS : hours, body);
            }
            return Response.ok(Templates.policy(page(form, policies.diff(body).changes(), List.of()))
                            .render())
                    .build();
        } catch (MusterException e) {
            if (!OF_THE_FORM.contains(e.code())) {
                throw e;
            }
            return Response.status(422)
                    .entity(Templates.policy(page(form, null, QueuePages.told(e)))
                            .render())
                    .build();
        }
    }

    private Response rehearsed(int hours, Body<Policy> body) {
        Instant now = clock.instant();
        PolicyRehearsal asked = (PolicyRehearsal) rehearsals
                .ask(now.minus(Duration.ofHours(hours)).toString(), now.toString(), body)
                .getEntity();
        return Response.seeOther(URI.create("/ui/policy/rehearsals/" + asked.id()))
                .build();
    }

    @POST
    @Path("{revision}/back")
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    @Operation(hidden = true)
    public Response back(@PathParam("revision") long revision, @RestForm @Nullable String why) {
        policies.rollback(null, new Body<>(new PolicyRollback(revision, text(why)), new byte[0]));
        return back();
    }

    @POST
    @Path("shadow/end")
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    @Operation(hidden = true)
    public Response end() {
        shadows.end();
        return back();
    }

    private PolicyPage page(PolicyPage.@Nullable Form form, @Nullable List<PolicyChange> trial, List<String> faults) {
        Policy current = (Policy) policies.current().getEntity();
        Frame frame = frames.lasting("Policy", "policy");
        long revision = current.status() == null ? 0 : current.status().revision();
        List<PolicyPage.Field> fields = PolicyPage.fields(PolicyPage.effective(current));
        return new PolicyPage(
                frame,
                revision,
                PolicyPage.tuned(PolicyPage.effective(current)),
                fields.stream()
                        .filter(field -> field.value().equals(field.standard()))
                        .toList(),
                form == null ? PolicyPage.Form.of(current, revision) : form,
                caller.may(Verb.PUT, Resource.all(Resource.Kind.POLICY)),
                trial,
                faults,
                shadow.report().map(ShadowPanel::of).orElse(null),
                latest.latest().stream()
                        .limit(REHEARSALS)
                        .map(one -> PolicyPage.Rehearsed.of(one, frame.now()))
                        .toList(),
                PolicyPage.revisions(policies.revisions().items(), REVISIONS, frame.now()));
    }

    private static Response back() {
        return Response.seeOther(URI.create("/ui/policy")).build();
    }

    private static String text(@Nullable String sent) {
        return sent == null ? "" : sent.strip();
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
