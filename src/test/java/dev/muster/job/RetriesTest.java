package dev.muster.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.RoleName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetriesTest {
    private static final RetryRules.Rule ANYTHING = new RetryRules.Rule(null, null, null, true);

    @Test
    void a_failure_that_no_rule_matches_fails_the_job_even_with_budget_left() {
        RetryRules rules = new RetryRules(3, List.of(new RetryRules.Rule(Category.OOM, null, null, true)), 5);
        assertThat(Retries.NONE.after(exit(1), rules).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void the_first_rule_that_matches_decides() {
        RetryRules rules = new RetryRules(3, List.of(new RetryRules.Rule(null, 2, null, false), ANYTHING), 5);
        assertThat(Retries.NONE.after(exit(2), rules).state()).isEqualTo(JobState.FAILED);
        assertThat(Retries.NONE.after(exit(1), rules).state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void rules_look_at_category_exit_code_and_role() {
        RetryRules.Rule rule = new RetryRules.Rule(Category.USER_ERROR, 1, new RoleName("worker"), true);
        RetryRules rules = new RetryRules(1, List.of(rule), 0);
        assertThat(Retries.NONE.after(exit(1), rules).state()).isEqualTo(JobState.QUEUED);
        assertThat(Retries.NONE.after(exit(2), rules).state()).isEqualTo(JobState.FAILED);
        assertThat(Retries.NONE
                        .after(new Failure(Category.OOM, new RoleName("worker"), 1, "x"), rules)
                        .state())
                .isEqualTo(JobState.FAILED);
        assertThat(Retries.NONE
                        .after(new Failure(Category.USER_ERROR, new RoleName("driver"), 1, "x"), rules)
                        .state())
                .isEqualTo(JobState.FAILED);
    }

    @Test
    void the_users_budget_is_spent_retry_by_retry() {
        RetryRules rules = new RetryRules(2, List.of(ANYTHING), 5);
        Retries.After first = Retries.NONE.after(exit(1), rules);
        Retries.After second = first.retries().after(exit(1), rules);
        Retries.After third = second.retries().after(exit(1), rules);
        assertThat(first.retries()).isEqualTo(new Retries(1, 0));
        assertThat(second).isEqualTo(new Retries.After(JobState.QUEUED, new Retries(2, 0), "it broke"));
        assertThat(third)
                .isEqualTo(new Retries.After(JobState.FAILED, new Retries(2, 0), "it broke; its 2 retries are spent"));
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void each_category_spends_the_budget_of_who_is_to_blame(Category category) {
        RetryRules rules = new RetryRules(1, List.of(ANYTHING), 1);
        Retries.After after = Retries.NONE.after(new Failure(category, null, null, "it broke"), rules);
        assertThat(after.retries())
                .isEqualTo(
                        category.isFree()
                                ? Retries.NONE
                                : category.spendsUsersRetries() ? new Retries(1, 0) : new Retries(0, 1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Category.class,
            names = {"PREEMPTED", "SPOT_INTERRUPTED", "NODE_LOST", "LAUNCH_TIMEOUT", "PLATFORM"})
    void the_users_rules_say_nothing_about_the_platforms_failures(Category category) {
        RetryRules rules = new RetryRules(0, List.of(new RetryRules.Rule(null, null, null, false)), 1);
        Failure failure = new Failure(category, null, null, "it broke");
        Retries.After after = Retries.NONE.after(failure, rules);
        assertThat(after.state()).isEqualTo(JobState.QUEUED);
        assertThat(after.retries().after(failure, rules))
                .isEqualTo(new Retries.After(
                        JobState.FAILED, new Retries(0, 1), "it broke; the platform's 1 retries are spent"));
    }

    @Test
    void nodes_that_did_not_come_cost_nobody_a_retry_however_often() {
        RetryRules rules = new RetryRules(0, List.of(), 0);
        Failure failure = new Failure(Category.CAPACITY, null, null, "no nodes");
        assertThat(Retries.NONE.after(failure, rules))
                .isEqualTo(new Retries.After(JobState.QUEUED, Retries.NONE, "no nodes"));
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "2, 60", "3, 120", "7, 1920", "8, 3840", "9, 3840", "1000000, 3840"})
    void the_back_off_doubles_with_each_late_launch_up_to_about_an_hour(int late, long seconds) {
        assertThat(Retries.backOff(late)).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static Failure exit(@Nullable Integer code) {
        return new Failure(Category.USER_ERROR, new RoleName("worker"), code, "it broke");
    }
}
