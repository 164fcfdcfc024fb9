package dev.muster.kubernetes;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.PodDoor;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Doors of pods by the API server's proxy, which hands on upgrades too: no network to the pods is needed. It knows the service by what
 * the client is known by, and tells pods nothing of it.
 */
final class PodDoors {
    private final KubernetesClient client;
    private volatile @Nullable Papers papers;

    PodDoors(KubernetesClient client) {
        this.client = client;
    }

    private record Papers(
            @Nullable X509TrustManager trust, @Nullable X509KeyManager key) {}

    PodDoor of(String namespace, String pod, int port) {
        String server = client.getMasterUrl().toString().replaceAll("/+$", "");
        Papers shown = papers();
        return new PodDoor(
                URI.create("%s/api/v1/namespaces/%s/pods/%s:%d/proxy".formatted(server, namespace, pod, port)),
                token(client.getConfiguration())
                        .map(token -> Map.of("Authorization", "Bearer " + token))
                        .orElse(Map.of()),
                shown.trust(),
                shown.key());
    }

    /** As it is now: the client renews the one of a service account. */
    private static Optional<String> token(Config config) {
        String token = config.getOauthTokenProvider() == null
                ? config.getOauthToken()
                : config.getOauthTokenProvider().getToken();
        return Optional.ofNullable(token == null ? config.getAutoOAuthToken() : token)
                .filter(text -> !text.isBlank());
    }

    private Papers papers() {
        Papers known = papers;
        if (known == null) {
            known = read(client.getConfiguration());
            papers = known;
        }
        return known;
    }

    private static Papers read(Config config) {
        try {
            return new Papers(
                    first(SSLUtils.trustManagers(config), X509TrustManager.class),
                    first(SSLUtils.keyManagers(config), X509KeyManager.class));
        } catch (GeneralSecurityException | IOException e) {
            throw new ClusterUnavailable("The certificates of the API server's client cannot be read", e);
        }
    }

    private static <T> @Nullable T first(Object @Nullable [] all, Class<T> type) {
        return all == null
                ? null
                : Arrays.stream(all)
                        .filter(type::isInstance)
                        .map(type::cast)
                        .findFirst()
                        .orElse(null);
    }
}
