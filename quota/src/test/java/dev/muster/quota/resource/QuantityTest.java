package dev.muster.quota.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "cpu, 500m, 500",
        "cpu, 2, 2000",
        "cpu, 0.1, 100",
        "cpu, 1u, 1",
        "cpu, 3e3, 3000000",
        "cpu, +1, 1000",
        "memory, 18Gi, 19327352832",
        "memory, 1.5Gi, 1610612736",
        "memory, 128974848, 128974848",
        "memory, 129e6, 129000000",
        "memory, 1000m, 1",
        "memory, .5, 1",
        "memory, 5., 5",
        "nvidia.com/gpu, 8, 8",
        "memory, 7Ei, 8070450532247928832",
        "cpu, 0, 0",
        "memory, 9223372036854775807, 9223372036854775807",
        "memory, 1e-999, 1"
    })
    void a_quantity_is_counted_in_the_unit_of_its_resource_rounded_up(String name, String text, long amount) {
        assertThat(Quantity.parse(name, text)).isEqualTo(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "-0.1",
                "abc",
                "1 Gi",
                "1gi",
                "1GiB",
                "0x10",
                "NaN",
                "Infinity",
                "1e999",
                "1e1000",
                "1e",
                "1E19",
                "9223372036854775808",
                "8Ei",
                "1..5",
                "--1",
                "1,5",
                "١",
                "99999999999999999999999999999999999999999999999999"
            })
    void what_is_no_quantity_or_too_much_is_refused_with_its_text(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.parse("memory", text))
                .withMessageContaining("memory")
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("expected");
    }

    @Test
    void a_text_of_a_megabyte_is_refused_at_once_and_not_repeated() {
        String huge = "9".repeat(1 << 20);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.parse("cpu", huge))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(300)));
    }

    @ParameterizedTest
    @CsvSource({"cpu, 1500, 1500m", "cpu, 4000, 4", "memory, 19327352832, 18Gi", "memory, 1000, 1000", "memory, 0, 0"})
    void an_amount_is_written_as_short_as_it_is_exact(String name, long amount, String text) {
        assertThat(Quantity.format(name, amount)).isEqualTo(text);
    }

    @Property(seed = "20261121")
    void what_is_written_is_read_back(@ForAll @LongRange(min = 0) long amount) {
        for (String name : new String[] {"cpu", "memory", "nvidia.com/gpu", "ephemeral-storage"}) {
            assertThat(Quantity.parse(name, Quantity.format(name, amount))).isEqualTo(amount);
        }
    }
}
