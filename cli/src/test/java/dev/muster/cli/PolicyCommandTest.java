package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
    @TempDir
    private Path folder;

    private Told validate(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), text);
        return Told.by(Map.of(), "policy", "validate", "-f", file.toString());
    }

    @Test
    void a_policy_file_is_checked_without_a_service() throws IOException {
        Told told = validate("""
                kind: Policy
                spec:
                  eviction: { after: 2m }
                """);
        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).contains("policy.yaml is a policy", "muster policy diff -f");
    }

    @Test
    void what_is_wrong_is_told_with_line_column_and_what_was_expected() throws IOException {
        Told told = validate("kind: Policy\nspec:\n  eviction: { aftr: 2m }\n");
        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).contains("policy.yaml:3:15: unknown field 'aftr'", "Did you mean 'after'?");
        assertThat(validate("kind: Policy\nspec: { maxLaunches: many }\n").err())
                .contains("policy.yaml:2:");
        assertThat(validate("kind: Policy\n").exitCode()).isEqualTo(2);
    }
}
