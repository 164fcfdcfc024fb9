package dev.muster.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scopes, subjects and grants as text, and what is none. */
class ScopeTest {
    @ParameterizedTest
    @ValueSource(strings = {"*", "team/vision", "queue/research"})
    void a_scope_is_read_as_it_is_written(String text) {
        assertThat(Scope.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "team", "team/", "team/Vision", "queue/../x", "vision", "**", "team/a\nb"})
    void what_is_no_scope_is_refused(String text) {
        assertThatThrownBy(() -> Scope.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana", "ana.b+x@example.com", "service/nightly", "a"})
    void a_subject_is_read_as_it_is_written(String text) {
        assertThat(Subject.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ana",
                "ana ",
                "operator",
                "service/operator",
                "muster",
                "a\u202eb",
                "service/",
                "x/y",
                "-a",
                "a-"
            })
    void what_is_no_subject_is_refused(String text) {
        assertThatThrownBy(() -> Subject.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_duty_goes_with_the_scopes_that_it_can_be_done_for() {
        Subject ana = Subject.parse("ana");
        Scope team = Scope.of(new TeamName("vision"));
        Scope queue = Scope.of(new QueueName("research"));

        assertThat(new Grant(ana, Duty.SUBMITTER, team)).hasToString("ana is SUBMITTER for team/vision");
        assertThatThrownBy(() -> new Grant(ana, Duty.OPERATOR, team)).hasMessageContaining("team/vision");
        assertThatThrownBy(() -> new Grant(ana, Duty.SUBMITTER, queue)).hasMessageContaining("queue/research");
        assertThatThrownBy(() -> new Grant(ana, Duty.AUDITOR, queue)).isInstanceOf(IllegalArgumentException.class);
    }
}
