package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/verbs.md has every operation of the service; the command's tests run what stands beside each. */
class VerbsPageTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([A-Z]+ /\\S*)` \\| (`.+`|– .{20,}) \\|$", Pattern.MULTILINE);

    @Test
    void every_operation_has_a_command_or_a_reason_and_nothing_else_stands_there() throws IOException {
        List<String> written = ROW.matcher(Files.readString(page()))
                .results()
                .map(row -> row.group(1).replaceFirst(" /", " /api/v1/").replaceAll("\\{[^}]+}", "{}"))
                .toList();

        assertThat(written)
                .as("rows of docs/verbs.md")
                .containsExactlyInAnyOrderElementsOf(EveryOperationTest.asked().keySet().stream()
                        .map(operation -> operation.replaceAll("\\{[^}]+}", "{}"))
                        .toList());
    }

    private static Path page() {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs")) ? here : here.getParent();
        return root.resolve("docs/verbs.md");
    }
}
