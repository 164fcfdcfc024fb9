package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemarksTest {
    private static final JobId ANN = new JobId("ann");
    private static final JobId BOB = new JobId("bob");

    private final Remarks remarks = new Remarks();

    private static Reason reason(String message) {
        return new Reason(ReasonCode.LIMIT_REACHED, message, null, Map.of());
    }

    @Test
    void without_any_it_is_empty_and_no_job_has_a_reason() {
        assertThat(remarks.isEmpty()).isTrue();
        assertThat(remarks.of(ANN)).isNull();
    }

    @Test
    void each_job_has_its_own_and_the_latest_of_several() {
        remarks.add(ANN, reason("first"));
        remarks.add(BOB, reason("other"));
        remarks.add(ANN, reason("second"));
        assertThat(remarks.isEmpty()).isFalse();
        assertThat(remarks.of(ANN)).isEqualTo(reason("second"));
        assertThat(remarks.of(new JobId("bob"))).isEqualTo(reason("other"));
        assertThat(remarks.of(new JobId("eve"))).isNull();
    }

    @Test
    void what_is_added_after_somebody_looked_is_found() {
        remarks.add(ANN, reason("first"));
        assertThat(remarks.of(BOB)).isNull();
        remarks.add(BOB, reason("late"));
        assertThat(remarks.of(BOB)).isEqualTo(reason("late"));
    }

    @Test
    void cleared_after_somebody_looked_it_knows_nothing_of_before() {
        remarks.add(ANN, reason("first"));
        assertThat(remarks.of(ANN)).isNotNull();
        remarks.clear();
        assertThat(remarks.isEmpty()).isTrue();
        assertThat(remarks.of(ANN)).isNull();
        remarks.add(BOB, reason("next pass"));
        assertThat(remarks.of(ANN)).isNull();
        assertThat(remarks.of(BOB)).isEqualTo(reason("next pass"));
    }
}
