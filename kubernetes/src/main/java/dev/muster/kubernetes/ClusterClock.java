package dev.muster.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How far the cluster's clock is ahead of ours. What the cluster says of times is translated by it: else a service whose clock is
 * wrong would end gangs before their time.
 */
final class ClusterClock {
    /** The API server tells whole seconds, and an answer takes its time: less than this is no difference. */
    private static final Duration NOTICED = Duration.ofSeconds(3);

    private final InstantSource clock;
    private volatile Duration ahead = Duration.ZERO;
    private volatile boolean known;

    ClusterClock(InstantSource clock) {
        this.clock = clock;
    }

    /** Nobody has told yet. */
    boolean isUnknown() {
        return !known;
    }

    /** What the cluster calls {@code then}, by our clock. */
    @Nullable
    Instant ours(@Nullable Instant then) {
        return then == null ? null : then.minus(ahead);
    }

    /** The cluster said {@code then} between {@code asked} and now. */
    void heard(Instant asked, @Nullable Instant then) {
        Duration took = Duration.between(asked, clock.instant());
        // What waited long among other writes says less than what is known.
        if (then != null && !(known && took.compareTo(NOTICED) > 0)) {
            Instant half = asked.plus(took.dividedBy(2));
            Duration difference = Duration.between(half, then);
            ahead = difference.abs().compareTo(NOTICED) < 0 ? Duration.ZERO : difference;
            known = true;
        }
    }

    /** Asks the API server to make something and not to keep it, which says its time; where it refuses nothing changes. */
    void ask(KubernetesClient client, String namespace) {
        PodGroup question = new PodGroupBuilder()
                .withNewMetadata()
                .withName("muster-what-time-is-it")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withMinMember(1)
                .endSpec()
                .build();
        Instant asked = clock.instant();
        try {
            PodGroup answer = client.resource(question).dryRun().create();
            if (answer.getMetadata().getCreationTimestamp() != null) {
                heard(asked, PodView.instant(answer.getMetadata().getCreationTimestamp()));
            }
        } catch (KubernetesClientException e) {
            System.getLogger(ClusterClock.class.getName())
                    .log(System.Logger.Level.DEBUG, "act=clock-unknown why=\"{0}\"", e.getMessage());
        }
    }
}
