package dev.muster.quota.policy;

import dev.muster.quota.plan.PlanSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One revision: the values that differ from the standard, who applied it and why. Revisions count from 1 and never change;
 * a roll-back is a new revision with old values. Revision 0 is the standard.
 */
public record Policy(long revision, SortedMap<String, String> values, String actor, String why, Instant at) {
    /** Longest reason, in characters. */
    public static final int LONGEST_WHY = 1_000;

    /** @throws IllegalArgumentException where a value is bad or a path is unknown */
    public Policy {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        for (Map.Entry<String, String> value : values.entrySet()) {
            PolicyFields.find(value.getKey())
                    .orElseThrow(() ->
                            new IllegalArgumentException("Unknown field '%s' of the policy".formatted(value.getKey())))
                    .check(value.getValue());
        }
    }

    /** What holds before anybody has said anything. */
    public static Policy standard() {
        return new Policy(0, new TreeMap<>(), "muster", "the standard", Instant.EPOCH);
    }

    public PlanSettings settings() {
        return PolicyFields.settings(values);
    }

    /** What would be different with other values, by path. */
    public List<Change> changesTo(Map<String, String> others) {
        SortedMap<String, String> now = PolicyFields.effective(values);
        SortedMap<String, String> then = PolicyFields.effective(others);
        List<Change> changes = new ArrayList<>();
        now.forEach((path, value) -> {
            if (!value.equals(then.get(path))) {
                changes.add(new Change(path, value, then.get(path)));
            }
        });
        return changes;
    }

    /** One field that differs. */
    public record Change(String path, String from, String to) {}
}
