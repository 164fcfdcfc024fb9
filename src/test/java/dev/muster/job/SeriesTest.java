package dev.muster.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.TeamName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesTest {
    @ParameterizedTest
    @CsvSource({
        "train-7, train",
        "train-007, train",
        "train-1-2, train-1",
        "train, train",
        "train7, train7",
        "7, 7",
        "7-7, 7",
        "a-b7, a-b7"
    })
    void jobs_whose_names_are_equal_but_for_a_number_at_the_end_are_runs_of_the_same(String job, String name) {
        TeamName team = new TeamName("research");
        assertThat(Series.named(team, job)).isEqualTo(new Series(team, name));
    }
}
