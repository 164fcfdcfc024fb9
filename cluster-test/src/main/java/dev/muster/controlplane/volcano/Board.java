package dev.muster.controlplane.volcano;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the scheduler knows of the cluster. Owned by one thread. */
final class Board {
    private static final String SCHEDULER = "volcano";
    private static final String GROUP = "scheduling.k8s.io/group-name";

    private final Landscape landscape = new Landscape();
    private final VolcanoQueues queues = new VolcanoQueues();
    private final Map<String, PodGroup> groups = new HashMap<>();
    private final Map<String, Map<String, Task>> members = new HashMap<>();
    private final Map<String, Map<String, Verdict>> waiting = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Set<String> binding = new HashSet<>();
    private long openingsSeen = -1;

    void see(Queue queue) {
        if (queues.see(queue)) {
            openingsSeen = -1;
        }
    }

    void forget(Queue queue) {
        queues.forget(queue);
    }

    void see(Node node) {
        landscape.see(node);
    }

    void forget(Node node) {
        landscape.forget(node);
    }

    void see(PodGroup group) {
        String key = key(group.getMetadata().getNamespace(), group.getMetadata().getName());
        groups.put(key, group);
        changed.add(key);
    }

    void forget(PodGroup group) {
        String key = key(group.getMetadata().getNamespace(), group.getMetadata().getName());
        groups.remove(key);
        waiting.remove(key);
    }

    void see(Pod pod) {
        if (pod.getSpec().getNodeName() != null) {
            binding.remove(pod.getMetadata().getUid());
        }
        landscape.see(pod);
        String key = groupOf(pod);
        if (key != null) {
            members.computeIfAbsent(key, none -> new LinkedHashMap<>())
                    .put(pod.getMetadata().getUid(), Task.of(pod));
            changed.add(key);
        }
    }

    void forget(Pod pod) {
        String uid = pod.getMetadata().getUid();
        binding.remove(uid);
        landscape.leave(uid);
        String key = groupOf(pod);
        if (key != null && members.containsKey(key)) {
            members.get(key).remove(uid);
            if (members.get(key).isEmpty()) {
                members.remove(key);
            }
            changed.add(key);
        }
    }

    /** The API server did not take the binding. */
    void unbind(Task task) {
        if (binding.remove(task.uid())) {
            landscape.leave(task.uid());
            changed.add(Objects.requireNonNull(groupOf(task.pod())));
        }
    }

    /** One session: looks at the gangs of which something changed, and at all that wait where room may have come. */
    Decisions decide(String session) {
        Decisions decisions = new Decisions();
        decisions.openings().addAll(queues.unopened());
        Set<String> looked = new HashSet<>(changed);
        if (openingsSeen != landscape.openings()) {
            looked.addAll(waiting.keySet());
        }
        changed.clear();
        openingsSeen = landscape.openings();
        if (looked.isEmpty()) {
            return decisions;
        }
        List<Gang> gangs = gangs(looked);
        queues.count(gangs(groups.keySet()));
        Session round = new Session(landscape, queues);
        round.place(gangs).forEach((gang, found) -> conclude(gang, found, session, decisions));
        decisions.bindings().putAll(round.bindings());
        round.bindings().keySet().forEach(task -> binding.add(task.uid()));
        return decisions;
    }

    private List<Gang> gangs(Collection<String> keys) {
        return keys.stream().filter(groups::containsKey).map(this::gang).toList();
    }

    private Gang gang(String key) {
        List<Task> tasks = members.getOrDefault(key, Map.of()).values().stream()
                .map(task -> binding.contains(task.uid()) ? task.binding() : task)
                .toList();
        return new Gang(groups.get(key), tasks);
    }

    private void conclude(Gang gang, Map<String, Verdict> found, String session, Decisions decisions) {
        GroupStatus.of(gang, found, session)
                .ifPresent(status -> decisions.statuses().add(new Decisions.Told(gang.group(), status)));
        List<Task> left = gang.pending();
        if (left.isEmpty()) {
            waiting.remove(gang.key());
            return;
        }
        waiting.put(gang.key(), found);
        for (Task task : left) {
            Verdict verdict = found.containsKey(task.uid())
                    ? found.get(task.uid())
                    : Verdict.unschedulable(GroupStatus.message(gang, found));
            if (!task.reasonSeen().equals(verdict.reason())) {
                decisions.verdicts().put(task, verdict);
            }
        }
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    private static @Nullable String groupOf(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        if (!SCHEDULER.equals(pod.getSpec().getSchedulerName())
                || annotations == null
                || !annotations.containsKey(GROUP)) {
            return null;
        }
        return key(pod.getMetadata().getNamespace(), annotations.get(GROUP));
    }
}
