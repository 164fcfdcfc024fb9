package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DuesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final JobId A = new JobId("a");
    private static final JobId B = new JobId("b");

    private final Dues dues = new Dues();

    @Test
    void what_is_due_is_told_once_and_in_order() {
        dues.set(B, NOON);
        dues.set(A, NOON.plusSeconds(1));
        assertThat(dues.next()).contains(NOON);
        assertThat(dues.take(NOON.minusNanos(1))).isEmpty();
        assertThat(dues.take(NOON.plusSeconds(1))).containsExactly(B, A);
        assertThat(dues.take(NOON.plusSeconds(1))).isEmpty();
        assertThat(dues.next()).isEmpty();
    }

    @Test
    void a_job_has_one_time_and_the_last_word_counts() {
        dues.set(A, NOON);
        dues.set(A, NOON.plusSeconds(5));
        assertThat(dues.take(NOON)).isEmpty();
        assertThat(dues.take(NOON.plusSeconds(5))).containsExactly(A);
    }

    @Test
    void a_job_without_a_time_is_never_due() {
        dues.set(A, NOON);
        dues.set(A, null);
        assertThat(dues.next()).isEmpty();
    }

    @Test
    void the_same_time_said_twice_stays() {
        dues.set(A, NOON);
        dues.set(A, NOON);
        assertThat(dues.take(NOON)).containsExactly(A);
    }
}
