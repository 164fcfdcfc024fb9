package dev.muster.kubernetes.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagsTest {
    @Test
    void times_are_read_as_go_writes_them() {
        assertThat(flags("--scale-down-unneeded-time=10m").unneededTime()).contains(Duration.ofMinutes(10));
        assertThat(flags("--scale-down-unneeded-time=1h30m5s").unneededTime()).contains(Duration.ofSeconds(5405));
        assertThat(flags("--scale-down-unneeded-time=soon").unneededTime()).isEmpty();
        assertThat(flags("--v=4").unneededTime()).isEmpty();
    }

    @Test
    void delays_are_for_all_groups_unless_the_flag_says_otherwise() {
        assertThat(flags("--v=4").delaysAreLocal()).isFalse();
        assertThat(flags("--scale-down-delay-type-local=false").delaysAreLocal())
                .isFalse();
        assertThat(flags("--scale-down-delay-type-local").delaysAreLocal()).isTrue();
        assertThat(flags("--scale-down-delay-type-local=true").delaysAreLocal()).isTrue();
        assertThat(new Flags("karpenter/karpenter", List.of()).delaysAreLocal())
                .as("Karpenter knows no such delay")
                .isTrue();
    }

    private static Flags flags(String word) {
        return new Flags("kube-system/cluster-autoscaler", List.of(word));
    }
}
