package dev.muster.quota.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyValuesTest {
    @Test
    void the_standard_says_nothing() {
        assertThat(PolicyValues.of(Policy.standard().settings())).isEmpty();
    }

    @Test
    void every_field_says_again_what_it_was_given() {
        for (PolicyField field : PolicyFields.PLANNER) {
            String other =
                    switch (field.type()) {
                        case WHOLE_NUMBER -> Long.toString(field.most());
                        // Longer than any least, shorter than any most that bounds another field.
                        case LENGTH_OF_TIME -> field.path().endsWith(".least") ? "1m1s" : "10m1s";
                        case PERCENTAGE -> field.most() + "%";
                        case CHOICE ->
                            field.words().stream()
                                    .filter(word -> !word.equals(field.standard()))
                                    .findFirst()
                                    .orElseThrow();
                        case SWITCH -> Boolean.toString(!Boolean.parseBoolean(field.standard()));
                    };
            Map<String, String> values = Map.of(field.path(), other);
            assertThat(PolicyValues.of(PolicyFields.settings(values))).isEqualTo(values);
        }
    }
}
