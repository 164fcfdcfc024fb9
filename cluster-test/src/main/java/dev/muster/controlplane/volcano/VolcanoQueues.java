package dev.muster.controlplane.volcano;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Volcano's queues: a gang of one that is not there or not open waits, and no pod takes one above its capability. */
final class VolcanoQueues {
    static final String DEFAULT = "default";
    static final String ROOT = "root";

    private final Map<String, Queue> queues = new HashMap<>();
    private final Map<String, Map<String, Long>> used = new HashMap<>();

    /** True where something of it is another now that matters here. */
    boolean see(Queue queue) {
        Queue before = queues.put(queue.getMetadata().getName(), queue);
        return before == null
                || needsState(before) != needsState(queue)
                || !Objects.equals(before.getSpec(), queue.getSpec())
                || !Objects.equals(before.getStatus(), queue.getStatus());
    }

    void forget(Queue queue) {
        queues.remove(queue.getMetadata().getName());
    }

    boolean isOpen(String name) {
        Queue queue = queues.get(name);
        return queue != null
                && !needsState(queue)
                && "Open".equals(queue.getStatus().getState());
    }

    boolean has(String name) {
        return queues.containsKey(name);
    }

    /**
     * Whose turn it is: the queue of higher priority, then the older, then by name. Volcano goes by shares of what queues deserve
     * first; where none deserves anything, as in those that Muster makes, all shares are equal. So the first queue has all of its
     * turns before the next one has any.
     */
    Comparator<String> order() {
        return Comparator.comparingInt((String name) -> -priority(name))
                .thenComparing(this::created)
                .thenComparing(Comparator.naturalOrder());
    }

    private int priority(String name) {
        Queue queue = queues.get(name);
        return queue == null || queue.getSpec() == null || queue.getSpec().getPriority() == null
                ? 0
                : queue.getSpec().getPriority();
    }

    private String created(String name) {
        Queue queue = queues.get(name);
        return queue == null
                ? ""
                : Objects.requireNonNullElse(queue.getMetadata().getCreationTimestamp(), "");
    }

    /** Volcano's controller writes a state into a new queue; until then nothing of it is scheduled. */
    static boolean needsState(Queue queue) {
        return queue.getStatus() == null
                || queue.getStatus().getState() == null
                || queue.getStatus().getState().isEmpty();
    }

    /** Those that Volcano's controller has still to open. */
    List<Queue> unopened() {
        return queues.values().stream().filter(VolcanoQueues::needsState).toList();
    }

    /** Counts what the queues hold, from nothing, at the start of a session. */
    void count(Iterable<Gang> gangs) {
        used.clear();
        for (Gang gang : gangs) {
            if (limits(gang.queue()).isEmpty()) {
                continue;
            }
            for (Task task : gang.tasks()) {
                if (gang.status(task).isAllocated()) {
                    take(gang.queue(), task);
                }
            }
        }
    }

    boolean hasRoom(String queue, Task task) {
        Map<String, Long> limits = limits(queue);
        Map<String, Long> taken = used.getOrDefault(queue, Map.of());
        return task.demand().resources().asMap().entrySet().stream()
                .allMatch(ask -> !limits.containsKey(ask.getKey())
                        || taken.getOrDefault(ask.getKey(), 0L) + ask.getValue() <= limits.get(ask.getKey()));
    }

    void take(String queue, Task task) {
        change(queue, task, 1);
    }

    void giveBack(String queue, Task task) {
        change(queue, task, -1);
    }

    private void change(String queue, Task task, int sign) {
        Map<String, Long> taken = used.computeIfAbsent(queue, name -> new TreeMap<>());
        task.demand().resources().asMap().forEach((name, amount) -> taken.merge(name, sign * amount, Long::sum));
    }

    private Map<String, Long> limits(String name) {
        Queue queue = queues.get(name);
        Map<String, Quantity> capability = queue == null || queue.getSpec() == null
                ? null
                : queue.getSpec().getCapability();
        return capability == null ? Map.of() : NodeReading.amounts(capability);
    }
}
