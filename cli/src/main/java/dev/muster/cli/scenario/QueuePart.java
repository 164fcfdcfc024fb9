package dev.muster.cli.scenario;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.queue.QueueTreeProblems;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
        Map<String, Part> fields = part.fields("parent", "guarantee", "deserved", "capability", "weight", "state");
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
                        : QueueState.OPEN);
    }
}
