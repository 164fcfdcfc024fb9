package dev.muster.web;

import dev.muster.api.Metadata;
import dev.muster.api.PolicyStatus;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.policy.Policy;
import dev.muster.quota.policy.PolicyField;
import dev.muster.quota.policy.PolicyFields;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The policy, from the wire and back: nested on the wire, by paths inside. */
final class PolicyWords {
    private static final String NAME = "policy";

    private PolicyWords() {}

    /** @throws MusterException with every fault of the body */
    static SortedMap<String, String> read(dev.muster.api.Policy sent) {
        Faults faults = new Faults();
        Place root = Place.root(faults);
        if (sent.kind() != null && !sent.kind().equals(dev.muster.api.Policy.KIND)) {
            root.at("kind").bad(sent.kind(), dev.muster.api.Policy.KIND);
        }
        SortedMap<String, String> values = new TreeMap<>();
        @Nullable Map<String, Object> spec = sent.spec();
        if (spec == null) {
            root.at("spec").required("a mapping of fields; {} is the standard");
        } else {
            flatten(root.at("spec"), "", spec, values);
        }
        faults.refuseIfAny();
        return values;
    }

    private static void flatten(Place at, String prefix, Map<?, ?> nested, Map<String, String> values) {
        at.bounded(nested.keySet().stream().toList(), PolicyFields.ALL.size()).forEach(key -> {
            String path = prefix + key;
            Place place = at.at(String.valueOf(key));
            Object value = nested.get(key);
            if (value instanceof Map<?, ?> inner && prefix.isEmpty()) {
                flatten(place, path + ".", inner, values);
            } else {
                value(place, path, value, values);
            }
        });
    }

    private static void value(Place place, String path, @Nullable Object value, Map<String, String> values) {
        PolicyField field = PolicyFields.find(path).orElse(null);
        if (field == null) {
            place.fault(
                    Fault.Kind.UNKNOWN_FIELD,
                    "the policy has no field '%s'".formatted(MusterException.shown(path)),
                    "Known: "
                            + String.join(
                                    ", ",
                                    PolicyFields.ALL.stream()
                                            .map(PolicyField::path)
                                            .toList()));
        } else if (value == null || value instanceof Map || value instanceof List) {
            place.fault(Fault.Kind.WRONG_TYPE, "expected " + field.expected());
        } else {
            place.read(value.toString(), text -> {
                field.check(text);
                values.put(path, text);
                return text;
            });
        }
    }

    static dev.muster.api.Policy view(Policy policy) {
        return new dev.muster.api.Policy(
                dev.muster.api.Policy.KIND,
                new Metadata(NAME, null, null, null, null, etag(policy), policy.at()),
                PolicyFields.nested(policy.values()),
                new PolicyStatus(
                        policy.revision(),
                        policy.actor(),
                        policy.why(),
                        policy.at(),
                        PolicyFields.effective(policy.values())));
    }

    static String etag(Policy policy) {
        return "\"" + policy.revision() + "\"";
    }
}
