package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rights.Duty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/rights.md is the one that is asked. A new one is left in {@code src/target/rights.md}. */
class RightsPageTest {
    private static final String BEGIN = "<!-- made from DutyTable: begin -->\n";
    private static final String END = "<!-- made from DutyTable: end -->\n";
    private static final Map<DutyTable.Reach, String> WORDS = Map.of(
            DutyTable.Reach.NO, "",
            DutyTable.Reach.EVERYWHERE, "if for everything",
            DutyTable.Reach.WITHIN, "in scope",
            DutyTable.Reach.ANYWHERE, "yes");

    @Test
    void the_page_shows_the_table_that_is_asked() throws IOException {
        String page = Files.readString(root().resolve("docs/rights.md"));
        String table = table();
        Path made = root().resolve("src/target/rights.md");
        Files.createDirectories(made.getParent());
        Files.writeString(made, table);

        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("copy " + made)
                .isEqualTo(table);
    }

    private static String table() {
        List<Duty> duties = List.of(Duty.values());
        String head = "| what | " + duties.stream().map(RightsPageTest::words).collect(Collectors.joining(" | "))
                + " |\n|---|" + "---|".repeat(duties.size()) + "\n";
        return Arrays.stream(Resource.Kind.values())
                .flatMap(kind -> rows(kind, duties))
                .collect(Collectors.joining("\n", head, "\n"));
    }

    /** Verbs that are answered alike share a row. */
    private static Stream<String> rows(Resource.Kind kind, List<Duty> duties) {
        Map<List<String>, String> rows = Arrays.stream(Verb.values())
                .filter(verb -> duties.stream()
                        .anyMatch(duty ->
                                duty != Duty.OPERATOR && DutyTable.reach(duty, verb, kind) != DutyTable.Reach.NO))
                .collect(Collectors.groupingBy(
                        verb -> duties.stream()
                                .map(duty -> WORDS.get(DutyTable.reach(duty, verb, kind)))
                                .toList(),
                        java.util.LinkedHashMap::new,
                        Collectors.mapping(RightsPageTest::words, Collectors.joining(", "))));
        return rows.entrySet().stream()
                .map(row ->
                        "| " + words(kind) + ": " + row.getValue() + " | " + String.join(" | ", row.getKey()) + " |");
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("docs/glossary.md"))) {
            at = at.getParent();
        }
        return at;
    }
}
