package dev.muster.api.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.api.BreakerOrder;
import dev.muster.api.Page;
import dev.muster.api.Pause;
import dev.muster.api.Policy;
import dev.muster.api.PolicyDiff;
import dev.muster.api.PolicyField;
import dev.muster.api.PolicyRehearsal;
import dev.muster.api.PolicyRollback;
import dev.muster.api.PolicyShadow;
import dev.muster.api.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The planner's policy and its revisions, and the pauses. */
public final class Policies {
    private static final String POLICY = "policy";
    private static final String PAUSES = "pauses";
    private static final String REHEARSALS = "rehearsals";
    /** How the whole cluster is called where a queue's name is expected. */
    private static final String CLUSTER = "-";

    private final Exchange exchange;

    Policies(Exchange exchange) {
        this.exchange = exchange;
    }

    /** What is in force. */
    public Policy current() {
        return exchange.call("GET", Query.path(POLICY)).as(Policy.class);
    }

    /** Revision {@code number}; 0 is the standard. */
    public Policy revision(long number) {
        return exchange.call("GET", Query.path(POLICY, "revisions", Long.toString(number)))
                .as(Policy.class);
    }

    /** The latest revisions, newest first. */
    public List<Policy> revisions() {
        return exchange.call("GET", Query.path(POLICY, "revisions"))
                .<Page<Policy>>as(Exchange.mapper().constructType(new TypeReference<Page<Policy>>() {}))
                .items();
    }

    /** What can be tuned. */
    public List<PolicyField> fields() {
        return exchange.call("GET", Query.path(POLICY, "fields"))
                .<Page<PolicyField>>as(Exchange.mapper().constructType(new TypeReference<Page<PolicyField>>() {}))
                .items();
    }

    /** What would be different from what is in force. */
    public PolicyDiff diff(Policy policy) {
        return exchange.call("POST", Query.path(POLICY).verb("diff"))
                .body(policy)
                .repeatable()
                .as(PolicyDiff.class);
    }

    /** Applies a policy unless somebody else did since {@code etag} was read (null: whatever was). */
    public Policy apply(Policy policy, @Nullable String etag, String why, boolean validateOnly) {
        Query path = Query.path(POLICY).with("why", why).with("validateOnly", validateOnly ? true : null);
        return exchange.call("PUT", path).header("If-Match", etag).body(policy).as(Policy.class);
    }

    /** Back to the values of an earlier revision, as a new one. */
    public Policy rollback(long revision, String why) {
        return exchange.call("POST", Query.path(POLICY).verb("rollback"))
                .body(new PolicyRollback(revision, why))
                .as(Policy.class);
    }

    /** The policy that plans next to the one in force, and what it would do otherwise. */
    public PolicyShadow shadow() {
        return exchange.call("GET", Query.path(POLICY, "shadow")).as(PolicyShadow.class);
    }

    /** Lets a policy plan next to the one in force, in place of the one that did before. */
    public PolicyShadow shadow(Policy policy, String why) {
        return exchange.call("PUT", Query.path(POLICY, "shadow").with("why", why))
                .body(policy)
                .as(PolicyShadow.class);
    }

    public void endShadow() {
        exchange.call("DELETE", Query.path(POLICY, "shadow")).done();
    }

    /** Lets the load that was recorded between two times (null: the last seven days) happen again under a policy; watch it by its id. */
    public PolicyRehearsal rehearse(Policy policy, @Nullable Instant from, @Nullable Instant to) {
        return exchange.call(
                        "POST",
                        Query.path(POLICY, REHEARSALS).with("from", from).with("to", to))
                .body(policy)
                .as(PolicyRehearsal.class);
    }

    /** The latest rehearsals, newest first. */
    public List<PolicyRehearsal> rehearsals() {
        return exchange.call("GET", Query.path(POLICY, REHEARSALS))
                .<Page<PolicyRehearsal>>as(
                        Exchange.mapper().constructType(new TypeReference<Page<PolicyRehearsal>>() {}))
                .items();
    }

    public PolicyRehearsal rehearsal(String id) {
        return exchange.call("GET", Query.path(POLICY, REHEARSALS, id)).as(PolicyRehearsal.class);
    }

    /** Stops one that is computed. */
    public PolicyRehearsal cancelRehearsal(String id) {
        return exchange.call("DELETE", Query.path(POLICY, REHEARSALS, id)).as(PolicyRehearsal.class);
    }

    /** Where nothing is launched or evicted now. */
    public List<Pause> pauses() {
        return exchange.call("GET", Query.path(PAUSES))
                .<Page<Pause>>as(Exchange.mapper().constructType(new TypeReference<Page<Pause>>() {}))
                .items();
    }

    /** Says {@code OPEN}, {@code DRAIN} or {@code CLOSE} of the breaker of a pool. */
    public Pool breaker(String pool, String order, String why) {
        return exchange.call("POST", Query.path("pools", pool, "breaker"))
                .body(new BreakerOrder(order, why))
                .as(Pool.class);
    }

    /** Pauses a queue and those below it, or (null) the whole cluster. */
    public Pause pause(@Nullable String queue, String why) {
        return exchange.call("POST", Query.path(PAUSES))
                .body(new Pause(queue, why, null, null))
                .as(Pause.class);
    }

    public void unpause(@Nullable String queue, @Nullable String why) {
        exchange.call(
                        "DELETE",
                        Query.path(PAUSES, Objects.requireNonNullElse(queue, CLUSTER))
                                .with("why", why))
                .done();
    }
}
