package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every command of docs/planning-tutorial.md prints what the page says, and every file on it is the file that it names. */
class PlanningTutorialTest {
    private static final Pattern COMMAND = Pattern.compile("```console\n\\$ muster ([^\n]*)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/planning-tutorial.md"));
    }

    @TestFactory
    Stream<DynamicTest> every_command_prints_what_the_page_says() throws IOException {
        List<MatchResult> commands = COMMAND.matcher(page()).results().toList();
        assertThat(commands).hasSizeGreaterThan(6);
        return commands.stream()
                .map(command -> DynamicTest.dynamicTest(command.group(1), () -> {
                    String[] words = Arrays.stream(command.group(1).split(" "))
                            .map(word -> word.startsWith("examples/") ? "../" + word : word)
                            .toArray(String[]::new);
                    Told told = Told.by(Map.of(), words);
                    assertThat(told.err()).isEmpty();
                    assertThat(told.exitCode()).isZero();
                    String out = told.out()
                            .replace("../examples/", "examples/")
                            .lines()
                            .map(String::stripTrailing)
                            .collect(Collectors.joining("\n"));
                    assertThat(out.stripTrailing()).isEqualTo(command.group(2).stripTrailing());
                }));
    }

    @Test
    void every_file_on_the_page_is_the_file_in_the_clone() throws IOException {
        List<String> shown = FILE.matcher(page())
                .results()
                .map(file -> file.group(1).strip())
                .toList();
        try (Stream<Path> examples = Files.list(Path.of("../examples/planning"))) {
            List<Path> files = examples.sorted().toList();
            assertThat(files).hasSize(5);
            for (Path file : files) {
                String text = Files.readString(file);
                assertThat(shown)
                        .contains(text.substring(text.indexOf('\n') + 1).strip());
            }
        }
    }
}
