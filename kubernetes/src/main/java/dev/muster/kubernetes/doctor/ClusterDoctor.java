package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** All questions about a cluster, asked one after the other; one that cannot be asked does not keep the others from it. */
public final class ClusterDoctor {
    private final List<Check> checks;

    public ClusterDoctor(KubernetesClient client, Expected expected, InstantSource clock) {
        this.checks = List.of(
                new ApiServerCheck(client),
                new KindsCheck(client),
                new RightsCheck(client, expected.namespace(), expected.volcano().namespace()),
                new VolcanoCheck(client, expected.volcano(), "scheduler", "volcano-scheduler"),
                new VolcanoCheck(client, expected.volcano(), "controllers", "volcano-controllers"),
                new OpenQueueCheck(client),
                new ConfigurationCheck(client, expected),
                new QueuesCheck(client, expected),
                new PrioritiesCheck(client, expected),
                new NamespacesCheck(client, expected),
                new WebhookCheck(client, expected.webhook(), clock),
                new AutoscalerCheck(client),
                new ClockCheck(client, expected.namespace(), clock));
    }

    /** The names of all checks, in order. */
    public List<String> names() {
        return checks.stream().map(Check::name).toList();
    }

    public List<Diagnosis> examine() {
        List<Diagnosis> all = new ArrayList<>();
        boolean away = false;
        for (Check check : checks) {
            Diagnosis found = away ? skipped(check) : look(check);
            all.add(found);
            away |= check instanceof ApiServerCheck && found.verdict() == Diagnosis.Verdict.FAIL;
        }
        return all;
    }

    private static Diagnosis skipped(Check check) {
        return Diagnosis.fail(check.name(), "not looked at: the API server does not answer", "Mend that first.");
    }

    static Diagnosis look(Check check) {
        try {
            return check.look();
        } catch (KubernetesClientException e) {
            return e.getCode() == 403
                    ? Diagnosis.fail(
                            check.name(),
                            "could not be looked at: " + oneLine(e),
                            "Give Muster's service account this right; the chart's roles have it (rbac.create).")
                    : Diagnosis.fail(
                            check.name(),
                            "could not be looked at: " + oneLine(e),
                            "Is the API server reachable and well?");
        }
    }

    static String oneLine(Exception e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return message.length() > 300 ? message.substring(0, 300) + "…" : message;
    }
}
