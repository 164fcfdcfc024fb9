package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/stories.md has every row of the five stories, and what it says of each can be looked up. */
class StoriesPageTest {
    /** How many rows each story has. */
    private static final int[] ROWS = {28, 8, 13, 28, 14};

    private static final Pattern ROW =
            Pattern.compile("^\\| (\\d\\.\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|(.*)\\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+)`");
    private static final List<MatchResult> TABLE =
            ROW.matcher(Clone.text("docs/stories.md")).results().toList();

    @Test
    void every_row_is_there_in_order() {
        List<String> expected = new ArrayList<>();
        for (int story = 0; story < ROWS.length; story++) {
            for (int row = 1; row <= ROWS[story]; row++) {
                expected.add(story + "." + row);
            }
        }
        assertThat(TABLE).extracting(row -> row.group(1)).containsExactlyElementsOf(expected);
    }

    @Test
    void what_is_so_has_a_page_and_tests_that_are_there_and_what_is_not_has_a_reason() {
        Set<String> classes = Clone.sources("test").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        assertThat(TABLE).allSatisfy(row -> {
            String so = row.group(3).strip();
            List<String> tests = TEST.matcher(row.group(5))
                    .results()
                    .map(test -> test.group(1))
                    .toList();
            assertThat(so).as(row.group(1)).isIn("yes", "part", "not yet", "no");
            assertThat(row.group(4).strip().length()).as(row.group(1)).isGreaterThan(10);
            if (so.equals("yes") || so.equals("part")) {
                assertThat(row.group(4)).as(row.group(1)).contains("](");
                assertThat(tests).as(row.group(1)).isNotEmpty();
            }
            if (so.equals("part")) {
                assertThat(row.group(4))
                        .as("%s says what is missing after a semicolon", row.group(1))
                        .contains(";");
            }
            assertThat(classes).as(row.group(1)).containsAll(tests);
        });
    }
}
