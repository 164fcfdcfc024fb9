package dev.muster.kubernetes;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Somebody's webhook for the pods of a namespace that takes the connection and never answers: each creation waits a second for it. */
final class Silence implements AutoCloseable {
    private final ServerSocket socket;
    private final KubernetesClient admin;
    private final String namespace;

    private Silence(ServerSocket socket, KubernetesClient admin, String namespace) {
        this.socket = socket;
        this.admin = admin;
        this.namespace = namespace;
    }

    /** While {@code work} is done. {@code policy}: what becomes of a creation then, Ignore or Fail. */
    static void over(KubernetesClient admin, String namespace, String policy, Runnable work) {
        try (Silence silence =
                new Silence(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), admin, namespace)) {
            silence.configure(policy);
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(String policy) {
        admin.resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .addNewWebhook()
                        .withName("silence.example.com")
                        .withAdmissionReviewVersions("v1")
                        .withSideEffects("None")
                        .withTimeoutSeconds(1)
                        .withFailurePolicy(policy)
                        .withNewClientConfig()
                        .withUrl("https://127.0.0.1:%d/".formatted(socket.getLocalPort()))
                        .endClientConfig()
                        .withNewNamespaceSelector()
                        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                        .endNamespaceSelector()
                        .withRules(new RuleWithOperationsBuilder()
                                .withApiGroups("")
                                .withApiVersions("v1")
                                .withResources("pods")
                                .withOperations("CREATE")
                                .build())
                        .endWebhook()
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    @Override
    public void close() {
        admin.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(namespace)
                .delete();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
