package dev.muster.quota.fit;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class QuotientTest {
    @Property(tries = 2_000)
    void it_is_what_division_of_whole_numbers_gives(
            @ForAll @LongRange(min = 1) long asked, @ForAll @LongRange(min = 0) long beyond) {
        long left = asked > Long.MAX_VALUE - beyond ? Long.MAX_VALUE : asked + beyond;
        assertThat(Room.quotient(left, asked)).isEqualTo(left / asked);
    }

    @Property(tries = 2_000)
    void also_one_below_and_above_a_multiple(
            @ForAll @LongRange(min = 1, max = 1L << 40) long asked,
            @ForAll @LongRange(min = 2, max = 1L << 12) long times) {
        long multiple = asked * times;
        assertThat(Room.quotient(multiple - 1, asked)).isEqualTo((multiple - 1) / asked);
        assertThat(Room.quotient(multiple, asked)).isEqualTo(times);
        assertThat(Room.quotient(multiple + 1, asked)).isEqualTo((multiple + 1) / asked);
    }
}
