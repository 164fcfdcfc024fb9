package dev.muster.volcano.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/volcano-lint.md has a heading for every rule, in order, with its severity, its why and its sample. */
class RulesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "volcano-lint.md");

    @Test
    void every_rule_is_a_heading_in_the_order_of_the_rules() {
        assertThat(sections().keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(Rule.values()).map(Enum::name).toList());
    }

    @Test
    void under_it_is_what_the_rule_says() {
        Map<String, String> sections = sections();
        Map<String, String> samples = Samples.ofRules();
        for (Rule rule : Rule.values()) {
            assertThat(words(sections.get(rule.name())))
                    .startsWith(
                            "*%s* · %s".formatted(rule.severity().name().toLowerCase(Locale.ROOT), words(rule.why())))
                    .contains(words(samples.get(rule.name()).replace("# here", "# ← here")));
        }
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : page().split("(?m)^## ")) {
            if (section.matches("(?s)[A-Z_]+\n.*")) {
                int end = section.indexOf('\n');
                sections.put(section.substring(0, end), section.substring(end + 1));
            }
        }
        return sections;
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
