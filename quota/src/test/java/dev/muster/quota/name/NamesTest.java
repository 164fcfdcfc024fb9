package dev.muster.quota.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final Pattern RFC_1123 = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    @Test
    void a_label_has_1_to_63_letters_digits_and_hyphens_and_no_hyphen_at_its_ends() {
        assertThat(Set.of("a", "0", "a-b", "a--b", "a".repeat(63))).allMatch(Names::isLabel);
        assertThat(Set.of("", "-", "-a", "a-", "A", "ä", "a.b", "a_b", "a b", "a\n", "a".repeat(64)))
                .noneMatch(Names::isLabel);
    }

    @Property
    void it_is_what_the_expression_of_the_rfc_says(
            @ForAll
                    @StringLength(max = 66)
                    @CharRange(from = '`', to = '{')
                    @CharRange(from = '/', to = ':')
                    @Chars('-')
                    String text) {
        assertThat(Names.isLabel(text))
                .isEqualTo(text.length() <= 63 && RFC_1123.matcher(text).matches());
    }
}
