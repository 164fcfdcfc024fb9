package dev.muster.quota.scenario;

import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.plan.Traits;
import dev.muster.quota.priority.PreemptionPolicy;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Priorities in a scenario's words: by the class's name where that says it all, else number, class and right apart. */
final class PriorityWords {
    private record Meaning(int value, boolean preempts) {}

    private final Map<PriorityClassName, Meaning> known = new LinkedHashMap<>();
    private final Map<String, Object> own = new LinkedHashMap<>();

    PriorityWords() {
        for (PriorityClass standard : PriorityClasses.STANDARD) {
            known.put(
                    standard.name(),
                    new Meaning(
                            standard.value(), standard.preemptionPolicy() == PreemptionPolicy.PREEMPT_LOWER_PRIORITY));
        }
    }

    /** Classes that the jobs named so far have and that are none of the standard ones. */
    Map<String, Object> classes() {
        return own;
    }

    void put(Map<String, Object> words, int priority, Traits traits) {
        @Nullable PriorityClassName name = traits.priorityClass();
        Meaning meaning = new Meaning(priority, traits.mayPreempt());
        if (name != null && meaning.equals(known.computeIfAbsent(name, n -> introduced(n, meaning)))) {
            if (!name.equals(PriorityClasses.DEFAULT)) {
                words.put("priority", name);
            }
            return;
        }
        words.put("priority", priority);
        if (name != null) {
            words.put("priorityClass", name);
        }
        if (traits.mayPreempt()) {
            words.put("preempts", true);
        }
    }

    private Meaning introduced(PriorityClassName name, Meaning meaning) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("value", meaning.value());
        if (meaning.preempts()) {
            words.put("preempts", true);
        }
        own.put(name.value(), words);
        return meaning;
    }
}
