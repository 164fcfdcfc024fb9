package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"1d", "2d3h", "1h30m", "90m", "59s", "1m1s", "500ms", "1s1ms", "3653d", "0s"})
    void what_is_written_is_read_as_the_same(String text) {
        Duration duration = DurationText.parse(text);
        assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
    }

    @Test
    void it_is_as_short_as_can_be() {
        assertThat(DurationText.format(Duration.ofSeconds(90 * 60))).isEqualTo("1h30m");
        assertThat(DurationText.format(Duration.ofMillis(86_400_001))).isEqualTo("1d1ms");
        assertThat(DurationText.format(Duration.ofNanos(10))).isEqualTo("0s");
        assertThat(DurationText.format(Duration.ofSeconds(-5))).isEqualTo("0s");
        assertThat(DurationText.format(Duration.ofSeconds(Long.MAX_VALUE))).startsWith("106751991167300d");
    }
}
