package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TellingTest {
    private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

    private final List<Integer> told = new CopyOnWriteArrayList<>();

    @Test
    void one_at_once_is_told_in_order_on_the_thread_of_the_caller() {
        Thread caller = Thread.currentThread();
        Telling.all(
                TEN,
                1,
                number -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    told.add(number);
                },
                () -> assertThat(told).hasSize(5));
        assertThat(told).isEqualTo(TEN);
    }

    @Test
    void as_many_are_told_at_once_as_the_cluster_takes() {
        CyclicBarrier five = new CyclicBarrier(5);
        Telling.all(
                TEN,
                5,
                number -> {
                    meet(five);
                    told.add(number);
                },
                () -> {});
        assertThat(told).containsExactlyInAnyOrderElementsOf(TEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void trouble_of_some_keeps_no_other_from_being_told_and_is_returned_in_order(int atOnce) {
        AtomicInteger halves = new AtomicInteger();
        Map<Integer, RuntimeException> troubles = Telling.all(
                TEN, atOnce, number -> tell(number, Set.of(1, 2, 4, 5, 9), Set.of(3)), halves::incrementAndGet);
        assertThat(troubles.keySet()).containsExactly(1, 2, 3, 4, 5, 9);
        assertThat(troubles.get(3)).isInstanceOf(IllegalArgumentException.class);
        assertThat(told).containsExactlyInAnyOrder(0, 6, 7, 8);
        assertThat(halves).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void three_neighbours_in_trouble_end_it_and_those_under_way_are_waited_for(int atOnce) {
        List<Integer> many = IntStream.range(0, 1000).boxed().toList();
        Set<Integer> tried = new ConcurrentSkipListSet<>();
        AtomicInteger underWay = new AtomicInteger();
        assertThatThrownBy(() -> Telling.all(
                        many,
                        atOnce,
                        number -> {
                            underWay.incrementAndGet();
                            tried.add(number);
                            underWay.decrementAndGet();
                            throw new ClusterUnavailable("away", null);
                        },
                        () -> {}))
                .isInstanceOf(ClusterUnavailable.class);
        assertThat(tried).hasSizeBetween(3, 3 + 3 * atOnce);
        assertThat(underWay).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void a_fault_of_our_own_is_told_as_it_is(int atOnce) {
        assertThatThrownBy(() -> Telling.all(
                        TEN,
                        atOnce,
                        number -> {
                            throw new IllegalStateException("fault");
                        },
                        () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("fault");
    }

    private void tell(int number, Set<Integer> unheard, Set<Integer> refused) {
        if (unheard.contains(number)) {
            throw new ClusterUnavailable("away", null);
        }
        if (refused.contains(number)) {
            throw new IllegalArgumentException("refused");
        }
        told.add(number);
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
