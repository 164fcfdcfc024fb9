package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** Whether Muster's priority classes are there, with their values and their right to preempt. */
record PrioritiesCheck(KubernetesClient client, Expected expected) implements Check {
    @Override
    public String name() {
        return "PRIORITY_CLASSES";
    }

    @Override
    public Diagnosis look() {
        List<String> missing = new ArrayList<>();
        List<String> other = new ArrayList<>();
        expected.priorities().forEach((name, wanted) -> {
            PriorityClass live =
                    client.scheduling().v1().priorityClasses().withName(name).get();
            if (live == null) {
                missing.add(name);
            } else if (live.getValue() != wanted.value()
                    || wanted.mayPreempt() == "Never".equals(live.getPreemptionPolicy())) {
                other.add("%s is %d%s"
                        .formatted(
                                name,
                                live.getValue(),
                                "Never".equals(live.getPreemptionPolicy()) ? ", never preempts" : ", may preempt"));
            }
        });
        if (missing.isEmpty() && other.isEmpty()) {
            return Diagnosis.ok(
                    name(),
                    "%d classes are there".formatted(expected.priorities().size()));
        }
        return missing.isEmpty()
                ? Diagnosis.warn(
                        name(),
                        "not as Muster has them: " + Expected.some(other),
                        "A value cannot be changed: delete the class in the cluster, and Muster makes it anew.")
                : Diagnosis.fail(
                        name(),
                        "missing: " + Expected.some(missing),
                        "Pods that name them are refused. kubectl apply -f priorityclasses/, or the chart with priorityClasses.create=true.");
    }
}
