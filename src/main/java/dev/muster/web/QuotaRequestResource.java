package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Page;
import dev.muster.api.QuotaDecision;
import dev.muster.catalogue.QuotaRequests;
import dev.muster.postgres.QuotaRequestStore;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.queue.MoreQuota;
import dev.muster.queue.QuotaRequest;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Sight;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Teams ask for more, quota admins answer. */
@Path("/api/v1/quotaRequests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "queues")
public class QuotaRequestResource {
    /** Older ones are in the record. */
    private static final int MOST = 1_000;

    private final QuotaRequests requests;
    private final QuotaRequestStore store;
    private final QueueReading reading;
    private final Caller caller;

    QuotaRequestResource(QuotaRequests requests, QuotaRequestStore store, QueueReading reading, Caller caller) {
        this.reading = reading;
        this.requests = requests;
        this.store = store;
        this.caller = caller;
    }

    /** Newest first, the last thousand. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    public Page<dev.muster.api.QuotaRequest> list() {
        Sight sight = caller.sight(Resource.Kind.QUOTA_REQUEST);
        return new Page<>(
                store.all(MOST).stream()
                        .filter(request -> sight == null || sight.reaches(request.team(), request.queue()))
                        .map(QuotaWords::view)
                        .toList(),
                null);
    }

    @GET
    @Path("{request: [^/:]+}")
    @Asks(value = Verb.READ, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    public dev.muster.api.QuotaRequest one(@PathParam("request") String id) {
        return QuotaWords.view(found(id));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.SUBMIT, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.QuotaRequest.class, responseCode = "201")
    public Response ask(
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.QuotaRequest.class)))
                    Body<dev.muster.api.QuotaRequest> body) {
        dev.muster.api.QuotaRequest sent = body.value();
        Faults faults = new Faults();
        Place root = Place.root(faults);
        TeamName team = root.at("team").read(sent.team(), TeamName::new);
        QueueName queue = root.at("queue").read(sent.queue(), QueueName::new);
        MoreQuota more = QuotaWords.more(root, sent.guarantee(), sent.deserved(), sent.capability());
        String why = QuotaWords.why(root.at("why"), sent.why());
        if (sent.team() == null) {
            root.at("team").required("the team that asks");
        }
        if (sent.queue() == null) {
            root.at("queue").required("the queue that should have more");
        }
        if (why == null && sent.why() == null) {
            root.at("why").required("what it is for: somebody has to decide");
        }
        faults.refuseIfAny();
        Resource asked = Resource.of(
                Resource.Kind.QUOTA_REQUEST, Objects.requireNonNull(team), Objects.requireNonNull(queue), "new");
        if (!caller.may(asked)) {
            Sight sight = caller.view(Resource.Kind.TEAM);
            throw sight == null || sight.teams().contains(team)
                    ? caller.refused(asked)
                    : MusterException.notFound("team", team.value());
        }
        QuotaRequest made = requests.ask(
                new QuotaRequests.Ask(team, queue, more, sent.until(), Objects.requireNonNullElse(why, "")),
                caller.actor().name());
        return Response.status(Response.Status.CREATED)
                .entity(QuotaWords.view(made))
                .build();
    }

    /** {@code validateOnly}: grants nothing, and tells what that would do to jobs. */
    @POST
    @Path("{request: [^/:]+}:grant")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.QuotaRequest.class, responseCode = "200")
    public Response grant(
            @PathParam("request") String id,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = QuotaDecision.class)))
                    Body<QuotaDecision> body) {
        require(id);
        boolean dry = Parameters.flag("validateOnly", validateOnly);
        Faults faults = new Faults();
        Place root = Place.root(faults);
        QuotaDecision sent = body.value();
        MoreQuota other = QuotaWords.other(root, sent);
        String why = QuotaWords.why(root.at("why"), sent.why());
        faults.refuseIfAny();
        QuotaRequest granted = requests.grant(
                id,
                new QuotaRequests.Answer(other, sent.until(), why),
                caller.actor().name(),
                dry);
        MoreQuota more = granted.decision() == null ? null : granted.decision().more();
        return Response.ok(QuotaWords.view(
                        granted, dry && more != null ? reading.previewWith(granted.queue(), more) : null))
                .build();
    }

    @POST
    @Path("{request: [^/:]+}:decline")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.QuotaRequest.class, responseCode = "200")
    public Response decline(
            @PathParam("request") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = QuotaDecision.class)))
                    Body<QuotaDecision> body) {
        require(id);
        return answer(requests.decline(id, why(body), caller.actor().name()));
    }

    /** By the team that asked. */
    @POST
    @Path("{request: [^/:]+}:withdraw")
    @Asks(value = Verb.CANCEL, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.QuotaRequest.class, responseCode = "200")
    public Response withdraw(@PathParam("request") String id) {
        require(id);
        return answer(requests.withdraw(id, caller.actor().name()));
    }

    /** Before its time. */
    @POST
    @Path("{request: [^/:]+}:end")
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.DELETE, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @APIResponseSchema(value = dev.muster.api.QuotaRequest.class, responseCode = "200")
    public Response end(
            @PathParam("request") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = QuotaDecision.class)))
                    Body<QuotaDecision> body) {
        require(id);
        return answer(requests.end(id, why(body), caller.actor().name()));
    }

    private static @Nullable String why(Body<QuotaDecision> body) {
        Faults faults = new Faults();
        String why = QuotaWords.why(Place.root(faults).at("why"), body.value().why());
        faults.refuseIfAny();
        return why;
    }

    private static Response answer(QuotaRequest request) {
        return Response.ok(QuotaWords.view(request)).build();
    }

    /** Who may not see it is told the same as where there is none. */
    private QuotaRequest found(String id) {
        QuotaRequest request = requests.find(id);
        Sight sight = caller.view(Resource.Kind.QUOTA_REQUEST);
        if (sight != null && !sight.reaches(request.team(), request.queue())) {
            throw MusterException.notFound("quota request", id);
        }
        return request;
    }

    private void require(String id) {
        QuotaRequest request = found(id);
        Resource resource = Resource.of(Resource.Kind.QUOTA_REQUEST, request.team(), request.queue(), request.id());
        if (!caller.may(resource)) {
            throw caller.refused(resource);
        }
    }
}
