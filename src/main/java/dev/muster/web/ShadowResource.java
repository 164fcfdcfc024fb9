package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.PolicyShadow;
import dev.muster.cycle.Shadow;
import dev.muster.event.Why;
import dev.muster.postgres.ShadowStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.policy.Policy;
import dev.muster.quota.policy.PolicyFields;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The policy that plans next to the one in force, touches nothing, and tells where it would do otherwise. */
@Path("/api/v1/policy/shadow")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy")
public class ShadowResource {
    private final Shadow shadow;
    private final ShadowStore store;
    private final Caller caller;
    private final InstantSource clock;

    ShadowResource(Shadow shadow, ShadowStore store, Caller caller, InstantSource clock) {
        this.shadow = shadow;
        this.store = store;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.POLICY)
    public PolicyShadow report() {
        return shadow.report()
                .map(ShadowResource::view)
                .orElseThrow(() -> MusterException.notFound("shadow of", "policy"));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    public PolicyShadow put(
            @QueryParam("why") @Nullable String why,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = dev.muster.api.Policy.class)))
                    Body<dev.muster.api.Policy> body) {
        store.put(new Policy(
                0, PolicyWords.read(body.value()), caller.actor().name(), PolicyEdits.reason(why), clock.instant()));
        return report();
    }

    @DELETE
    @Asks(value = Verb.PUT, of = Resource.Kind.POLICY)
    public void end() {
        if (!store.remove()) {
            throw MusterException.notFound("shadow of", "policy");
        }
    }

    private static PolicyShadow view(Shadow.Report report) {
        Policy policy = report.policy();
        return new PolicyShadow(
                PolicyFields.nested(policy.values()),
                policy.actor(),
                policy.why(),
                policy.at(),
                report.plans(),
                report.differing(),
                report.comparedAt(),
                counts(report.onlyReal()),
                counts(report.onlyShadow()),
                report.latest().stream()
                        .map(found -> new PolicyShadow.Difference(
                                found.at(),
                                found.difference().job().value(),
                                found.difference().real().name(),
                                found.difference().shadow().name(),
                                reason(found.difference().realReason()),
                                reason(found.difference().shadowReason())))
                        .toList());
    }

    private static dev.muster.api.@Nullable Reason reason(@Nullable Reason reason) {
        return reason == null ? null : JobView.reason(Why.of(reason));
    }

    private static Map<String, Long> counts(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> named = new TreeMap<>();
        counts.forEach((act, count) -> named.put(act.name(), count));
        return named;
    }
}
