package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether Muster's leaf queues are in Volcano with the capability that Muster gives them. */
record QueuesCheck(KubernetesClient client, Expected expected) implements Check {
    @Override
    public String name() {
        return "QUEUES";
    }

    @Override
    public Diagnosis look() {
        Map<String, Queue> there = new HashMap<>();
        client.resources(Queue.class)
                .list()
                .getItems()
                .forEach(queue -> there.put(queue.getMetadata().getName(), queue));
        List<String> drifted = new ArrayList<>();
        expected.queues().forEach((name, capability) -> {
            Queue queue = there.get(name);
            if (queue != null && !isSame(queue.getSpec().getCapability(), capability)) {
                drifted.add(name);
            }
        });
        long mirrored =
                expected.queues().keySet().stream().filter(there::containsKey).count();
        return drifted.isEmpty()
                ? Diagnosis.ok(
                        name(),
                        "%d of %d leaf queues are in Volcano, none differs; the others are made with their first launch"
                                .formatted(mirrored, expected.queues().size()))
                : Diagnosis.warn(
                        name(),
                        "changed by somebody: " + Expected.some(drifted),
                        "Muster puts them right before the next launch; change them with muster apply, not in Volcano.");
    }

    private static boolean isSame(Map<String, Quantity> live, Map<String, String> wanted) {
        Map<String, Quantity> there = live == null ? Map.of() : live;
        return there.keySet().equals(wanted.keySet())
                && wanted.entrySet().stream()
                        .allMatch(entry -> Quantity.getAmountInBytes(there.get(entry.getKey()))
                                        .compareTo(Quantity.getAmountInBytes(new Quantity(entry.getValue())))
                                == 0);
    }
}
