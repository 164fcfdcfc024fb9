package dev.muster.quota.offering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunForecastTest {
    @ParameterizedTest
    @CsvSource({"30, 0.649", "60, 1.718", "120, 6.389"})
    void with_one_interruption_an_hour_longer_work_takes_ever_longer(int minutes, double hours) {
        RunForecast forecast =
                RunForecast.of(Duration.ofMinutes(minutes), 1, Duration.ZERO).orElseThrow();
        assertThat(forecast.time().toMillis() / 3_600_000.0).isCloseTo(hours, within(0.001));
        assertThat(forecast.held()).isEqualTo(forecast.time());
    }

    @Test
    void nodes_that_nobody_takes_back_are_held_for_the_work_alone() {
        assertThat(RunForecast.of(Duration.ofHours(3), 0, Duration.ofMinutes(5)))
                .contains(new RunForecast(Duration.ofHours(3), Duration.ofHours(3), 0));
    }

    @Test
    void work_that_is_interrupted_all_the_time_never_ends() {
        assertThat(RunForecast.of(Duration.ofHours(10), 1, Duration.ZERO)).isEmpty();
        assertThat(RunForecast.of(Duration.ofDays(10_000), 1e9, Duration.ZERO)).isEmpty();
    }

    @Test
    void it_is_what_happens_on_average() {
        Random random = new Random(7);
        double sum = 0;
        int runs = 20_000;
        for (int run = 0; run < runs; run++) {
            double until = -Math.log(1 - random.nextDouble()) / 0.8;
            while (until < 1.5) {
                sum += until + 0.1;
                until = -Math.log(1 - random.nextDouble()) / 0.8;
            }
            sum += 1.5;
        }
        RunForecast forecast = RunForecast.of(Duration.ofMinutes(90), 0.8, Duration.ofMinutes(6))
                .orElseThrow();
        assertThat(forecast.time().toMillis() / 3_600_000.0).isCloseTo(sum / runs, within(0.1));
        assertThat(forecast.time().minus(forecast.held()).toMillis() / 360_000.0)
                .as("a pause for each time that it begins anew")
                .isCloseTo(forecast.interruptions(), within(0.001));
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> RunForecast.of(Duration.ofHours(1), Double.NaN, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
