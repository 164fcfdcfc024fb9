package dev.muster.quota.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ResourcesTest {
    private static final Resources FOUR_CPU = Resources.cpuAndMemory(4000, 18L << 30);

    @Test
    void amounts_of_the_same_name_are_added_and_taken_away_never_below_zero() {
        assertThat(FOUR_CPU.plus(Resources.of("gpu", 1)).asMap())
                .isEqualTo(Map.of("cpu", 4000L, "memory", 18L << 30, "gpu", 1L));
        assertThat(FOUR_CPU.minus(Resources.of(Map.of("cpu", 5000L, "gpu", 2L))))
                .isEqualTo(Resources.of("memory", 18L << 30));
    }

    @Test
    void sums_and_products_stop_at_the_largest_amount() {
        Resources most = Resources.of("gpu", Long.MAX_VALUE);
        assertThat(most.plus(most)).isEqualTo(most);
        assertThat(most.times(3)).isEqualTo(most);
        assertThat(Resources.of("gpu", 1L << 40).times(1L << 40)).isEqualTo(most);
    }

    @Test
    void a_name_that_is_absent_has_nothing_and_fits_into_anything() {
        assertThat(Resources.NONE.fitsIn(Resources.NONE)).isTrue();
        assertThat(FOUR_CPU.fitsIn(Resources.of("cpu", 4000))).isFalse();
        assertThat(Resources.of("cpu", 4000).fitsIn(FOUR_CPU)).isTrue();
    }

    @Test
    void negative_amounts_and_factors_are_refused_with_the_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resources.of("cpu", -1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resources.limit(Map.of("cpu", -1L)))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FOUR_CPU.times(-2))
                .withMessageContaining("-2");
    }

    @Test
    void zero_is_left_out_of_amounts_and_kept_in_limits() {
        assertThat(Resources.of("gpu", 0)).isEqualTo(Resources.NONE);
        assertThat(Resources.limit(Map.of("gpu", 0L)).names()).containsExactly("gpu");
        assertThat(Resources.limit(Map.of("gpu", 0L)).isZero()).isTrue();
    }

    @Test
    void amounts_are_said_as_people_say_them() {
        assertThat(FOUR_CPU.spoken()).isEqualTo("4 cpu, 18Gi");
        assertThat(Resources.of("nvidia.com/gpu", 8).spoken()).isEqualTo("8 nvidia.com/gpu");
        assertThat(Resources.NONE.spoken()).isEqualTo("nothing");
        assertThat(FOUR_CPU).hasToString("cpu 4, memory 18Gi");
    }

    @Test
    void an_index_puts_amounts_in_their_places_and_tells_what_it_does_not_know() {
        ResourceIndex index = ResourceIndex.of(List.of(FOUR_CPU, Resources.of("gpu", 1), FOUR_CPU));
        assertThat(index.size()).isEqualTo(3);
        Resources mixed = Resources.of(Map.of("memory", 5L, "aaa", 7L, "gpu", 2L, "zzz", 9L));
        assertThat(index.vector(mixed)).containsExactly(0, 2, 5);
        assertThat(index.unknown(mixed)).containsExactly("aaa", "zzz");
        assertThat(index.resources(index.vector(mixed), 0)).isEqualTo(Resources.of(Map.of("gpu", 2L, "memory", 5L)));
    }

    @Property(seed = "20261121")
    void a_share_is_exact_and_does_not_overflow(
            @ForAll @LongRange(min = 0) long amount,
            @ForAll @LongRange(min = 1) long whole,
            @ForAll @LongRange(min = 0) long any) {
        long part = any % whole;
        assertThat(BigInteger.valueOf(Resources.share(amount, part, whole)))
                .isEqualTo(BigInteger.valueOf(amount)
                        .multiply(BigInteger.valueOf(part))
                        .divide(BigInteger.valueOf(whole)));
    }
}
