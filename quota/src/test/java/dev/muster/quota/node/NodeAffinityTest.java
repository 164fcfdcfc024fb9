package dev.muster.quota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.quota.node.NodeAffinity.Expression;
import dev.muster.quota.node.NodeAffinity.Operator;
import dev.muster.quota.node.NodeAffinity.Preferred;
import dev.muster.quota.node.NodeAffinity.Term;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeAffinityTest {
    private static final Map<String, String> LABELS = Map.of("zone", "a", "cores", "32", "model", "x1");

    private static Term term(String key, Operator operator, String... values) {
        return new Term(List.of(new Expression(key, operator, List.of(values))));
    }

    private static boolean allows(Term... terms) {
        return new NodeAffinity(List.of(terms), List.of()).allows(LABELS);
    }

    @Test
    void each_operator_compares_as_in_kubernetes() {
        assertThat(allows(term("zone", Operator.IN, "b", "a"))).isTrue();
        assertThat(allows(term("zone", Operator.NOT_IN, "a"))).isFalse();
        assertThat(allows(term("absent", Operator.NOT_IN, "a"))).isTrue();
        assertThat(allows(term("zone", Operator.EXISTS))).isTrue();
        assertThat(allows(term("zone", Operator.DOES_NOT_EXIST))).isFalse();
        assertThat(allows(term("cores", Operator.GT, "31"))).isTrue();
        assertThat(allows(term("cores", Operator.LT, "32"))).isFalse();
        assertThat(allows(term("model", Operator.GT, "0"))).isFalse();
        assertThat(allows(term("absent", Operator.LT, "9"))).isFalse();
    }

    @Test
    void one_term_must_hold_and_within_it_every_expression() {
        Term both = new Term(List.of(
                new Expression("zone", Operator.IN, List.of("a")),
                new Expression("cores", Operator.GT, List.of("64"))));
        assertThat(allows(both)).isFalse();
        assertThat(allows(both, term("zone", Operator.EXISTS))).isTrue();
        assertThat(allows(new Term(List.of()))).isFalse();
        assertThat(NodeAffinity.ANY.allows(Map.of())).isTrue();
    }

    @Test
    void weights_of_preferred_terms_add_up() {
        NodeAffinity affinity = new NodeAffinity(
                List.of(),
                List.of(
                        new Preferred(10, term("zone", Operator.EXISTS)),
                        new Preferred(5, term("cores", Operator.GT, "1")),
                        new Preferred(100, term("zone", Operator.IN, "b"))));
        assertThat(affinity.preference(LABELS)).isEqualTo(15);
        assertThat(affinity.labels()).containsExactly("cores", "zone");
    }

    @Test
    void a_team_and_a_job_must_both_be_content() {
        NodeAffinity team = new NodeAffinity(List.of(term("zone", Operator.IN, "a", "b")), List.of());
        NodeAffinity job =
                new NodeAffinity(List.of(term("zone", Operator.IN, "c"), term("cores", Operator.EXISTS)), List.of());
        assertThat(team.and(job).allows(LABELS)).isTrue();
        assertThat(team.and(job).allows(Map.of("zone", "c"))).isFalse();
        assertThat(team.and(NodeAffinity.ANY)).isEqualTo(team);
    }

    @Test
    void expressions_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> term("zone", Operator.IN));
        assertThatIllegalArgumentException().isThrownBy(() -> term("zone", Operator.EXISTS, "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> term("zone", Operator.GT, "many"));
        assertThatIllegalArgumentException().isThrownBy(() -> term("zone", Operator.LT, "99999999999999999999"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Preferred(0, term("zone", Operator.EXISTS)));
    }
}
