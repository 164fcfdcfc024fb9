package dev.muster.cli.scenario;

import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.priority.PreemptionPolicy;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The priority classes of a scenario, and what a job says of its own. */
final class PriorityPart {
    private final Map<String, PriorityClass> classes = new LinkedHashMap<>();

    PriorityPart(@Nullable Part part) {
        PriorityClasses.STANDARD.forEach(each -> classes.put(each.name().value(), each));
        if (part != null) {
            part.entries().forEach((name, own) -> {
                Map<String, Part> fields = own.fields(Place.PRIORITY_CLASS);
                boolean preempts =
                        fields.containsKey("preempts") && fields.get("preempts").flag();
                classes.put(
                        name,
                        new PriorityClass(
                                own.as(PriorityClassName::new, name),
                                fields.get("value").whole(-PriorityClass.HIGHEST, PriorityClass.HIGHEST),
                                preempts ? PreemptionPolicy.PREEMPT_LOWER_PRIORITY : PreemptionPolicy.NEVER,
                                ""));
            });
        }
    }

    /** {@code name} is null where only a number was said. */
    record Priority(int value, @Nullable PriorityClassName name, boolean preempts) {}

    Priority of(Map<String, Part> fields) {
        Part part = fields.get("priority");
        boolean number = part != null && part.text().matches("-?\\d+");
        PriorityClass named =
                number ? null : classes.get(part == null ? PriorityClasses.DEFAULT.value() : part.word(names()));
        int value = named == null ? number(part) : named.value();
        PriorityClassName name = named == null ? null : named.name();
        boolean preempts = named != null && named.preemptionPolicy() == PreemptionPolicy.PREEMPT_LOWER_PRIORITY;
        return new Priority(
                value,
                fields.containsKey("priorityClass")
                        ? fields.get("priorityClass").as(PriorityClassName::new)
                        : name,
                fields.containsKey("preempts") ? fields.get("preempts").flag() : preempts);
    }

    private static int number(@Nullable Part part) {
        return part == null ? 0 : part.whole(-PriorityClass.HIGHEST, PriorityClass.HIGHEST);
    }

    private List<String> names() {
        return new ArrayList<>(classes.keySet());
    }
}
