package dev.muster.cli.scenario;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.PoolAmounts;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.queue.QueueTreeProblems;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code queues} of a scenario: a mapping of names, each with a parent where it has one. */
final class QueuePart {
    private static final List<String> STATES =
            Arrays.stream(QueueState.values()).map(Enum::name).toList();

    private QueuePart() {}

    static List<QueueSpec> queues(Part part) {
        List<QueueSpec> queues = new ArrayList<>();
        part.entries().forEach((name, queue) -> queues.add(queue(queue.as(QueueName::new, name), queue)));
        List<String> problems = QueueTreeProblems.of(queues);
        if (!problems.isEmpty()) {
            throw part.wrong(
                    problems.get(0), problems.subList(1, problems.size()).toArray(String[]::new));
        }
        return queues;
    }

    private static QueueSpec queue(QueueName name, Part part) {
        Map<String, Part> fields = part.fields(
                "parent", "guarantee", "deserved", "capability", "weight", "weights", "state", "fence", "pools");
        Resources guarantee = fields.containsKey("guarantee") ? Amounts.of(fields.get("guarantee")) : Resources.NONE;
        return new QueueSpec(
                name,
                fields.containsKey("parent") ? fields.get("parent").as(QueueName::new) : null,
                guarantee,
                // What is guaranteed is deserved: an author who names only the guarantee means that.
                fields.containsKey("deserved") ? Amounts.of(fields.get("deserved")) : guarantee,
                fields.containsKey("capability") ? Amounts.limit(fields.get("capability")) : null,
                fields.containsKey("weight") ? fields.get("weight").whole(1, 1_000_000) : 1,
                fields.containsKey("state")
                        ? QueueState.valueOf(fields.get("state").word(STATES))
                        : QueueState.OPEN,
                List.of(),
                fields.containsKey("weights") ? weights(fields.get("weights")) : Map.of(),
                fields.containsKey("pools") ? pools(fields.get("pools")) : Map.of(),
                fields.containsKey("fence") && fields.get("fence").flag());
    }

    /** Of single resources, by the words of amounts. */
    private static Map<String, Integer> weights(Part part) {
        Map<String, Integer> weights = new TreeMap<>();
        part.fields(Amounts.WORDS, Amounts::isResource)
                .forEach((word, weight) -> weights.put(Amounts.name(word), weight.whole(1, 1_000_000)));
        return weights;
    }

    private static Map<PoolName, PoolAmounts> pools(Part part) {
        Map<PoolName, PoolAmounts> pools = new TreeMap<>();
        part.entries().forEach((name, pool) -> {
            Map<String, Part> fields = pool.fields("guarantee", "deserved", "capability");
            pools.put(
                    pool.as(PoolName::new, name),
                    new PoolAmounts(
                            fields.containsKey("guarantee") ? Amounts.of(fields.get("guarantee")) : Resources.NONE,
                            fields.containsKey("deserved") ? Amounts.limit(fields.get("deserved")) : null,
                            fields.containsKey("capability") ? Amounts.limit(fields.get("capability")) : null));
        });
        return pools;
    }
}
