package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How far this clock and the API server's are apart: deadlines, tokens and certificates depend on it. The API server says its
 * time on an object that it is asked to make and not to keep.
 */
record ClockCheck(KubernetesClient client, String namespace, InstantSource clock) implements Check {
    private static final Duration MOST = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "CLOCK";
    }

    @Override
    public Diagnosis look() {
        PodGroup question = new PodGroupBuilder()
                .withNewMetadata()
                .withName("muster-what-time-is-it")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withMinMember(1)
                .endSpec()
                .build();
        Instant before = clock.instant();
        PodGroup answer = client.resource(question).dryRun().create();
        Instant theirs = Instant.parse(answer.getMetadata().getCreationTimestamp());
        // The answer counts whole seconds.
        Duration apart = Duration.between(before, theirs).abs();
        String seen = "%d s apart from the API server".formatted(apart.toSeconds());
        return apart.compareTo(MOST) <= 0
                ? Diagnosis.ok(name(), seen)
                : Diagnosis.fail(
                        name(), seen, "Let both machines keep time by NTP: deadlines would fire early or late.");
    }
}
