package dev.muster.quota.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.quota.plan.PlanSettings;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    @Test
    void every_setting_of_the_planner_is_a_field_and_every_field_is_a_setting() {
        List<String> fields =
                PolicyFields.PLANNER.stream().map(PolicyField::path).toList();
        List<String> paths = new ArrayList<>();
        for (RecordComponent component : PlanSettings.class.getRecordComponents()) {
            // A setting of several parts is several fields, but for one whose other parts no policy says.
            if (component.getType().isRecord() && !fields.contains(component.getName())) {
                for (RecordComponent inner : component.getType().getRecordComponents()) {
                    paths.add(component.getName() + "." + inner.getName());
                }
            } else {
                paths.add(component.getName());
            }
        }
        assertThat(fields).containsExactlyInAnyOrderElementsOf(paths);
    }

    @Test
    void every_standard_is_a_value_of_its_field() {
        assertThat(PolicyFields.ALL).allSatisfy(field -> field.check(field.standard()));
        assertThat(Policy.standard().settings().maxLaunches()).isEqualTo(200);
    }

    @Test
    void a_value_that_is_given_is_what_the_planner_gets() {
        PlanSettings settings = policy(Map.of(
                        "maxLaunches",
                        "7",
                        "eviction.preempt",
                        "true",
                        "eviction.minRunTime",
                        "1h30m",
                        "aging.most",
                        "5"))
                .settings();
        assertThat(settings.maxLaunches()).isEqualTo(7);
        assertThat(settings.eviction().preempt()).isTrue();
        assertThat(settings.eviction().minRunTime()).hasMinutes(90);
        assertThat(settings.aging().most()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "maxLaunches, 0, 1 to 100000",
        "maxLaunches, -1, 1 to 100000",
        "maxLaunches, 99999999999999999999, 1 to 100000",
        "maxLaunches, ten, a whole number",
        "maxLaunches, 1.5, a whole number",
        "eviction.preempt, yes, true or false",
        "eviction.minRunTime, 10, a length of time",
        "eviction.minRunTime, 9999d, at most 365d",
        "eviction.minRunTime, '', a length of time",
        "evictoin.preempt, true, Unknown field 'evictoin.preempt'",
    })
    void what_is_no_value_of_a_field_is_refused_with_what_was_expected(String path, String value, String said) {
        assertThatThrownBy(() -> policy(Map.of(path, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void changes_are_told_field_by_field_and_a_standard_that_is_said_aloud_is_none() {
        Policy policy = policy(Map.of("maxLaunches", "7"));
        assertThat(policy.changesTo(Map.of("aging.perHour", "2")))
                .containsExactly(
                        new Policy.Change("aging.perHour", "0", "2"), new Policy.Change("maxLaunches", "7", "200"));
        assertThat(policy.changesTo(Map.of("maxLaunches", "7", "aging.perHour", "0")))
                .isEmpty();
    }

    private static Policy policy(Map<String, String> values) {
        return new Policy(1, new TreeMap<>(values), "anna", "a test", Instant.EPOCH);
    }
}
