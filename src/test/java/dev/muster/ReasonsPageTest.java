package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.plan.ReasonCode;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/reasons.md explains every reason, in the order in which the primary one is chosen. */
class ReasonsPageTest {
    private static final Pattern HEADING = Pattern.compile("^## ([A-Z_]+)$", Pattern.MULTILINE);

    @Test
    void every_reason_code_is_a_heading_in_the_order_of_the_primary_reason() {
        assertThat(HEADING.matcher(Clone.text("docs/reasons.md")).results().map(heading -> heading.group(1)))
                .containsExactlyElementsOf(
                        Arrays.stream(ReasonCode.values()).map(Enum::name).toList());
    }
}
