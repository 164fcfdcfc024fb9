package dev.muster.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.BadInput;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PolicyFileTest {
    @Test
    void the_sample_is_sound() {
        assertThat(PolicyFile.read(Path.of("../examples/policies/aging.yaml")))
                .containsEntry("backfill.depth", "2")
                .containsEntry("aging.perHour", "1");
    }

    @Test
    void a_typing_error_is_said_with_line_and_column() {
        assertThatThrownBy(() -> PolicyFile.read("p.yaml", "kind: Policy\nspec:\n  backfil: {depth: 2}\n"))
                .isInstanceOf(BadInput.class)
                .hasMessage("p.yaml:3:3: unknown field 'backfil' in spec");
        assertThatThrownBy(() -> PolicyFile.read("p.yaml", "spec:\n  aging:\n    perHour: much\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("p.yaml:3:14: spec.aging.perHour: Bad aging.perHour 'much'");
    }

    @Test
    void a_file_of_another_kind_is_refused() {
        assertThatThrownBy(() -> PolicyFile.read("p.yaml", "kind: Job\nspec: {}\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("p.yaml:1:7: bad kind 'Job'");
    }
}
