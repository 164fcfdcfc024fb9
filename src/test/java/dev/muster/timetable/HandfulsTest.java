package dev.muster.timetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.ClusterUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is done by the handful: whom a failure harms, and what it costs the others. */
class HandfulsTest {
    private static final List<Integer> MANY = IntStream.range(0, 100).boxed().toList();

    private final List<List<Integer>> tried = new ArrayList<>();

    @Test
    void what_does_not_fail_is_done_at_once() {
        assertThat(done(MANY, Set.of())).isEqualTo(MANY);
        assertThat(tried).hasSize(1);
        assertThat(done(List.of(), Set.of())).isEmpty();
        assertThat(tried).hasSize(1);
    }

    @Test
    void those_that_it_fails_for_are_left_out_and_each_other_is_done_once_in_its_order() {
        Set<Integer> bad = Set.of(17, 18, 99);

        assertThat(done(MANY, bad))
                .isEqualTo(MANY.stream().filter(one -> !bad.contains(one)).toList());
        assertThat(tried.stream().filter(handful -> handful.stream().noneMatch(bad::contains)))
                .as("what was done in the end")
                .hasSizeLessThan(20);
    }

    @Test
    void where_the_cluster_cannot_be_asked_nobody_is_asked_again() {
        List<Integer> done = Handfuls.halving(MANY, "number", handful -> {
            tried.add(handful);
            throw new ClusterUnavailable("it is away", null);
        });

        assertThat(done).isEmpty();
        assertThat(tried).hasSize(1);
    }

    @Test
    void an_error_of_the_machine_is_nobodys_fault() {
        assertThatThrownBy(() -> Handfuls.halving(MANY, "number", handful -> {
                    tried.add(handful);
                    throw new OutOfMemoryError("for the test");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(tried).hasSize(1);
    }

    private List<Integer> done(List<Integer> all, Set<Integer> bad) {
        return Handfuls.halving(all, "number", handful -> {
            tried.add(handful);
            if (handful.stream().anyMatch(bad::contains)) {
                throw new IllegalStateException("bad for the test");
            }
            return handful;
        });
    }
}
