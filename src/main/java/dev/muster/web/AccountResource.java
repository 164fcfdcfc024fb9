package dev.muster.web;

import dev.muster.access.Accounts;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Gate;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Account;
import dev.muster.api.Page;
import dev.muster.api.PasswordChange;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.rights.CallFacts;
import dev.muster.rights.Subject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** People who sign in by a password of this installation. */
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
public class AccountResource {
    private final Accounts accounts;
    private final NamedPages pages;
    private final Caller caller;

    AccountResource(Accounts accounts, NamedPages pages, Caller caller) {
        this.accounts = accounts;
        this.pages = pages;
        this.caller = caller;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.ACCOUNT)
    public Page<Account> list(
            @QueryParam("pageSize") @Nullable String pageSize, @QueryParam("pageToken") @Nullable String pageToken) {
        return pages.page(
                "accounts",
                accounts.all(),
                account -> account.subject().toString(),
                account -> new Account(
                        account.subject().toString(),
                        account.createdBy(),
                        account.createdAt(),
                        account.passwordAt(),
                        null,
                        null),
                pageSize,
                pageToken);
    }

    /** Makes it where it is not there; in any case a new link to choose the password. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.ACCOUNT)
    @APIResponseSchema(value = Account.class, responseCode = "201")
    public Response invite(
            @Context UriInfo uri,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Account.class)))
                    Body<Account> body) {
        Faults faults = new Faults();
        Subject subject = subject(Place.root(faults).at("name"), body.value().name());
        faults.refuseIfAny();
        Accounts.Link link =
                accounts.invite(Objects.requireNonNull(subject), caller.actor().name());
        String url = uri.getBaseUriBuilder()
                .replacePath(Gate.SIGN_IN)
                .queryParam("link", link.text())
                .build()
                .toString();
        return Response.status(Response.Status.CREATED)
                .entity(new Account(subject.toString(), null, null, null, url, link.expiresAt()))
                .build();
    }

    @DELETE
    @Path("{account}")
    @Asks(value = Verb.DELETE, of = Resource.Kind.ACCOUNT)
    public void remove(@PathParam("account") String name) {
        Faults faults = new Faults();
        Subject subject = subject(Place.root(faults), name);
        faults.refuseIfAny();
        accounts.remove(Objects.requireNonNull(subject), caller.actor());
    }

    /** One's own; all sessions of the account end. */
    @PUT
    @Path("{account}/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.TOKEN)
    public void choosePassword(
            @PathParam("account") String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PasswordChange.class)))
                    Body<PasswordChange> body) {
        Faults faults = new Faults();
        Place root = Place.root(faults);
        Subject subject = subject(root, name);
        String present = body.value().present();
        String chosen = body.value().chosen();
        if (present == null) {
            root.at("present").required("the password as it is now");
        }
        if (chosen == null) {
            root.at("chosen").required("the new password");
        }
        faults.refuseIfAny();
        if (!name.equals(caller.actor().name()) || !accounts.hasOne(Objects.requireNonNull(subject))) {
            throw MusterException.notFound("account", name);
        }
        Accounts.fault(subject, Objects.requireNonNull(chosen)).ifPresent(expected -> root.at("chosen")
                .fault(Fault.Kind.BAD_VALUE, "this cannot be the password: expected " + expected));
        faults.refuseIfAny();
        String address = caller.facts().map(CallFacts::address).orElse(null);
        if (!accounts.change(subject, Objects.requireNonNull(present), chosen, address)) {
            root.at("present")
                    .fault(
                            Fault.Kind.BAD_VALUE,
                            "the password is wrong, or there were too many attempts: then wait a little");
        }
        faults.refuseIfAny();
    }

    private static @Nullable Subject subject(Place place, @Nullable String name) {
        if (name == null) {
            place.required("the person's name");
            return null;
        }
        try {
            return new Subject(Subject.Kind.PERSON, name);
        } catch (IllegalArgumentException e) {
            place.bad(name, String.valueOf(e.getMessage()).replaceFirst("^expected ", ""));
            return null;
        }
    }
}
