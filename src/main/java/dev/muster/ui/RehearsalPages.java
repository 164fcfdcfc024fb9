package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.PolicyChange;
import dev.muster.postgres.PolicyStore;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.Rehearsal;
import dev.muster.postgres.Versioned;
import dev.muster.quota.policy.Policy;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.rehearsal.Rehearsals;
import dev.muster.web.RehearsalResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A rehearsal of a policy, while it is computed and afterwards: its address is what stays of it. */
@Path("/ui/policy/rehearsals/{rehearsal}")
@Produces(MediaType.TEXT_HTML)
public class RehearsalPages {
    private final Frames frames;
    private final Rehearsals rehearsals;
    private final RehearsalResource resource;
    private final PolicyStore policies;
    private final PriorityClassStore classes;
    private final Caller caller;
    private final PageProblems problems;

    RehearsalPages(
            Frames frames,
            Rehearsals rehearsals,
            RehearsalResource resource,
            PolicyStore policies,
            PriorityClassStore classes,
            Caller caller,
            PageProblems problems) {
        this.frames = frames;
        this.rehearsals = rehearsals;
        this.resource = resource;
        this.policies = policies;
        this.classes = classes;
        this.caller = caller;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.POLICY)
    @Operation(hidden = true)
    public TemplateInstance one(String rehearsal) {
        return Templates.rehearsal(page(rehearsals.find(rehearsal)));
    }

    @POST
    @Path("cancel")
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    @Operation(hidden = true)
    public Response cancel(String rehearsal) {
        return Response.seeOther(URI.create(
                        "/ui/policy/rehearsals/" + resource.cancel(rehearsal).id()))
                .build();
    }

    private RehearsalPage page(Rehearsal rehearsal) {
        Frame frame = frames.lasting("Rehearsal of a policy", "policy");
        Rehearsal.Result result = rehearsal.result();
        return new RehearsalPage(
                frame,
                rehearsal.id(),
                RehearsalPage.word(rehearsal.state()),
                RehearsalPage.css(rehearsal.state()),
                rehearsal.state().isOpen(),
                rehearsal.percent(),
                rehearsal.actor(),
                new Moment(rehearsal.askedAt(), frame.now()),
                new Moment(rehearsal.from(), frame.now()),
                new Moment(rehearsal.to(), frame.now()),
                new Policy(rehearsal.revision(), rehearsal.inForce(), rehearsal.actor(), "", rehearsal.askedAt())
                        .changesTo(rehearsal.tried()).stream()
                                .map(change -> new PolicyChange(change.path(), change.from(), change.to()))
                                .toList(),
                rehearsal.trouble(),
                result == null ? java.util.List.of() : result.remarks(),
                RehearsalPage.rows(result),
                RehearsalPage.waits(result, result == null ? Map.of() : names()),
                RehearsalPage.chart(result),
                answer(rehearsal));
    }

    private RehearsalPage.Answer answer(Rehearsal rehearsal) {
        Policy now = policies.current();
        boolean applied = !rehearsal.inForce().equals(rehearsal.tried())
                && PolicyFields.effective(now.values()).equals(PolicyFields.effective(rehearsal.tried()));
        return new RehearsalPage.Answer(
                caller.may(Verb.PUT, Resource.all(Resource.Kind.POLICY)),
                applied,
                !applied && now.revision() != rehearsal.revision(),
                rehearsal.tried().entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .collect(Collectors.joining("\n")),
                rehearsal.revision(),
                now.revision());
    }

    /** Several classes may have one priority. */
    private Map<Integer, String> names() {
        return classes.all().stream()
                .map(Versioned::value)
                .collect(Collectors.toMap(
                        PriorityClass::value, each -> each.name().value(), (one, other) -> one + ", " + other));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
