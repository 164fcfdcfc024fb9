package dev.muster.kubernetes.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeedTest {
    @Test
    void every_right_says_what_it_is_for_and_is_there_once() {
        assertThat(Need.all()).isNotEmpty().doesNotHaveDuplicates().allSatisfy(need -> {
            assertThat(need.why()).isNotBlank();
            assertThat(need.verb()).isNotBlank().doesNotContain("*");
            assertThat(need.resource()).doesNotContain("*");
        });
        assertThat(Need.all().stream().map(Need::toString)).doesNotHaveDuplicates();
    }

    @Test
    void nobody_reads_secrets_but_in_musters_own_namespace_and_nobody_runs_commands_in_pods() {
        assertThat(Need.all())
                .noneMatch(need -> need.resource().equals("secrets") && need.place() != Need.Place.OWN)
                .noneMatch(
                        need -> need.resource().contains("exec") || need.verb().equals("impersonate"));
    }
}
