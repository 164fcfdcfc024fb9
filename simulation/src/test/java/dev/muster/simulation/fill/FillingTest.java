package dev.muster.simulation.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FillingTest {
    private static final FillPod WHOLE = new FillPod(2_000, 1_024, 1, FillPod.WHOLE, Set.of());
    private static final FillPod TWO = new FillPod(2_000, 1_024, 2, FillPod.WHOLE, Set.of());
    private static final FillPod HALF = new FillPod(8_000, 1_024, 1, 500, Set.of());
    private static final FillPod PLAIN = new FillPod(4_000, 1_024, 0, 0, Set.of());
    private static final Scoring PACK = Scoring.of("pack", new Weights(0, 0, 0, 1, 0, 0, 1, 0));
    private static final Scoring SPREAD = Scoring.of("spread", new Weights(1, 0, 0, 0, 1, 1, 0, 0));
    private static final Scoring LEAST = new Scoring("least", Scoring.Kind.LEAST_FRAGMENTATION, null, false);

    private static List<FillNode> nodes(int count) {
        List<FillNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(new FillNode("node-" + i, 16_000, 65_536, 2, "A"));
        }
        return nodes;
    }

    @Test
    void idle_is_useless_where_no_such_pod_fits_and_on_gpus_with_too_little_left() {
        Machine machine = new Machine(new FillNode("node", 16_000, 65_536, 2, "A"));
        machine.take(new FillPod(10_000, 1, 1, 700, Set.of()), 0);
        // 300 and 1,000 are idle, and 6 cpus: a half with 8 cpus fits nowhere, a whole one not on the first.
        assertThat(Mix.of(List.of(HALF)).useless(machine)).isEqualTo(1_300);
        assertThat(Mix.of(List.of(WHOLE)).useless(machine)).isEqualTo(300);
        assertThat(Mix.of(List.of(PLAIN)).useless(machine)).isEqualTo(1_300);
        assertThat(Mix.of(List.of(HALF, WHOLE)).useless(machine)).isEqualTo(800);
    }

    @Test
    void what_asks_for_another_model_fits_nowhere() {
        Machine machine = new Machine(new FillNode("node", 16_000, 65_536, 2, "A"));
        FillPod other = new FillPod(1_000, 1, 1, FillPod.WHOLE, Set.of("B"));
        assertThat(machine.fits(other)).isFalse();
        assertThat(Mix.of(List.of(other)).useless(machine)).isEqualTo(2_000);
    }

    @Test
    void packing_keeps_room_for_pods_of_several_gpus_and_spreading_does_not() {
        List<FillPod> pods = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            pods.add(WHOLE);
            pods.add(TWO);
        }
        Filled packed = new Filling(nodes(20), pods, PACK, 0.9, 1).run();
        Filled spread = new Filling(nodes(20), pods, SPREAD, 0.9, 1).run();
        assertThat(packed.samples().get(packed.samples().size() - 1).failedWide())
                .isZero();
        assertThat(spread.samples().get(spread.samples().size() - 1).failedWide())
                .isPositive();
        assertThat(packed.firstFailure()).isNaN();
        assertThat(spread.firstFailure()).isLessThan(0.9);
    }

    @Property(tries = 40)
    void the_same_seed_fills_the_same_way_and_nothing_is_given_twice(
            @ForAll @IntRange(min = 1, max = 1_000_000) int seed, @ForAll @IntRange(min = 0, max = 2) int which) {
        Scoring scoring = List.of(PACK, SPREAD, LEAST).get(which);
        List<FillPod> pods = List.of(WHOLE, TWO, HALF, HALF, PLAIN);
        Filled once = new Filling(nodes(9), pods, scoring, 1.4, seed).run();
        assertThat(new Filling(nodes(9), pods, scoring, 1.4, seed).run()).isEqualTo(once);
        double last = 0;
        for (Filled.Sample sample : once.samples()) {
            assertThat(sample.given()).isBetween(last, Math.min(1, sample.arrived() + 1e-9) + 0.12);
            assertThat(sample.given()).isLessThanOrEqualTo(1);
            assertThat(sample.useless()).isBetween(0.0, 1 - sample.given() + 1e-9);
            assertThat(sample.failedWide()).isLessThanOrEqualTo(Math.min(sample.failed(), sample.wide()));
            last = sample.given();
        }
    }

    @Test
    void so_much_is_asked_for_as_was_wanted() {
        List<FillPod> pods = List.of(WHOLE, TWO, HALF);
        for (double times : new double[] {0.5, 1, 1.3}) {
            double asked = Arriving.of(pods, nodes(50), times, 7).stream()
                            .mapToLong(FillPod::gpuDemand)
                            .sum()
                    / Arriving.capacity(nodes(50));
            assertThat(asked).isCloseTo(times, within(0.02));
        }
    }

    /** The same numbers as Volcano's scorer gives: int64((1 − √Σ(share − mean)²/n) × 100). */
    @Test
    void balance_counts_gpus_where_the_pod_asks_for_some() {
        Weights balance = new Weights(0, 0, 1, 0, 1, 1, 0, 0);
        Machine machine = new Machine(new FillNode("node", 16_000, 65_536, 2, "A"));
        // With it 1/2 of the cpus, 1/4 of the memory and all GPUs are taken; without GPUs two shares count.
        FillPod both = new FillPod(8_000, 16_384, 2, FillPod.WHOLE, Set.of());
        FillPod none = new FillPod(8_000, 16_384, 0, 0, Set.of());
        assertThat(balance.score(machine, both)).isEqualTo(68);
        assertThat(balance.score(machine, none)).isEqualTo(87);
    }

    @Test
    void a_pod_asks_for_a_part_of_one_gpu_or_for_whole_ones() {
        assertThatThrownBy(() -> new FillPod(1, 1, 2, 500, Set.of()))
                .hasMessageContaining("2 × 500 thousandths of a GPU: expected none, a part of one, or whole ones");
    }
}
