package dev.muster.web;

import dev.muster.api.PolicyChange;
import dev.muster.api.PolicyRehearsal;
import dev.muster.postgres.Rehearsal;
import dev.muster.quota.policy.Policy;
import dev.muster.quota.policy.PolicyFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rehearsals of policies, on the wire. */
final class RehearsalWords {
    private RehearsalWords() {}

    static PolicyRehearsal view(Rehearsal rehearsal) {
        Rehearsal.Result result = rehearsal.result();
        return new PolicyRehearsal(
                PolicyRehearsal.KIND,
                rehearsal.id(),
                rehearsal.state().name(),
                rehearsal.percent(),
                PolicyFields.nested(rehearsal.tried()),
                rehearsal.revision(),
                changes(rehearsal),
                rehearsal.from(),
                rehearsal.to(),
                rehearsal.actor(),
                rehearsal.askedAt(),
                rehearsal.trouble(),
                result == null ? List.of() : result.remarks(),
                side(result == null ? null : result.inForce()),
                side(result == null ? null : result.tried()));
    }

    private static List<PolicyChange> changes(Rehearsal rehearsal) {
        return new Policy(rehearsal.revision(), rehearsal.inForce(), rehearsal.actor(), "", rehearsal.askedAt())
                .changesTo(rehearsal.tried()).stream()
                        .map(change -> new PolicyChange(change.path(), change.from(), change.to()))
                        .toList();
    }

    private static PolicyRehearsal.@Nullable Side side(Rehearsal.@Nullable Side side) {
        if (side == null) {
            return null;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        side.figures().forEach((measure, value) -> figures.put(measure.column(), value));
        return new PolicyRehearsal.Side(
                figures,
                side.waits().stream()
                        .map(wait -> new PolicyRehearsal.Wait(wait.priority(), wait.jobs(), wait.p50(), wait.p95()))
                        .toList());
    }
}
