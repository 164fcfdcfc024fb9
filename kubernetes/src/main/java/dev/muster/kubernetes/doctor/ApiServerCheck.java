package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;

/** Whether the API server answers, and is new enough for server-side apply and policies in CEL. */
record ApiServerCheck(KubernetesClient client) implements Check {
    private static final int OLDEST = 30;

    @Override
    public String name() {
        return "API_SERVER";
    }

    @Override
    public Diagnosis look() {
        VersionInfo version;
        try {
            version = client.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            return Diagnosis.fail(
                    name(),
                    "the API server does not answer: " + ClusterDoctor.oneLine(e),
                    "Look at the address, the network policy to it, and the service account's token (kubectl auth whoami).");
        }
        String minor = version.getMinor() == null ? "" : version.getMinor().replaceAll("\\D", "");
        String seen = "it answers, version " + version.getGitVersion();
        return minor.isEmpty() || Integer.parseInt(minor) >= OLDEST
                ? Diagnosis.ok(name(), seen)
                : Diagnosis.fail(
                        name(),
                        seen,
                        "Muster needs Kubernetes 1.%d or newer: ValidatingAdmissionPolicy is not there before."
                                .formatted(OLDEST));
    }
}
