package dev.muster.kubernetes.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PinningTest {
    private static final PoolName SPOT = new PoolName("spot");
    private static final PoolName CPU = new PoolName("cpu");

    @Test
    void a_template_may_run_in_any_of_the_pools_that_it_was_promised() {
        assertThat(shown(new Pinning(PinningTest::named).template(List.of(), List.of(SPOT, CPU, SPOT))))
                .containsExactly("pool=spot", "pool=cpu");
    }

    @Test
    void what_it_asked_itself_still_holds_in_each() {
        List<NodeSelectorTerm> asked = terms("zone=a", "zone=b");
        assertThat(shown(new Pinning(PinningTest::named).template(asked, List.of(SPOT, CPU))))
                .containsExactly("zone=a & pool=spot", "zone=a & pool=cpu", "zone=b & pool=spot", "zone=b & pool=cpu");
    }

    @Test
    void a_pod_that_waits_asks_more_in_each_of_its_terms() {
        PodSpec pod = Pinning.with(new PodSpec(), terms("zone=a", "zone=b"));
        assertThat(shown(Pinning.asked(new Pinning(PinningTest::named).pod(pod, List.of(SPOT)))))
                .containsExactly("zone=a & pool=spot", "zone=b & pool=spot");
    }

    @Test
    void a_pod_that_is_held_to_its_pool_already_stays_as_it_is() {
        Pinning pinning = new Pinning(PinningTest::named);
        PodSpec held = pinning.pod(Pinning.with(new PodSpec(), terms("zone=a")), List.of(SPOT));
        assertThat(pinning.pod(held, List.of(SPOT))).isEqualTo(held);
    }

    @Test
    void a_pod_with_terms_of_its_own_keeps_them_where_kubernetes_would_take_no_others() {
        Pinning eitherWay = new Pinning(pool -> affinity("pool=" + pool, "kind=" + pool));
        PodSpec pod = Pinning.with(new PodSpec(), terms("zone=a"));
        assertThat(eitherWay.pod(pod, List.of(SPOT))).isEqualTo(pod);
        assertThat(shown(Pinning.asked(eitherWay.pod(new PodSpec(), List.of(SPOT)))))
                .containsExactly("pool=spot", "kind=spot");
    }

    @Test
    void pods_of_a_role_that_is_split_may_run_in_each_of_its_pools() {
        Placement placement = Placement.parse("worker:spot=1,cpu=2;driver:cpu=1");
        PodSpec worker = new Pinning(PinningTest::named).pod(new PodSpec(), placement.pools("worker/2"));
        assertThat(shown(Pinning.asked(worker))).containsExactly("pool=spot", "pool=cpu");
        PodSpec driver = new Pinning(PinningTest::named).pod(new PodSpec(), placement.pools("driver/0"));
        assertThat(shown(Pinning.asked(driver))).containsExactly("pool=cpu");
    }

    @Test
    void a_pod_that_was_promised_no_pool_stays_as_it_is() {
        Placement placement = Placement.parse("worker:spot=1");
        assertThat(new Pinning(PinningTest::named).pod(new PodSpec(), placement.pools("other/0")))
                .isEqualTo(new PodSpec());
    }

    @Test
    void terms_are_taken_away_again() {
        PodSpec pod = Pinning.with(new PodSpec(), terms("zone=a"));
        assertThat(Pinning.asked(Pinning.with(pod, List.of()))).isEmpty();
    }

    private static NodeAffinity named(PoolName pool) {
        return affinity("pool=" + pool);
    }

    private static List<NodeSelectorTerm> terms(String... texts) {
        return dev.muster.kubernetes.Affinities.terms(affinity(texts));
    }

    private static NodeAffinity affinity(String... texts) {
        return new NodeAffinity(
                Stream.of(texts)
                        .map(text -> text.split("="))
                        .map(words -> new NodeAffinity.Term(List.of(
                                new NodeAffinity.Expression(words[0], NodeAffinity.Operator.IN, List.of(words[1])))))
                        .toList(),
                List.of());
    }

    private static List<String> shown(List<NodeSelectorTerm> terms) {
        return terms.stream()
                .map(term -> String.join(
                        " & ",
                        term.getMatchExpressions().stream()
                                .map(each -> each.getKey() + "=" + String.join(",", each.getValues()))
                                .toList()))
                .toList();
    }
}
