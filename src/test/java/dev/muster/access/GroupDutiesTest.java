package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.rights.Grant;
import dev.muster.rights.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupDutiesTest {
    private static final Subject ANA = Subject.parse("ana");

    @Test
    void groups_give_what_their_lines_say_each_once() {
        GroupDuties duties = GroupDuties.parse(List.of(
                "dev=submitter team/vision", "dev = quota-admin queue/research", "cn=leads=TEAM_ADMIN team/vision"));

        assertThat(duties.of(ANA, List.of("dev", "dev", "other")))
                .extracting(Grant::toString)
                .containsExactlyInAnyOrder("ana is SUBMITTER for team/vision", "ana is QUOTA_ADMIN for queue/research");
        assertThat(duties.of(ANA, List.of("cn=leads"))).hasSize(1);
        assertThat(duties.of(ANA, List.of("DEV"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev",
                "=submitter team/vision",
                "dev=submitter",
                "dev=king team/vision",
                "dev=operator team/vision",
                "dev=submitter vision",
                "dev=submitter team/Vi sion"
            })
    void a_line_that_gives_nothing_is_refused_by_its_text(String line) {
        assertThatThrownBy(() -> GroupDuties.parse(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(line)
                .hasMessageContaining("expected");
    }
}
