package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.util.List;

/** A sign of life: Volcano's scheduler makes the queue default, and its controller opens queues. */
record OpenQueueCheck(KubernetesClient client) implements Check {
    @Override
    public String name() {
        return "QUEUES_OPEN";
    }

    @Override
    public Diagnosis look() {
        List<Queue> queues = client.resources(Queue.class).list().getItems();
        if (queues.isEmpty()) {
            return Diagnosis.fail(
                    name(),
                    "there is no queue at all: Volcano's scheduler has never run here",
                    "Start Volcano's scheduler; it makes the queues root and default.");
        }
        List<String> closed = queues.stream()
                .filter(queue -> queue.getStatus() == null
                        || !"Open".equals(queue.getStatus().getState()))
                .map(queue -> queue.getMetadata().getName())
                .sorted()
                .toList();
        return closed.isEmpty()
                ? Diagnosis.ok(name(), "%d queues are open".formatted(queues.size()))
                : Diagnosis.fail(
                        name(),
                        "not open: " + Expected.some(closed),
                        "Nothing starts in them. Volcano's controller opens queues: does it run? Somebody may have closed one: vcctl queue operate -n NAME -a open.");
    }
}
