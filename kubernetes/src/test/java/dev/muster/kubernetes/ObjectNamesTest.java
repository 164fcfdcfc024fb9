package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.Names;
import dev.muster.quota.name.RoleName;
import org.junit.jupiter.api.Test;

/** Every name that Muster gives is one that Kubernetes takes, and no two things share one. */
class ObjectNamesTest {
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("01jd2w8k3mbq4c5r6s7t8v9wxy"), 3);
    private static final String LONG = "a".repeat(52) + "--------bcd";

    @Test
    void a_name_that_fits_is_left_alone() {
        assertThat(ObjectNames.of(ATTEMPT)).isEqualTo("01jd2w8k3mbq4c5r6s7t8v9wxy-3");
        assertThat(ObjectNames.of(new PodRef(ATTEMPT, new RoleName("worker"), 12)))
                .isEqualTo("01jd2w8k3mbq4c5r6s7t8v9wxy-3-worker-12");
        assertThat(ObjectNames.host(new RoleName("worker"), 12)).isEqualTo("worker-12");
    }

    @Test
    void a_name_that_is_too_long_becomes_a_label_and_stays_its_own() {
        PodRef first = new PodRef(ATTEMPT, new RoleName(LONG), 1);
        PodRef second = new PodRef(ATTEMPT, new RoleName(LONG), 2);
        assertThat(Names.isLabel(ObjectNames.of(first))).isTrue();
        assertThat(Names.isLabel(ObjectNames.host(new RoleName(LONG), 1))).isTrue();
        assertThat(ObjectNames.of(first)).isNotEqualTo(ObjectNames.of(second));
        assertThat(ObjectNames.host(new RoleName(LONG), 1)).isNotEqualTo(ObjectNames.host(new RoleName(LONG), 2));
    }
}
