package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.CallbackDelivery;
import dev.muster.api.CallbackKey;
import dev.muster.api.Page;
import dev.muster.callback.Keys;
import dev.muster.postgres.CallbackStore;
import dev.muster.quota.name.TeamName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What became of the messages to addresses that want to know of a job, and the key to check them with. */
@Path("/api/v1/teams/{team}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class CallbackResource {
    private final CallbackStore store;
    private final JobLookup lookup;
    private final Keys keys;

    CallbackResource(CallbackStore store, JobLookup lookup, Keys keys) {
        this.store = store;
        this.lookup = lookup;
        this.keys = keys;
    }

    @GET
    @Path("jobs/{job: [^/:]+}/callbacks")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public Page<CallbackDelivery> list(@PathParam("team") String team, @PathParam("job") String job) {
        return new Page<>(
                store.of(lookup.find(team, job).id(), Limits.PAGE).stream()
                        .map(CallbackResource::view)
                        .toList(),
                null);
    }

    @GET
    @Path("callbackKey")
    @Asks(value = Verb.PUT, of = Resource.Kind.TEAM)
    public CallbackKey key(@PathParam("team") String team) {
        return new CallbackKey("HMAC-SHA256", keys.of(Parameters.name("team", team, TeamName::new)));
    }

    private static CallbackDelivery view(CallbackStore.Delivery one) {
        String state = one.deliveredAt() != null ? "DELIVERED" : one.nextAt() == null ? "GIVEN_UP" : "WAITING";
        return new CallbackDelivery(
                one.id(),
                one.url(),
                one.jobState(),
                state,
                one.tries(),
                one.at(),
                one.nextAt(),
                one.deliveredAt(),
                one.lastError());
    }
}
