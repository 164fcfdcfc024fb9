package dev.muster.cli.scenario;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.PastLaunch;
import dev.muster.quota.queue.Limit;
import dev.muster.quota.queue.PoolAmounts;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.queue.QueueTreeProblems;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The {@code queues} of a scenario: a mapping of names, each with a parent where it has one, or standing below it. */
public final class QueuePart {
    private final List<QueueSpec> queues = new ArrayList<>();
    private final Map<QueueName, Part> parts = new HashMap<>();
    private final Map<QueueName, Resources> recentUse = new TreeMap<>();

    private final Map<QueueName, Part> aboveSince = new TreeMap<>();

    private QueuePart() {}

    /** {@code crooked}: it need not make sense as a whole. */
    public static QueuePart of(Part part, boolean crooked) {
        QueuePart read = new QueuePart();
        read.level(part, null);
        List<String> problems = crooked ? List.of() : QueueTreeProblems.of(read.queues);
        if (!problems.isEmpty()) {
            throw read.about(problems.get(0), part)
                    .wrong(problems.get(0), problems.subList(1, problems.size()).toArray(String[]::new));
        }
        return read;
    }

    public List<QueueSpec> queues() {
        return queues;
    }

    Map<QueueName, Resources> recentUse() {
        return recentUse;
    }

    /** Since when queues have held more than their capability. */
    Map<QueueName, Instant> aboveSince(Instant now) {
        Map<QueueName, Instant> since = new TreeMap<>();
        aboveSince.forEach((queue, part) -> since.put(queue, Times.before(part, now)));
        return since;
    }

    /** Launches of the last minute that have ended. */
    static List<PastLaunch> launchedLately(List<Part> parts, Known known, Instant now) {
        return parts.stream()
                .map(part -> {
                    Map<String, Part> fields = part.fields(Place.PAST_LAUNCH);
                    return new PastLaunch(
                            known.leaf(fields.get("queue")),
                            fields.containsKey("user") ? fields.get("user").text() : "",
                            fields.containsKey("priorityClass")
                                    ? fields.get("priorityClass").as(PriorityClassName::new)
                                    : null,
                            fields.containsKey("since")
                                    ? Times.before(fields.get("since"), now)
                                    : now.minusSeconds(60));
                })
                .toList();
    }

    /** The queue that the sentence names first, where it names one. */
    private Part about(String problem, Part all) {
        for (String word : problem.split("'s |[ ,:.]")) {
            for (Map.Entry<QueueName, Part> queue : parts.entrySet()) {
                if (queue.getKey().value().equals(word)) {
                    return queue.getValue();
                }
            }
        }
        return all;
    }

    private void level(Part part, @Nullable QueueName above) {
        part.entries().forEach((name, queue) -> {
            QueueName called = queue.as(QueueName::new, name);
            if (parts.put(called, part.key(name)) != null) {
                throw part.key(name)
                        .wrong("queue %s is there twice".formatted(called), "Give one of them another name.");
            }
            Map<String, Part> fields = queue.fields(Place.QUEUE);
            if (above != null && fields.containsKey("parent")) {
                throw fields.get("parent")
                        .wrong(
                                "queue %s stands below %s and names a parent".formatted(called, above),
                                "Keep one of the two.");
            }
            queues.add(queue(called, above, fields));
            if (fields.containsKey("recentUse")) {
                recentUse.put(called, Amounts.of(fields.get("recentUse")));
            }
            if (fields.containsKey("aboveSince")) {
                aboveSince.put(called, fields.get("aboveSince"));
            }
            if (fields.containsKey("queues")) {
                level(fields.get("queues"), called);
            }
        });
    }

    private static QueueSpec queue(QueueName name, @Nullable QueueName above, Map<String, Part> fields) {
        Resources guarantee = fields.containsKey("guarantee") ? Amounts.of(fields.get("guarantee")) : Resources.NONE;
        return new QueueSpec(
                name,
                fields.containsKey("parent") ? fields.get("parent").as(QueueName::new) : above,
                guarantee,
                // What is guaranteed is deserved: an author who names only the guarantee means that.
                fields.containsKey("deserved") ? Amounts.of(fields.get("deserved")) : guarantee,
                fields.containsKey("capability") ? Amounts.limit(fields.get("capability")) : null,
                fields.containsKey("weight") ? fields.get("weight").whole(1, Fields.MOST_WEIGHT) : 1,
                fields.containsKey("state")
                        ? QueueState.valueOf(fields.get("state").word(Fields.STATES))
                        : QueueState.OPEN,
                fields.containsKey("limits")
                        ? fields.get("limits").items().stream()
                                .map(QueuePart::limit)
                                .toList()
                        : List.of(),
                fields.containsKey("weights") ? weights(fields.get("weights")) : Map.of(),
                fields.containsKey("pools") ? pools(fields.get("pools")) : Map.of(),
                fields.containsKey("fence") && fields.get("fence").flag());
    }

    /** Of single resources, by the words of amounts. */
    private static Map<String, Integer> weights(Part part) {
        Map<String, Integer> weights = new TreeMap<>();
        Amounts.parts(part).forEach((name, weight) -> weights.put(name, weight.whole(1, Fields.MOST_WEIGHT)));
        return weights;
    }

    private static Map<PoolName, PoolAmounts> pools(Part part) {
        Map<PoolName, PoolAmounts> pools = new TreeMap<>();
        part.entries().forEach((name, pool) -> {
            Map<String, Part> fields = pool.fields(Place.POOL_AMOUNTS);
            Part whole = fields.getOrDefault("weights", pool);
            pools.put(
                    pool.as(PoolName::new, name),
                    whole.as(
                            text -> new PoolAmounts(
                                    fields.containsKey("guarantee")
                                            ? Amounts.of(fields.get("guarantee"))
                                            : Resources.NONE,
                                    fields.containsKey("deserved") ? Amounts.limit(fields.get("deserved")) : null,
                                    fields.containsKey("capability") ? Amounts.limit(fields.get("capability")) : null,
                                    fields.containsKey("weights") ? weights(fields.get("weights")) : Map.of()),
                            ""));
        });
        return pools;
    }

    private static Limit limit(Part part) {
        Map<String, Part> fields = part.fields(Place.LIMIT);
        return part.as(
                text -> new Limit(
                        fields.containsKey("eachUser") && fields.get("eachUser").flag(),
                        fields.containsKey("priorityClass")
                                ? fields.get("priorityClass").as(PriorityClassName::new)
                                : null,
                        count(fields.get("jobs")),
                        fields.containsKey("resources") ? Amounts.limit(fields.get("resources")) : null,
                        count(fields.get("launchesPerMinute"))),
                "");
    }

    private static @Nullable Integer count(@Nullable Part part) {
        return part == null ? null : (Integer) part.whole(0, Fields.MOST_TIMES);
    }
}
