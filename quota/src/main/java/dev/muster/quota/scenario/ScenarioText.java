package dev.muster.quota.scenario;

import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.policy.Pause;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.quota.policy.PolicyValues;
import dev.muster.quota.queue.QueueTreeProblems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A snapshot as a scenario file. Read again it is the same snapshot, but for the order of nodes and pods; what is as usual is
 * not said.
 */
public final class ScenarioText {
    private ScenarioText() {}

    public static String of(String story, Snapshot snapshot) {
        return of(story, snapshot, List.of());
    }

    /** With what operators paused, which is no part of a snapshot but of what is done with its plan. */
    public static String of(String story, Snapshot snapshot, List<Pause> pauses) {
        PriorityWords priorities = new PriorityWords();
        JobWords jobs = new JobWords(snapshot.now(), priorities);
        List<Map<String, Object>> running =
                snapshot.live().stream().map(jobs::running).toList();
        List<Map<String, Object>> pending =
                snapshot.pending().stream().map(jobs::pending).toList();
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("story", story);
        words.put("now", snapshot.now());
        putUnlessEmpty(words, "policy", flags(PolicyFields.nested(PolicyValues.of(snapshot.settings()))));
        putUnlessEmpty(words, "priorityClasses", priorities.classes());
        if (!pauses.isEmpty()) {
            words.put(
                    "pauses",
                    pauses.stream().map(pause -> pause(pause, snapshot)).toList());
        }
        words.put("pools", PoolWords.pools(snapshot.nodes()));
        if (!snapshot.expansions().isEmpty()) {
            words.put(
                    "growth",
                    snapshot.expansions().stream()
                            .map(each -> GrowthWords.growth(each, snapshot.now()))
                            .toList());
        }
        if (!QueueTreeProblems.of(snapshot.queues()).isEmpty()) {
            words.put("crooked", true);
        }
        words.put("queues", QueueWords.queues(snapshot));
        if (snapshot.evictedLately() > 0) {
            words.put("evictedLately", snapshot.evictedLately());
        }
        StringBuilder text = new StringBuilder(YamlText.of(words));
        list(text, "launchedLately", QueueWords.launchedLately(snapshot));
        list(text, "running", running);
        list(text, "pending", pending);
        return text.toString();
    }

    /** Switches as switches, not as texts. */
    private static Map<String, Object> flags(Map<String, Object> values) {
        Map<String, Object> words = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (value instanceof Map<?, ?> group) {
                Map<String, Object> inner = new LinkedHashMap<>();
                group.forEach((field, part) -> inner.put(String.valueOf(field), part));
                words.put(name, flags(inner));
            } else {
                words.put(
                        name,
                        value.equals("true") || value.equals("false") ? Boolean.valueOf(value.toString()) : value);
            }
        });
        return words;
    }

    private static Map<String, Object> pause(Pause pause, Snapshot snapshot) {
        Map<String, Object> words = new LinkedHashMap<>();
        if (pause.queue() != null) {
            words.put("queue", pause.queue());
        }
        words.put("by", pause.actor());
        words.put("why", pause.why());
        words.put("since", TimeWords.before(pause.since(), snapshot.now()));
        return words;
    }

    private static void putUnlessEmpty(Map<String, Object> words, String name, Map<String, Object> value) {
        if (!value.isEmpty()) {
            words.put(name, value);
        }
    }

    /** A line each, however short the list is. */
    private static void list(StringBuilder text, String name, List<Map<String, Object>> items) {
        if (!items.isEmpty()) {
            text.append(name).append(":\n");
            items.forEach(item -> YamlText.item(text, 1, item));
        }
    }
}
