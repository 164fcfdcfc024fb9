package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One word per idea: what docs/glossary.md lists as "never" names nothing in the sources. */
class GlossaryTest {
    /** A row of four cells; the first is the word, the last what must not be used for it. */
    private static final Pattern ROW =
            Pattern.compile("^\\| (?!word )([a-z][^|]*) \\|[^|]*\\| ?([a-z, ]*) ?\\|$", Pattern.MULTILINE);

    private static final Pattern TEXT_AND_COMMENT = Pattern.compile(
            "(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])'");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    /** What libraries call their things is not ours to choose. */
    private static final Set<String> OF_LIBRARIES =
            Set.of("getMasterUrl", "OidcTenantConfig", "OidcTenantConfigBuilder", "TenantConfigResolver", "tenantId");

    @Test
    void no_identifier_uses_another_word_for_an_idea_of_the_glossary() {
        Set<String> never = never();
        assertThat(never).contains("tenant", "workload");
        assertThat(Stream.of("main", "test")
                        .flatMap(kind -> Clone.sources(kind).stream())
                        .flatMap(file -> strangers(file, never)))
                .isEmpty();
    }

    @Test
    void a_forbidden_word_is_found_inside_a_name() {
        Set<String> never = Set.of("nodegroup");
        assertThat(uses("theNodeGroups", never)).isFalse();
        assertThat(uses("theNodeGroupName", never)).isTrue();
        assertThat(uses("NODE_GROUP", never)).isTrue();
        assertThat(uses("groupNode", never)).isFalse();
    }

    private static Set<String> never() {
        Set<String> words = new TreeSet<>();
        ROW.matcher(Clone.text("docs/glossary.md")).results().forEach(row -> Arrays.stream(
                        row.group(2).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .forEach(words::add));
        return words;
    }

    private static Stream<String> strangers(Path file, Set<String> never) {
        String code = TEXT_AND_COMMENT.matcher(Clone.text(file)).replaceAll(" ");
        return IDENTIFIER
                .matcher(code)
                .results()
                .map(identifier -> identifier.group())
                .distinct()
                .filter(identifier -> !OF_LIBRARIES.contains(identifier))
                .filter(identifier -> uses(identifier, never))
                .map(identifier -> Clone.ROOT.relativize(file) + ": " + identifier);
    }

    private static boolean uses(String identifier, Set<String> never) {
        List<String> words = BETWEEN_WORDS
                .splitAsStream(identifier)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= words.size(); to++) {
                if (never.contains(String.join("", words.subList(from, to)))) {
                    return true;
                }
            }
        }
        return false;
    }
}
