package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies hundred = new Latencies(
            LongStream.rangeClosed(1, 100).map(i -> (101 - i) * 1_000_000).toArray());

    @Test
    void a_percentile_is_the_smallest_latency_that_covers_its_share() {
        assertThat(hundred.percentile(0.5)).isEqualTo(50);
        assertThat(hundred.percentile(0.99)).isEqualTo(99);
        assertThat(hundred.percentile(0.991)).isEqualTo(100);
        assertThat(hundred.percentile(1)).isEqualTo(100);
    }

    @Test
    void no_request_and_no_share_are_refused() {
        assertThatThrownBy(() -> new Latencies(new long[0])).hasMessageContaining("at least one request");
        assertThatThrownBy(() -> hundred.percentile(0)).hasMessageContaining("Bad percentile 0.0");
        assertThatThrownBy(() -> hundred.percentile(Double.NaN)).hasMessageContaining("Bad percentile NaN");
    }
}
