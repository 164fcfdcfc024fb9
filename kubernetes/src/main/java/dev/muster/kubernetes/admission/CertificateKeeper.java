package dev.muster.kubernetes.admission;

import dev.muster.admission.certificate.Certificates;
import dev.muster.admission.certificate.Pair;
import dev.muster.admission.certificate.Rotation;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the webhook's certificates in a Secret that all replicas share, renews them when they are due, and tells the API server
 * whom to trust. {@link #keep} is called again and again; two replicas that do so at once agree on one.
 */
public final class CertificateKeeper {
    private static final int TRIES = 5;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final String namespace;
    private final String secret;
    private final List<String> hosts;
    private final Rotation rotation;
    private final InstantSource clock;
    private final TrustedAuthorities authorities;
    private volatile @Nullable Certificates certificates;

    public CertificateKeeper(
            KubernetesClient client,
            String namespace,
            String secret,
            List<String> hosts,
            Rotation rotation,
            InstantSource clock,
            String configurations) {
        this.client = client;
        this.namespace = namespace;
        this.secret = secret;
        this.hosts = List.copyOf(hosts);
        this.rotation = rotation;
        this.clock = clock;
        this.authorities = new TrustedAuthorities(client, configurations);
    }

    /** Those that were kept last. */
    public Certificates certificates() {
        Certificates known = certificates;
        if (known == null) {
            throw new IllegalStateException("The webhook's certificates were not kept yet");
        }
        return known;
    }

    public Pair shown() {
        return certificates().serving();
    }

    /** Reads the Secret, renews what is due, and tells both configurations. The order keeps every moment trusted. */
    public void keep() {
        Certificates now = renewed();
        if (certificates == null) {
            certificates = now;
        }
        authorities.tell(now.bundle());
        certificates = now;
    }

    private Certificates renewed() {
        for (int i = 0; i < TRIES; i++) {
            Secret found =
                    client.secrets().inNamespace(namespace).withName(secret).get();
            Optional<Certificates> known = Optional.ofNullable(found).flatMap(CertificateKeeper::read);
            Certificates next = rotation.next(known, hosts, clock.instant());
            if (known.isPresent() && known.get().equals(next)) {
                return next;
            }
            try {
                write(found, next);
                return next;
            } catch (KubernetesClientException e) {
                if (e.getCode() != CONFLICT) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("The Secret %s in namespace %s was written by others %d times in a row"
                .formatted(secret, namespace, TRIES));
    }

    private static Optional<Certificates> read(Secret found) {
        Map<String, String> data = new HashMap<>();
        if (found.getData() != null) {
            found.getData()
                    .forEach((key, value) ->
                            data.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII)));
        }
        return Certificates.of(data);
    }

    /** Only over what was read: somebody else's Secret of the same moment wins. */
    private void write(@Nullable Secret found, Certificates next) {
        SecretBuilder builder = found == null
                ? new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(secret)
                        .addToLabels("app.kubernetes.io/name", "muster")
                        .endMetadata()
                : new SecretBuilder(found).withData(Map.of());
        Secret made = builder.withStringData(next.data()).build();
        if (found == null) {
            client.resource(made).create();
        } else {
            client.resource(made).update();
        }
    }
}
