package dev.muster.controlplane.volcano;

import dev.muster.controlplane.volcano.Scenario.Band;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder;
import io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the simulated Volcano makes of a scenario, without an API server: session after session until nothing more is bound. */
final class OnBoard {
    private static final String MOMENT = "2026-01-01T00:00:00Z";

    private final Board board = new Board();
    private final Map<String, Integer> bound = new TreeMap<>();

    private OnBoard() {}

    /** The gangs that are started. */
    static Set<String> started(Scenario scenario) {
        OnBoard run = new OnBoard();
        run.see(scenario);
        while (run.session()) {
            // Its bindings may let others in.
        }
        Set<String> started = new TreeSet<>();
        for (Band band : scenario.bands()) {
            int pods = run.bound.getOrDefault(band.name(), 0);
            if (pods > 0 && pods < band.minMember()) {
                throw new IllegalStateException("%s has %d pods, fewer than its minimum".formatted(band, pods));
            }
            if (pods > 0) {
                started.add(band.name());
            }
        }
        return started;
    }

    private void see(Scenario scenario) {
        ScenarioObjects objects = new ScenarioObjects(scenario, "fidelity", "nobody");
        objects.nodes().forEach(board::see);
        objects.queues().forEach(queue -> {
            made(queue.getMetadata());
            board.see(new QueueBuilder(queue)
                    .withNewStatus()
                    .withState("Open")
                    .endStatus()
                    .build());
        });
        objects.residents().forEach(pod -> board.see(made(pod, "Running")));
        objects.groups().forEach(group -> {
            made(group.getMetadata());
            board.see(group);
        });
        objects.pods().forEach(pod -> board.see(made(pod, "Pending")));
    }

    /** True where something was bound. */
    private boolean session() {
        Decisions decisions = board.decide("session");
        decisions
                .statuses()
                .forEach(told -> board.see(new PodGroupBuilder(told.group())
                        .withStatus(told.status())
                        .build()));
        decisions.bindings().forEach((task, node) -> {
            board.see(new PodBuilder(task.pod())
                    .editSpec()
                    .withNodeName(node.value())
                    .endSpec()
                    .editStatus()
                    .withPhase("Running")
                    .endStatus()
                    .build());
            bound.merge(task.pod().getMetadata().getLabels().get(ScenarioObjects.GANG), 1, Integer::sum);
        });
        return !decisions.bindings().isEmpty();
    }

    private static Pod made(Pod pod, String phase) {
        made(pod.getMetadata());
        String level = pod.getSpec().getPriorityClassName();
        int priority = level == null ? 0 : 1 + ScenarioObjects.LEVELS.indexOf(level);
        return new PodBuilder(pod)
                .editSpec()
                .withPriority(priority)
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    private static void made(ObjectMeta metadata) {
        metadata.setUid(metadata.getName());
        metadata.setCreationTimestamp(MOMENT);
    }
}
