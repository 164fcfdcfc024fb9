package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Grants;
import dev.muster.access.Issuers;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.problem.Code;
import dev.muster.problem.MusterException;
import dev.muster.rights.Duty;
import dev.muster.rights.GivenGrant;
import dev.muster.rights.Grant;
import dev.muster.rights.Scope;
import dev.muster.web.Body;
import dev.muster.web.GrantResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Who has which duty; given and taken by the API's own methods. */
@Path("/ui/members")
@Produces(MediaType.TEXT_HTML)
public class MembersPages {
    private static final int MOST_LINES = 500;
    private static final Set<Code> OF_THE_FORM =
            Set.of(Code.VALIDATION, Code.INVALID_PARAMETER, Code.NOT_FOUND, Code.IN_USE, Code.FORBIDDEN);

    private final Frames frames;
    private final GrantResource resource;
    private final Grants grants;
    private final Issuers issuers;
    private final Caller caller;
    private final PageProblems problems;

    MembersPages(
            Frames frames,
            GrantResource resource,
            Grants grants,
            Issuers issuers,
            Caller caller,
            PageProblems problems) {
        this.frames = frames;
        this.resource = resource;
        this.grants = grants;
        this.issuers = issuers;
        this.caller = caller;
        this.problems = problems;
    }

    /** {@code scope}: those that are held for it; {@code who}: those of names with that in them. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.GRANT, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance all(@RestQuery @Nullable String scope, @RestQuery @Nullable String who) {
        String shown = QuotaPages.text(scope);
        return Templates.members(page(
                shown, QuotaPages.text(who), new MembersPage.Form("", Duty.SUBMITTER.name(), shown, ""), List.of()));
    }

    @POST
    @Path("give")
    @Asks(value = Verb.PUT, of = Resource.Kind.GRANT, seesForItself = true)
    @Operation(hidden = true)
    public Response give(
            @RestForm @Nullable String subject,
            @RestForm @Nullable String duty,
            @RestForm @Nullable String scope,
            @RestForm @Nullable String why) {
        MembersPage.Form form = new MembersPage.Form(
                QuotaPages.text(subject), QuotaPages.text(duty), QuotaPages.text(scope), QuotaPages.text(why));
        return done(
                form,
                () -> resource.give(new Body<>(
                        dev.muster.api.Grant.of(
                                form.subject(),
                                form.duty(),
                                form.scope(),
                                form.why().isEmpty() ? null : form.why()),
                        new byte[0])));
    }

    @POST
    @Path("take")
    @Asks(value = Verb.DELETE, of = Resource.Kind.GRANT, seesForItself = true)
    @Operation(hidden = true)
    public Response take(
            @RestForm @Nullable String subject, @RestForm @Nullable String duty, @RestForm @Nullable String scope) {
        MembersPage.Form form = new MembersPage.Form("", QuotaPages.text(duty), QuotaPages.text(scope), "");
        return done(form, () -> resource.take(subject, duty, scope));
    }

    private Response done(MembersPage.Form form, Runnable act) {
        try {
            act.run();
            return Response.seeOther(
                            URI.create("/ui/members?scope=" + URLEncoder.encode(form.scope(), StandardCharsets.UTF_8)))
                    .build();
        } catch (MusterException e) {
            if (!OF_THE_FORM.contains(e.code())) {
                throw e;
            }
            return Response.status(e.code() == Code.FORBIDDEN ? 403 : 422)
                    .entity(Templates.members(page(form.scope(), "", form, QueuePages.told(e)))
                            .render())
                    .build();
        }
    }

    private MembersPage page(String scope, String who, MembersPage.Form form, List<String> faults) {
        Frame frame = frames.lasting("Members", "members");
        List<GivenGrant> seen = grants.seenBy(caller.actor());
        Map<String, Integer> counts = new TreeMap<>();
        seen.forEach(given -> counts.merge(given.grant().scope().toString(), 1, Integer::sum));
        List<GivenGrant> found = seen.stream()
                .filter(given ->
                        scope.isEmpty() || given.grant().scope().toString().equals(scope))
                .filter(given ->
                        who.isEmpty() || given.grant().subject().toString().contains(who))
                .sorted(Comparator.comparing(
                                (GivenGrant given) -> given.grant().scope().toString())
                        .thenComparing(given -> given.grant().duty())
                        .thenComparing(given -> given.grant().subject().toString()))
                .toList();
        return new MembersPage(
                frame,
                scope,
                who,
                counts.entrySet().stream()
                        .map(each -> new MembersPage.Scope(
                                each.getKey(), each.getValue(), each.getKey().equals(scope)))
                        .toList(),
                found.stream()
                        .limit(MOST_LINES)
                        .map(given -> line(given, frame.now()))
                        .toList(),
                found.size() > MOST_LINES,
                issuers.groups().stream()
                        .filter(group -> grants.sees(caller.actor(), group.scope()))
                        .filter(group ->
                                scope.isEmpty() || group.scope().toString().equals(scope))
                        .map(group -> new MembersPage.Group(
                                group.issuer(),
                                group.group(),
                                group.duty().name(),
                                group.scope().toString()))
                        .toList(),
                caller.maySomewhere(Verb.PUT, Resource.Kind.GRANT) ? duties() : List.of(),
                form,
                faults);
    }

    private MembersPage.Line line(GivenGrant given, Instant now) {
        Grant grant = given.grant();
        return new MembersPage.Line(
                grant.subject().toString(),
                grant.duty().name(),
                grant.scope().toString(),
                given.by(),
                new Moment(given.at(), now),
                given.why(),
                grants.mayGive(caller.actor(), grant));
    }

    /** Those that somebody like who looks may give at all, for a scope that suits. */
    private List<String> duties() {
        boolean all = caller.isOperator();
        Set<Scope.Kind> kinds = caller.actor().rights().held().stream()
                .filter(held -> held.duty() == Duty.TEAM_ADMIN || held.duty() == Duty.QUOTA_ADMIN)
                .map(held -> held.duty() == Duty.TEAM_ADMIN ? Scope.Kind.TEAM : Scope.Kind.QUEUE)
                .collect(Collectors.toSet());
        return Arrays.stream(Duty.values())
                .filter(duty -> all
                        || (kinds.contains(Scope.Kind.TEAM)
                                && Set.of(Duty.VIEWER, Duty.SUBMITTER, Duty.TEAM_ADMIN)
                                        .contains(duty))
                        || (kinds.contains(Scope.Kind.QUEUE)
                                && Set.of(Duty.VIEWER, Duty.QUOTA_ADMIN).contains(duty)))
                .map(Enum::name)
                .toList();
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
