package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the clone say what is there. */
class PagesTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern TEST_CLASS = Pattern.compile(".*(Test|IT|Contract)\\.java");
    private static final Pattern FIRST_CELL = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);
    private static final List<String> PARTS = List.of(
            "**Context.**", "**Decision.**", "**Consequences.**", "**What would change our mind.**", "**Non-Goals.**");

    @Test
    void every_link_to_a_file_leads_to_one() {
        assertThat(pages().flatMap(PagesTest::deadLinks)).isEmpty();
    }

    @Test
    void every_test_class_is_in_the_table_of_tests_in_the_order_of_the_alphabet() {
        List<String> classes = Clone.sources("test").stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> TEST_CLASS.matcher(name).matches())
                .map(name -> name.replace(".java", ""))
                .sorted()
                .toList();
        assertThat(FIRST_CELL.matcher(Clone.text("docs/testing.md")).results().map(row -> row.group(1)))
                .as("rows of docs/testing.md; add one for a new test class, take away that of a class that is gone")
                .containsExactlyElementsOf(classes);
    }

    @Test
    void every_decision_has_all_its_parts_and_is_in_the_index() {
        String index = Clone.text("docs/decisions/README.md");
        List<Path> records = Clone.files("docs/decisions", ".md").stream()
                .filter(file -> !file.endsWith("README.md"))
                .toList();
        assertThat(records).isNotEmpty().allSatisfy(record -> {
            assertThat(Clone.text(record)).contains(PARTS);
            assertThat(index).contains("(" + record.getFileName() + ")");
        });
    }

    private static Stream<Path> pages() {
        return Stream.concat(
                Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md")
                        .map(Clone.ROOT::resolve),
                Clone.files("docs", ".md").stream());
    }

    private static Stream<String> deadLinks(Path page) {
        return LINK.matcher(Clone.text(page))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.contains("://"))
                .filter(target -> !Files.exists(page.resolveSibling(target)))
                .map(target -> Clone.ROOT.relativize(page) + ": " + target);
    }
}
