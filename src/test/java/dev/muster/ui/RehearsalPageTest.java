package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two policies side by side: which is better is said in words, as is the course. */
class RehearsalPageTest {
    @Test
    void less_waiting_and_more_use_are_better_and_more_evictions_are_worse() {
        var rows = RehearsalPage.rows(RehearsalSamples.result());
        assertThat(rows)
                .filteredOn(row -> row.name().equals("wait p95"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.inForce()).isEqualTo("2 h");
                    assertThat(row.tried()).isEqualTo("3 min");
                    assertThat(row.change()).isEqualTo("−1 h 57 min");
                    assertThat(row.verdict()).isEqualTo("better");
                });
        assertThat(rows)
                .filteredOn(row -> row.name().equals("evictions"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.change()).isEqualTo("+3");
                    assertThat(row.verdict()).isEqualTo("worse");
                });
        assertThat(rows)
                .filteredOn(row -> row.name().equals("utilisation"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.tried()).isEqualTo("75.0 %");
                    assertThat(row.verdict()).isEqualTo("better");
                });
        assertThat(rows)
                .filteredOn(row -> row.name().equals("failed"))
                .singleElement()
                .satisfies(row -> assertThat(row.change() + row.verdict()).isEqualTo("same"));
    }

    @Test
    void waits_are_told_by_priority_with_the_name_of_its_class() {
        var waits = RehearsalPage.waits(RehearsalSamples.result(), Map.of(100, "rush"));
        assertThat(waits).extracting(RehearsalPage.Wait::priority).containsExactly("100 rush", "7");
        assertThat(waits.get(0).verdict()).isEqualTo("better");
        assertThat(waits.get(1).change()).isEqualTo("same");
    }

    @Test
    void the_chart_is_also_a_sentence() {
        var chart = RehearsalPage.chart(RehearsalSamples.result());
        assertThat(chart).isNotNull();
        assertThat(chart.sentence())
                .isEqualTo(
                        "Jobs that wait, over 1 d: at most 20 with the policy in force, 0 with the one that was tried");
        assertThat(chart.inForce()).isEqualTo("0.0,100.0 1000.0,0.0");
    }

    @Test
    void one_that_is_done_can_be_applied_one_that_was_applied_taken_back_one_that_runs_cancelled() {
        assertThat(Drawing.draw("rehearsal", RehearsalSamples.done()))
                .contains("value=\"apply\"")
                .contains("eviction.preempt=true")
                .doesNotContain("/cancel");
        assertThat(Drawing.draw("rehearsal", RehearsalSamples.applied()))
                .contains("action=\"/ui/policy/3/back\"")
                .doesNotContain("value=\"apply\"");
        assertThat(Drawing.draw("rehearsal", RehearsalSamples.running()))
                .contains("/ui/policy/rehearsals/r-0123456789ab/cancel")
                .contains("value=\"41\"")
                .contains("data-soon");
        assertThat(Drawing.draw("rehearsal", RehearsalSamples.watched()))
                .contains("value=\"41\"", "asked for by &lt;script&gt;ana")
                .doesNotContain("/cancel\"");
        assertThat(Drawing.draw("rehearsal", RehearsalSamples.cancelled()))
                .contains("It was taken back")
                .doesNotContain("data-soon", "/cancel\"", "value=\"apply\"");
        assertThat(Drawing.draw("rehearsal", RehearsalSamples.failed()))
                .contains("No &lt;b&gt;job&lt;/b&gt; ran")
                .doesNotContain("data-soon");
    }
}
