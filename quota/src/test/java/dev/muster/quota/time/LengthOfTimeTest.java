package dev.muster.quota.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthOfTimeTest {
    @ParameterizedTest
    @CsvSource({"PT0S,0s", "PT0.9S,0s", "PT90S,1m30s", "PT1H,1h", "PT168H,7d", "P1DT1H1M1S,1d1h1m1s", "PT-5S,PT-5S"})
    void it_is_said_in_the_largest_units_that_are_whole(String length, String spoken) {
        assertThat(LengthOfTime.spoken(Duration.parse(length))).isEqualTo(spoken);
    }
}
