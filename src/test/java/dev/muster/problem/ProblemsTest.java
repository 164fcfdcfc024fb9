package dev.muster.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Problem;
import jakarta.ws.rs.NotSupportedException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemsTest {

    @ParameterizedTest
    @EnumSource(Code.class)
    void every_code_has_an_error_status_and_a_title(Code code) {
        assertThat(Problems.status(code)).isBetween(400, 599);
        assertThat(code.title()).isNotBlank();
    }

    @Test
    void a_lost_connection_deep_in_the_causes_is_the_database_being_away() {
        Throwable thrown = new IllegalStateException("commit", new RuntimeException(new SQLException("gone", "08006")));

        assertThat(Problems.expected(thrown)).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.DATABASE_UNAVAILABLE);
            assertThat(Problems.problem(problem, "/x", "t").retryAfterSeconds()).isPositive();
        });
    }

    @Test
    void a_pool_without_a_free_connection_is_the_database_being_away() {
        assertThat(List.of("Sorry, acquisition timeout!", "Acquisition timeout while waiting for new connection"))
                .allSatisfy(words -> assertThat(Problems.expected(new RuntimeException(new SQLException(words))))
                        .get()
                        .extracting(MusterException::code)
                        .isEqualTo(Code.DATABASE_UNAVAILABLE));
    }

    @Test
    void a_broken_rule_of_the_database_is_a_surprise_and_not_told() {
        assertThat(Problems.expected(new RuntimeException(new SQLException("secret text", "23505"))))
                .isEmpty();
        assertThat(Problems.internal("abc").getMessage()).doesNotContain("secret");
    }

    @Test
    void a_refusal_of_the_framework_keeps_its_status() {
        assertThat(Problems.expected(new NotSupportedException()))
                .map(problem -> Problems.status(problem.code()))
                .contains(415);
    }

    @Test
    void several_faults_are_all_told_and_the_first_is_in_the_detail() {

        MusterException refused = MusterException.invalid(
                List.of(
                        new Fault("/spec/queue", Fault.Kind.UNKNOWN_REFERENCE, "there is no queue 'x'", "Create it"),
                        new Fault("/spec/roles", Fault.Kind.REQUIRED, "a job has at least one role")),
                0);
        Problem problem = Problems.problem(refused, "/api/v1/teams/a/jobs", null);

        assertThat(problem.code()).isEqualTo("VALIDATION");
        assertThat(problem.errors()).hasSize(2);
        assertThat(problem.hints()).containsExactly("Create it");
        assertThat(problem.detail()).contains("2 faults").contains("/spec/queue");
    }

    @Test
    void a_name_that_is_nearly_right_is_suggested() {
        assertThat(MusterException.didYouMean("imgae", List.of("image", "env", "args")))
                .isEqualTo("Did you mean 'image'?");
        assertThat(MusterException.didYouMean("entirely-else", List.of("image", "env")))
                .isEqualTo("Known: env, image");
    }

    @Test
    void what_a_caller_sent_cannot_forge_a_line_of_the_log() {
        assertThat(MusterException.shown("a\r\nINFO forged\u202e")).doesNotContain("\n", "\r", "\u202e");
        assertThat(MusterException.shown("x".repeat(1_000_000))).hasSizeLessThan(120);
    }
}
