package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Grants;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import dev.muster.rights.Duty;
import dev.muster.rights.GivenGrant;
import dev.muster.rights.Grant;
import dev.muster.rights.Scope;
import dev.muster.rights.Subject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who has which duty. */
@Path("/api/v1/grants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
public class GrantResource {
    private static final int LONGEST_WHY = 500;

    private final Grants grants;
    private final NamedPages pages;
    private final Caller caller;

    GrantResource(Grants grants, NamedPages pages, Caller caller) {
        this.grants = grants;
        this.pages = pages;
        this.caller = caller;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.GRANT, seesForItself = true)
    public Page<dev.muster.api.Grant> list(
            @QueryParam("pageSize") @Nullable String pageSize, @QueryParam("pageToken") @Nullable String pageToken) {
        Function<GivenGrant, String> key = given -> "%s %s %s"
                .formatted(
                        given.grant().scope(),
                        given.grant().subject(),
                        given.grant().duty());
        return pages.page(
                "grants",
                grants.seenBy(caller.actor()).stream()
                        .sorted(java.util.Comparator.comparing(key))
                        .toList(),
                key,
                GrantResource::view,
                pageSize,
                pageToken);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.GRANT, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.Grant.class, responseCode = "201")
    public Response give(
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.Grant.class)))
                    Body<dev.muster.api.Grant> body) {
        dev.muster.api.Grant sent = body.value();
        Faults faults = new Faults();
        Place root = Place.root(faults);
        String why = sent.why();
        if (why != null && why.length() > LONGEST_WHY) {
            root.at("why").fault(Fault.Kind.TOO_LONG, "expected at most %d characters".formatted(LONGEST_WHY));
        }
        Grant grant = grant(faults, root, sent.subject(), sent.duty(), sent.scope());
        GivenGrant given = grants.give(caller.actor(), grant, why == null ? null : why.strip());
        return given == null
                ? Response.ok(new dev.muster.api.Grant(
                                grant.subject().toString(),
                                grant.duty().name(),
                                grant.scope().toString(),
                                null,
                                null,
                                null))
                        .build()
                : Response.status(Response.Status.CREATED).entity(view(given)).build();
    }

    @DELETE
    @Asks(value = Verb.DELETE, of = Resource.Kind.GRANT, seesForItself = true)
    public void take(
            @QueryParam("subject") @Nullable String subject,
            @QueryParam("duty") @Nullable String duty,
            @QueryParam("scope") @Nullable String scope) {
        Faults faults = new Faults();
        grants.take(caller.actor(), grant(faults, Place.root(faults), subject, duty, scope));
    }

    private static Grant grant(
            Faults faults, Place root, @Nullable String subject, @Nullable String duty, @Nullable String scope) {
        Subject who = read(root.at("subject"), subject, Subject::parse);
        Duty what = read(root.at("duty"), duty, GrantResource::duty);
        Scope where = read(root.at("scope"), scope, Scope::parse);
        if (what != null && where != null && !what.goesWith(where.kind())) {
            root.at("scope").bad(where.toString(), "a scope that a %s can be for".formatted(what));
        }
        faults.refuseIfAny();
        return new Grant(Objects.requireNonNull(who), Objects.requireNonNull(what), Objects.requireNonNull(where));
    }

    private static <T> @Nullable T read(Place place, @Nullable String text, Function<String, T> parse) {
        if (text == null) {
            place.required("a text");
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            place.bad(text, String.valueOf(e.getMessage()).replaceFirst("^expected ", ""));
            return null;
        }
    }

    private static Duty duty(String text) {
        return Arrays.stream(Duty.values())
                .filter(duty -> duty.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of " + Arrays.toString(Duty.values())));
    }

    static dev.muster.api.Grant view(GivenGrant given) {
        return new dev.muster.api.Grant(
                given.grant().subject().toString(),
                given.grant().duty().name(),
                given.grant().scope().toString(),
                given.why(),
                given.by(),
                given.at());
    }
}
