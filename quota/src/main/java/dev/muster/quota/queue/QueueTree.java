package dev.muster.quota.queue;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The queues as a tree of any depth. {@link #of} refuses what makes no sense; {@link #lenient} is for the planner, which must
 * go on where a tree is crooked: a missing parent, or one that closes a circle, counts as the root.
 */
public final class QueueTree {
    private final SortedMap<QueueName, QueueSpec> specs;
    private final Map<QueueName, List<QueueName>> children = new TreeMap<>();
    private final List<QueueName> roots = new ArrayList<>();
    private final Set<QueueName> cut;

    private QueueTree(SortedMap<QueueName, QueueSpec> specs) {
        this.specs = specs;
        this.cut = closingACircle(specs);
        for (QueueSpec spec : specs.values()) {
            QueueName parent = cut.contains(spec.name()) ? null : spec.parent();
            if (parent != null && specs.containsKey(parent)) {
                children.computeIfAbsent(parent, p -> new ArrayList<>()).add(spec.name());
            } else {
                roots.add(spec.name());
            }
        }
    }

    /** @throws IllegalArgumentException with every problem of {@link QueueTreeProblems#of}, a line each */
    public static QueueTree of(Collection<QueueSpec> queues) {
        List<String> problems = QueueTreeProblems.of(queues);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return lenient(queues);
    }

    /** Whatever can be made of these queues; of two of one name the last counts. */
    public static QueueTree lenient(Collection<QueueSpec> queues) {
        SortedMap<QueueName, QueueSpec> specs = new TreeMap<>();
        queues.forEach(queue -> specs.put(queue.name(), queue));
        return new QueueTree(specs);
    }

    /** Every queue, by name. */
    public List<QueueSpec> queues() {
        return List.copyOf(specs.values());
    }

    public Optional<QueueSpec> queue(QueueName name) {
        return Optional.ofNullable(specs.get(name));
    }

    /** Queues without a parent, by name. */
    public List<QueueName> roots() {
        return List.copyOf(roots);
    }

    /** Queues right below, by name. */
    public List<QueueName> children(QueueName name) {
        return List.copyOf(children.getOrDefault(name, List.of()));
    }

    /** True where jobs may wait in it: it exists and has no queue below. */
    public boolean isLeaf(QueueName name) {
        return specs.containsKey(name) && !children.containsKey(name);
    }

    /** The queue and all above it, nearest first; empty where it does not exist. */
    public List<QueueSpec> lineage(QueueName name) {
        List<QueueSpec> lineage = new ArrayList<>();
        @Nullable QueueSpec at = specs.get(name);
        while (at != null) {
            lineage.add(at);
            at = at.parent() == null || cut.contains(at.name()) ? null : specs.get(at.parent());
        }
        return lineage;
    }

    /** The most that the queue may hold: of each name the least that it or one above it allows; absent = not limited. */
    public SortedMap<String, Long> effectiveCapability(QueueName name) {
        SortedMap<String, Long> effective = new TreeMap<>();
        for (QueueSpec queue : lineage(name)) {
            if (queue.capability() != null) {
                queue.capability().asMap().forEach((resource, amount) -> effective.merge(resource, amount, Math::min));
            }
        }
        return effective;
    }

    /** The strictest state of the queue and those above it: DRAINING before CLOSED before OPEN. */
    public QueueState effectiveState(QueueName name) {
        QueueState strictest = QueueState.OPEN;
        for (QueueSpec queue : lineage(name)) {
            strictest = strictest.compareTo(queue.state()) >= 0 ? strictest : queue.state();
        }
        return strictest;
    }

    /** What each queue holds, those below it included, from what is held in each queue itself. */
    public SortedMap<QueueName, Resources> used(Map<QueueName, Resources> own) {
        SortedMap<QueueName, Resources> used = new TreeMap<>();
        specs.keySet().forEach(name -> used.put(name, Resources.NONE));
        own.forEach(
                (name, amount) -> lineage(name).forEach(queue -> used.merge(queue.name(), amount, Resources::plus)));
        return used;
    }

    /** Of each circle of parents the first name: where it is cut. */
    private static Set<QueueName> closingACircle(SortedMap<QueueName, QueueSpec> specs) {
        Set<QueueName> cut = new HashSet<>();
        Set<QueueName> sound = new HashSet<>();
        for (QueueName start : specs.keySet()) {
            Set<QueueName> path = new HashSet<>();
            @Nullable QueueSpec at = specs.get(start);
            while (at != null && !sound.contains(at.name()) && !cut.contains(at.name())) {
                if (!path.add(at.name())) {
                    cut.add(at.name());
                    break;
                }
                at = at.parent() == null ? null : specs.get(at.parent());
            }
            sound.addAll(path);
        }
        return cut;
    }
}
