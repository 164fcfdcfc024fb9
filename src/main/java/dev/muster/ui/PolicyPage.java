package dev.muster.ui;

import dev.muster.api.Policy;
import dev.muster.api.PolicyChange;
import dev.muster.api.PolicyStatus;
import dev.muster.postgres.Rehearsal;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.quota.policy.PolicyField;
import dev.muster.quota.policy.PolicyFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the planner is tuned to, how it came to that, and what it could be. {@code trial}: what a policy that was only tried would
 * change; {@code faults}: why it cannot be.
 */
public record PolicyPage(
        Frame frame,
        long revision,
        List<Field> tuned,
        List<Field> standard,
        Form form,
        boolean mayApply,
        @Nullable List<PolicyChange> trial,
        List<String> faults,
        @Nullable ShadowPanel shadow,
        List<Rehearsed> rehearsals,
        List<Revision> revisions) {
    /** What the fields of the form hold: one value of the policy a line; {@code revision} is the one that it was made from. */
    public record Form(String values, String why, String revision) {
        static Form of(Policy current, long revision) {
            return new Form(
                    tuned(effective(current)).stream()
                            .map(field -> field.path() + "=" + field.value())
                            .collect(Collectors.joining("\n")),
                    "",
                    Long.toString(revision));
        }

        /** @throws MusterException where a line has no value; what no field or value is, the API tells */
        Policy policy() {
            SortedMap<String, String> fields = new TreeMap<>();
            for (String line : values.lines()
                    .map(String::strip)
                    .filter(one -> !one.isEmpty())
                    .toList()) {
                int at = line.indexOf('=');
                if (at < 1) {
                    throw MusterException.invalid(new Fault(
                            "/spec",
                            Fault.Kind.BAD_VALUE,
                            "'%s': expected a field, an equals sign and its value"
                                    .formatted(MusterException.shown(line)),
                            "For example: eviction.minRunTime=10m"));
                }
                fields.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
            }
            return new Policy(Policy.KIND, null, PolicyFields.nested(fields), null);
        }
    }

    /** What another policy would have done with the recorded load: {@code about} says what it changes, {@code percent} of it is done. */
    public record Rehearsed(
            String id, String state, String css, boolean open, int percent, String actor, String about, Moment at) {
        static Rehearsed of(Rehearsal rehearsal, Instant now) {
            return new Rehearsed(
                    rehearsal.id(),
                    RehearsalPage.word(rehearsal.state()),
                    RehearsalPage.css(rehearsal.state()),
                    rehearsal.state().isOpen(),
                    rehearsal.percent(),
                    rehearsal.actor(),
                    changes(rehearsal.inForce(), rehearsal.tried()).stream()
                            .map(PolicyChange::path)
                            .collect(Collectors.joining(", ")),
                    new Moment(rehearsal.askedAt(), now));
        }
    }

    /** One thing that can be tuned. */
    public record Field(String path, String value, String standard, String meaning) {}

    /** Who made which revision, why, and what it changed of the one before. */
    public record Revision(
            long number, String actor, String why, Moment at, List<PolicyChange> changes, boolean inForce) {}

    /** The one that is computed now, or waits for that: there is one at a time. */
    public @Nullable Rehearsed running() {
        return rehearsals.stream().filter(Rehearsed::open).findFirst().orElse(null);
    }

    static List<Field> tuned(Map<String, String> effective) {
        return fields(effective).stream()
                .filter(field -> !field.value().equals(field.standard()))
                .toList();
    }

    static List<Field> fields(Map<String, String> effective) {
        return PolicyFields.ALL.stream()
                .map((PolicyField field) -> new Field(
                        field.path(),
                        effective.getOrDefault(field.path(), field.standard()),
                        field.standard(),
                        field.meaning()))
                .toList();
    }

    /** {@code all}: the newest first. */
    static List<Revision> revisions(List<Policy> all, int most, Instant now) {
        List<Revision> told = new ArrayList<>();
        for (int i = 0; i < Math.min(most, all.size()); i++) {
            PolicyStatus status = all.get(i).status();
            if (status != null) {
                told.add(new Revision(
                        status.revision(),
                        status.actor(),
                        status.why(),
                        new Moment(status.at(), now),
                        changes(i + 1 < all.size() ? effective(all.get(i + 1)) : Map.of(), status.effective()),
                        i == 0));
            }
        }
        return told;
    }

    static SortedMap<String, String> effective(Policy policy) {
        return PolicyFields.effective(
                policy.status() == null ? Map.of() : policy.status().effective());
    }

    private static List<PolicyChange> changes(Map<String, String> before, Map<String, String> after) {
        SortedMap<String, String> was = PolicyFields.effective(before);
        return PolicyFields.effective(after).entrySet().stream()
                .filter(field -> !field.getValue().equals(was.get(field.getKey())))
                .map(field -> new PolicyChange(field.getKey(), was.get(field.getKey()), field.getValue()))
                .toList();
    }
}
