package dev.muster.web;

import dev.muster.access.Actor;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.IssuedTokens;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.postgres.TokenStore;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.rights.IssuedToken;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Subject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tokens that people and services call with: one's own; operators see, make and revoke those of others too. */
@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
public class TokenResource {
    private static final int LONGEST_LABEL = 100;

    private final IssuedTokens tokens;
    private final TokenStore store;
    private final PageTokens pageTokens;
    private final Caller caller;

    TokenResource(IssuedTokens tokens, TokenStore store, PageTokens pageTokens, Caller caller) {
        this.tokens = tokens;
        this.store = store;
        this.pageTokens = pageTokens;
        this.caller = caller;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.TOKEN)
    public Page<dev.muster.api.IssuedToken> list(
            @QueryParam("pageSize") @Nullable String pageSize, @QueryParam("pageToken") @Nullable String pageToken) {
        boolean all = caller.isOperator();
        Subject subject = all ? null : self().orElseThrow();
        String list = "tokens of " + caller.actor().name();
        int size = Parameters.pageSize(pageSize);
        List<IssuedToken> left = store.list(subject, pageTokens.open(list, pageToken), size + 1);
        List<IssuedToken> page = left.size() > size ? left.subList(0, size) : left;
        return new Page<>(
                page.stream().map(token -> view(token, null)).toList(),
                left.size() > size ? pageTokens.make(list, page.get(size - 1).id()) : null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.TOKEN)
    @APIResponseSchema(value = dev.muster.api.IssuedToken.class, responseCode = "201")
    public Response issue(
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.IssuedToken.class)))
                    Body<dev.muster.api.IssuedToken> body) {
        dev.muster.api.IssuedToken sent = body.value();
        Faults faults = new Faults();
        Place root = Place.root(faults);
        String label = sent.label() == null ? "" : sent.label().strip();
        if (label.isEmpty()) {
            root.at("label").required("what it is for");
        } else if (label.length() > LONGEST_LABEL
                || !MusterException.shown(label).equals(label)) {
            root.at("label").bad(label, "at most %d characters, none of control".formatted(LONGEST_LABEL));
        }
        long most = IssuedTokens.LONGEST_LIFE.toDays();
        int days = Objects.requireNonNullElse(sent.lifetimeDays(), (int) IssuedTokens.USUAL_LIFE.toDays());
        root.at("lifetimeDays").between(days, 1, (int) most);
        Narrowing narrowing = narrowing(root.at("narrowing"), sent.narrowing());
        Subject subject = subject(root.at("subject"), sent.subject());
        faults.refuseIfAny();
        IssuedTokens.New made = tokens.issue(
                Objects.requireNonNull(subject),
                label,
                narrowing,
                Duration.ofDays(days),
                caller.actor().name());
        return Response.status(Response.Status.CREATED)
                .entity(view(made.token(), made.text()))
                .build();
    }

    @DELETE
    @Path("{token}")
    @Asks(value = Verb.DELETE, of = Resource.Kind.TOKEN)
    public void revoke(@PathParam("token") String id) {
        IssuedToken found = store.find(id)
                .filter(token -> caller.isOperator() || self().equals(Optional.of(token.subject())))
                .orElseThrow(() -> MusterException.notFound("token", id));
        tokens.revoke(found.id(), caller.actor().name());
    }

    /** Others than oneself only by operators. */
    private @Nullable Subject subject(Place place, @Nullable String sent) {
        if (sent == null) {
            if (self().isEmpty()) {
                place.required("whose it is: the installation's own token is nobody's");
            }
            return self().orElse(null);
        }
        if (!caller.isOperator() && !sent.equals(caller.actor().name())) {
            throw MusterException.forbidden(caller.actor().name(), Verb.PUT.name(), "token of " + sent);
        }
        try {
            return Subject.parse(sent);
        } catch (IllegalArgumentException e) {
            place.bad(sent, String.valueOf(e.getMessage()).replaceFirst("^expected ", ""));
            return null;
        }
    }

    /** Empty for who came with the installation's own token or session. */
    private Optional<Subject> self() {
        Actor actor = caller.actor();
        return actor.tokenId() != null ? Optional.of(Subject.parse(actor.name())) : Optional.empty();
    }

    private static Narrowing narrowing(Place place, @Nullable String sent) {
        if (sent == null) {
            return Narrowing.NONE;
        }
        Optional<Narrowing> found = Arrays.stream(Narrowing.values())
                .filter(one -> one.name().equals(sent))
                .findFirst();
        if (found.isEmpty()) {
            place.bad(sent, "one of " + Arrays.toString(Narrowing.values()));
        }
        return found.orElse(Narrowing.READ_ONLY);
    }

    private static dev.muster.api.IssuedToken view(IssuedToken token, @Nullable String text) {
        return new dev.muster.api.IssuedToken(
                token.id(),
                token.subject().toString(),
                token.label(),
                token.narrowing().name(),
                null,
                token.createdBy(),
                token.createdAt(),
                token.expiresAt(),
                token.revokedAt(),
                token.lastUsedAt(),
                text);
    }
}
