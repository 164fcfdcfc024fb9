package dev.muster.volcano.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.volcano.conf.Input;
import dev.muster.volcano.lint.Finding;
import dev.muster.volcano.lint.Linter;
import dev.muster.volcano.lint.Rule;
import dev.muster.volcano.lint.Severity;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RenderingTest {
    private static final Set<String> GPUS = Set.of("nvidia.com/gpu");

    @Test
    void the_standard_is_in_one_piece_and_without_eviction() {
        assertThat(Rendering.of(Wanted.standard(GPUS))).isEqualTo("""
                        # Written by Muster from its policy: change that ('muster policy'), not this text.
                        actions: "enqueue, allocate, backfill"
                        tiers:
                        - plugins:
                          - name: priority
                          - name: conformance
                          - name: gang
                          - name: capacity
                          - name: predicates
                          - name: nodeorder
                            arguments:
                              leastrequested.weight: 0
                              balancedresource.weight: 0
                              podtopologyspread.weight: 0
                          - name: binpack
                            arguments:
                              binpack.weight: 1
                              binpack.cpu: 1
                              binpack.memory: 1
                              binpack.resources: "nvidia.com/gpu"
                              binpack.resources.nvidia.com/gpu: 10
                        """);
    }

    @Test
    void the_standard_has_no_findings() {
        assertThat(lint(Rendering.of(Wanted.standard(Set.of())))).isEmpty();
        assertThat(lint(Rendering.of(Wanted.standard(GPUS)))).isEmpty();
    }

    @Test
    void an_eviction_that_was_chosen_is_told_its_price_and_is_not_broken() {
        for (Eviction eviction : Eviction.values()) {
            Wanted wanted = new Wanted(eviction, NodeOrder.PACKING, 5, 1, 1, 10, new TreeSet<>(GPUS));
            assertThat(lint(Rendering.of(wanted)))
                    .extracting(Finding::severity)
                    .as("%s", eviction)
                    .doesNotContain(Severity.ERROR);
            assertThat(lint(Rendering.of(wanted)).stream().anyMatch(finding -> finding.rule() == Rule.VOLCANO_EVICTS))
                    .isEqualTo(eviction != Eviction.NONE);
        }
    }

    @Test
    void weights_that_spread_are_written_and_told_by_the_linter_and_one_that_packs_is_not() {
        Wanted spreads = new Wanted(Eviction.NONE, new NodeOrder(1, 0, 2, 3), 1, 1, 1, 10, new TreeSet<>());
        assertThat(Rendering.of(spreads))
                .contains("leastrequested.weight: 1\n", "balancedresource.weight: 2\n", "podtopologyspread.weight: 3\n")
                .doesNotContain("mostrequested");
        assertThat(lint(Rendering.of(spreads)))
                .extracting(Finding::rule)
                .containsExactly(Rule.SPREADING_AGAINST_BINPACK);

        Wanted packs = new Wanted(Eviction.NONE, new NodeOrder(0, 7, 0, 0), 1, 1, 1, 10, new TreeSet<>());
        assertThat(Rendering.of(packs)).contains("      mostrequested.weight: 7\n");
        assertThat(lint(Rendering.of(packs))).isEmpty();
        assertThatThrownBy(() -> new NodeOrder(0, 0, -1, 0)).hasMessage("Bad balanced -1: expected 0 to 1000");
    }

    @Test
    void a_bad_weight_or_a_name_that_would_write_lines_of_its_own_is_refused() {
        assertThatThrownBy(() -> new Wanted(Eviction.NONE, NodeOrder.PACKING, 0, 1, 1, 1, new TreeSet<>()))
                .hasMessage("Bad weight 0: expected 1 to 1000");
        assertThatThrownBy(() -> Wanted.standard(Set.of("gpu\nactions: \"shuffle\"")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_difference_shows_what_goes_and_what_comes() {
        assertThat(TextDiff.of("a\nb\nc\n", "a\nx\nc\n")).containsExactly(" a", "-b", "+x", " c");
        assertThat(TextDiff.of("a\n", "a")).isEmpty();
        assertThat(TextDiff.of("", "a")).containsExactly("+a");
    }

    private static List<Finding> lint(String text) {
        return Linter.lint(Input.read("rendered", text));
    }
}
