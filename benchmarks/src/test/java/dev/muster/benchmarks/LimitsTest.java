package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private final Limits limits = Limits.read(Path.of("limits.yaml"));

    LimitsTest() throws IOException {}

    @Test
    void every_limit_has_a_reason() {
        assertThat(limits.byFigure()).isNotEmpty();
        assertThat(limits.byFigure().values())
                .allSatisfy(limit -> assertThat(limit.reason()).hasSizeGreaterThan(20));
    }

    @Test
    void a_figure_beyond_its_limit_is_told_with_both_numbers_and_the_reason() {
        assertThat(limits.broken(List.of(
                        new Figure("submit.single.p99", 51, "ms"), new Figure("submit.single.rate", 499, "jobs/s"))))
                .satisfiesExactly(
                        p99 -> assertThat(p99).startsWith("submit.single.p99 is 51 ms, limit ≤ 50: at 500 jobs"),
                        rate -> assertThat(rate).startsWith("submit.single.rate is 499 jobs/s, limit ≥ 500: "));
    }

    @Test
    void a_figure_at_its_limit_and_one_without_are_fine() {
        assertThat(limits.broken(List.of(
                        new Figure("submit.single.p99", 50, "ms"), new Figure("submit.single.p50", 9_999, "ms"))))
                .isEmpty();
    }
}
