package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final long SECOND = 1_000_000_000L;

    private final Buckets buckets = new Buckets(2, 4);

    @Test
    void a_burst_is_let_in_and_then_so_many_a_second() {
        assertThat(IntStream.range(0, 4).mapToObj(i -> buckets.take("ana", 0))).containsOnly(Duration.ZERO);
        assertThat(buckets.take("ana", 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(buckets.take("bo", 0)).isZero();
        assertThat(buckets.take("ana", SECOND)).isZero();
        assertThat(buckets.take("ana", SECOND)).isPositive();
    }

    @Test
    void who_never_stops_is_let_in_as_soon_as_they_wait() {
        IntStream.range(0, 1_000).forEach(i -> buckets.take("ana", 0));

        assertThat(buckets.take("ana", SECOND)).isZero();
    }

    @Test
    void a_bucket_is_never_fuller_than_full() {
        buckets.take("ana", 0);

        assertThat(IntStream.range(0, 4).mapToObj(i -> buckets.take("ana", 1_000 * SECOND)))
                .containsOnly(Duration.ZERO);
        assertThat(buckets.take("ana", 1_000 * SECOND)).isPositive();
    }

    @Test
    void any_number_of_strangers_needs_bounded_memory_and_is_still_counted() {
        IntStream.range(0, 100_000).forEach(i -> buckets.take("stranger-" + i, 0));
        IntStream.range(0, 4).forEach(i -> buckets.take("ana", 0));

        assertThat(buckets.take("ana", 0)).isPositive();
    }

    @Test
    void without_a_limit_everybody_may() {
        Buckets none = new Buckets(0, 0);

        assertThat(IntStream.range(0, 100).mapToObj(i -> none.take("ana", 0))).containsOnly(Duration.ZERO);
    }
}
