package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which of a pod's containers is the one of its command. */
class PodViewTest {
    private static final String DEFAULT = "kubectl.kubernetes.io/default-container";

    @Test
    void it_is_ours_or_sparks_before_what_the_pod_says_and_its_first_else() {
        assertThat(name(Map.of(DEFAULT, "proxy"), "proxy", "main")).isEqualTo("main");
        assertThat(name(Map.of(DEFAULT, "proxy"), "proxy", "spark-kubernetes-driver"))
                .isEqualTo("spark-kubernetes-driver");
        assertThat(name(Map.of(), "proxy", "spark-kubernetes-executor")).isEqualTo("spark-kubernetes-executor");
        assertThat(name(Map.of(DEFAULT, "compute"), "proxy", "compute")).isEqualTo("compute");
        assertThat(name(Map.of(DEFAULT, "no-such"), "proxy", "compute")).isEqualTo("proxy");
        assertThat(name(Map.of(), "proxy", "compute")).isEqualTo("proxy");
        assertThat(PodView.containerName(new Pod())).isEqualTo("main");
    }

    private static String name(Map<String, String> notes, String... containers) {
        return PodView.containerName(new PodBuilder()
                .withNewMetadata()
                .withAnnotations(notes)
                .endMetadata()
                .withNewSpec()
                .withContainers(
                        Stream.of(containers).map(PodViewTest::container).toList())
                .endSpec()
                .build());
    }

    private static Container container(String name) {
        return new ContainerBuilder().withName(name).build();
    }
}
