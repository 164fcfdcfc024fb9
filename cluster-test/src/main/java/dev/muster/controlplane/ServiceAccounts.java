package dev.muster.controlplane;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Tokens of service accounts, as the kubelet would ask for them. */
final class ServiceAccounts {
    private ServiceAccounts() {}

    static String token(KubernetesClient client, String namespace, String name) {
        TokenRequest asked = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(24 * 3600L)
                .endSpec()
                .build();
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(asked)
                .getStatus()
                .getToken();
    }
}
