package dev.muster.web;

import dev.muster.api.PriorityClassSpec;
import dev.muster.catalogue.PriorityClasses;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Fault;
import dev.muster.problem.Place;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.priority.PreemptionPolicy;
import dev.muster.quota.priority.PriorityClass;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A priority class, from the wire and back. */
final class PriorityClassWords {
    private PriorityClassWords() {}

    static PriorityClass read(Place place, dev.muster.api.PriorityClass sent, PriorityClassName name) {
        Named.check(place, sent.kind(), dev.muster.api.PriorityClass.KIND, sent.metadata(), name.value());
        PriorityClassSpec spec = sent.spec();
        Place at = place.at("spec");
        if (spec == null) {
            at.required("a spec with a value");
            return new PriorityClass(name, 0, PreemptionPolicy.NEVER, "");
        }
        boolean isDefault = name.equals(PriorityClasses.DEFAULT);
        if (spec.globalDefault() != null && spec.globalDefault() != isDefault) {
            at.at("globalDefault")
                    .fault(
                            Fault.Kind.CONTRADICTION,
                            "the default is '%s' and no other".formatted(PriorityClasses.DEFAULT),
                            "A team may have a default of its own: spec.priorityClass of the team");
        }
        String description = Objects.requireNonNullElse(spec.description(), "");
        at.at("description").tooLong(description, Limits.DESCRIPTION_CHARACTERS);
        boolean bounded = at.at("value").between(spec.value(), -PriorityClass.HIGHEST, PriorityClass.HIGHEST);
        return new PriorityClass(
                name,
                bounded ? spec.value() : 0,
                policy(at.at("preemptionPolicy"), spec.preemptionPolicy()),
                description);
    }

    static dev.muster.api.PriorityClass view(Versioned<PriorityClass> versioned) {
        PriorityClass value = versioned.value();
        return new dev.muster.api.PriorityClass(
                dev.muster.api.PriorityClass.KIND,
                Named.metadata(value.name().value(), versioned),
                new PriorityClassSpec(
                        value.value(),
                        value.preemptionPolicy().word(),
                        value.name().equals(PriorityClasses.DEFAULT) ? true : null,
                        value.description().isEmpty() ? null : value.description()));
    }

    private static PreemptionPolicy policy(Place place, @Nullable String sent) {
        PreemptionPolicy policy = place.read(sent, PreemptionPolicy::of);
        return policy == null ? PreemptionPolicy.NEVER : policy;
    }
}
