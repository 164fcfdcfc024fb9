package dev.muster.cli.scenario;

import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.policy.PolicyField;
import dev.muster.quota.policy.PolicyFields;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A policy as a person writes it: nested, each value checked where it stands. */
public final class PolicyPart {
    private PolicyPart() {}

    public static PlanSettings settings(Part part) {
        return PolicyFields.settings(values(part));
    }

    /** The values that are said, by the paths of {@link PolicyFields}. */
    public static SortedMap<String, String> values(Part part) {
        SortedMap<String, String> values = new TreeMap<>();
        for (Map.Entry<String, Part> entry :
                part.fields(names("").toArray(String[]::new)).entrySet()) {
            String name = entry.getKey();
            if (PolicyFields.find(name).isPresent()) {
                value(name, entry.getValue(), values);
            } else {
                List<String> inner = names(name + ".");
                entry.getValue()
                        .fields(inner.toArray(String[]::new))
                        .forEach((field, value) -> value(name + "." + field, value, values));
            }
        }
        return values;
    }

    private static void value(String path, Part part, SortedMap<String, String> values) {
        PolicyField field = PolicyFields.find(path).orElseThrow();
        values.put(path, part.as(text -> {
            field.check(text);
            return text;
        }));
    }

    /** What may stand right below a group ("" is the top). */
    private static List<String> names(String group) {
        TreeSet<String> names = new TreeSet<>();
        for (PolicyField field : PolicyFields.ALL) {
            if (field.path().startsWith(group)) {
                names.add(field.path().substring(group.length()).split("\\.")[0]);
            }
        }
        return List.copyOf(names);
    }
}
