package dev.muster.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ApiPageTest {

    @Test
    void the_page_of_the_api_lists_every_code_with_its_status_and_nothing_else() throws IOException {
        List<String> written = Pattern.compile("^\\| `[A-Z_]+` \\| \\d{3} \\| .* \\|$", Pattern.MULTILINE)
                .matcher(Files.readString(page()))
                .results()
                .map(match -> match.group())
                .toList();

        assertThat(written)
                .containsExactly(Arrays.stream(Code.values())
                        .sorted(java.util.Comparator.comparingInt(Problems::status)
                                .thenComparing(Enum::ordinal))
                        .map(code -> "| `%s` | %d | %s |".formatted(code, Problems.status(code), code.title()))
                        .toArray(String[]::new));
    }

    private static Path page() {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs")) ? here : here.getParent();
        return root.resolve("docs/api.md");
    }
}
