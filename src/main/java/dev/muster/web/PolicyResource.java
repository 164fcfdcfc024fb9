package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.api.PolicyChange;
import dev.muster.api.PolicyDiff;
import dev.muster.api.PolicyField;
import dev.muster.api.PolicyRollback;
import dev.muster.quota.policy.Policy;
import dev.muster.quota.policy.PolicyFields;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The policy of the planner and its revisions. */
@Path("/api/v1")
@Tag(name = "policy")
public class PolicyResource {
    /** How many revisions the list shows. */
    private static final int LATEST = 1_000;

    private final PolicyEdits edits;

    PolicyResource(PolicyEdits edits) {
        this.edits = edits;
    }

    @GET
    @Path("policy")
    @Asks(value = Verb.READ, of = Resource.Kind.POLICY)
    public Response current() {
        return answer(edits.current());
    }

    /** What can be tuned, in the order of the documentation. */
    @GET
    @Path("policy/fields")
    @Asks(value = Verb.READ, of = Resource.Kind.POLICY)
    public Page<PolicyField> fields() {
        return new Page<>(
                PolicyFields.ALL.stream()
                        .map(f -> new PolicyField(f.path(), f.standard(), f.expected(), f.meaning()))
                        .toList(),
                null);
    }

    @GET
    @Path("policy/revisions")
    @Asks(value = Verb.LIST, of = Resource.Kind.POLICY)
    public Page<dev.muster.api.Policy> revisions() {
        return new Page<>(edits.latest(LATEST).stream().map(PolicyWords::view).toList(), null);
    }

    @GET
    @Path("policy/revisions/{revision}")
    @Asks(value = Verb.READ, of = Resource.Kind.POLICY)
    public Response revision(@PathParam("revision") String revision) {
        return answer(edits.revision(Parameters.number("revision", revision, 0)));
    }

    @POST
    @Path("policy:diff")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.READ, of = Resource.Kind.POLICY)
    public PolicyDiff diff(
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.Policy.class)))
                    Body<dev.muster.api.Policy> body) {
        Policy current = edits.current();
        return new PolicyDiff(
                current.revision(),
                current.changesTo(PolicyWords.read(body.value())).stream()
                        .map(change -> new PolicyChange(change.path(), change.from(), change.to()))
                        .toList());
    }

    @PUT
    @Path("policy")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    public Response apply(
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @QueryParam("why") @Nullable String why,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.Policy.class)))
                    Body<dev.muster.api.Policy> body) {
        return answer(edits.apply(
                PolicyWords.read(body.value()),
                IfMatch.version(ifMatch),
                why,
                Parameters.flag("validateOnly", validateOnly)));
    }

    @POST
    @Path("policy:rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    public Response rollback(
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PolicyRollback.class)))
                    Body<PolicyRollback> body) {
        PolicyRollback wanted = body.value();
        return answer(
                edits.apply(edits.revision(wanted.revision()).values(), IfMatch.version(ifMatch), wanted.why(), false));
    }

    private static Response answer(Policy policy) {
        return Response.ok(PolicyWords.view(policy))
                .header("ETag", PolicyWords.etag(policy))
                .build();
    }
}
