package dev.muster.kubernetes;

import dev.muster.cluster.ClusterUnavailable;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** A service account of the cluster, as the API server knows it by its token. */
public record ServiceAccount(String namespace, String name) {
    private static final String PREFIX = "system:serviceaccount:";

    /**
     * Whose token it is; empty where it is nobody's, has ended, is meant for others than {@code audience}, or speaks of somebody
     * else than a service account.
     *
     * @throws ClusterUnavailable where the API server does not say
     */
    static Optional<ServiceAccount> of(KubernetesClient client, String token, String audience) {
        TokenReview asked = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .withAudiences(audience)
                .endSpec()
                .build();
        TokenReviewStatus status;
        try {
            status = client.tokenReviews().create(asked).getStatus();
        } catch (KubernetesClientException e) {
            throw new ClusterUnavailable(
                    "Kubernetes does not say whose a token is (tokenreviews): %d %s"
                            .formatted(e.getCode(), e.getMessage()),
                    e);
        }
        // A server that knows no audiences would say yes to a token that is for others.
        boolean isOurs = status != null
                && Boolean.TRUE.equals(status.getAuthenticated())
                && status.getAudiences() != null
                && status.getAudiences().contains(audience);
        return isOurs ? parsed(status.getUser().getUsername()) : Optional.empty();
    }

    private static Optional<ServiceAccount> parsed(String user) {
        String[] parts =
                user.startsWith(PREFIX) ? user.substring(PREFIX.length()).split(":", -1) : new String[0];
        return parts.length == 2 ? Optional.of(new ServiceAccount(parts[0], parts[1])) : Optional.empty();
    }
}
