package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.amounts;
import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static dev.muster.quota.plan.Situation.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.PoolAmounts;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveQueueTest {
    private static EffectiveQueue of(Situation situation, String queue) {
        return EffectiveQueue.of(situation.snapshot()).get(new QueueName(queue));
    }

    @Test
    void what_is_above_a_queue_limits_it_closes_it_and_fences_it() {
        Situation situation = given().pool("a", 4, "cpu 4, memory 8Gi")
                .queue("org", null, "cpu 2", "cpu 8", "cpu 8", 3, QueueState.CLOSED)
                .queue("leaf", "org", "cpu 1", "cpu 4", "cpu 12, memory 1Gi")
                .running("old", "leaf", "a-0", 1, "cpu 3");
        situation.queues.replaceAll(queue -> queue.name().value().equals("org") ? queue.withFence(true) : queue);

        EffectiveQueue leaf = of(situation, "leaf");

        assertThat(leaf.state()).isEqualTo(QueueState.CLOSED);
        assertThat(leaf.fence()).isEqualTo(new QueueName("org"));
        assertThat(leaf.amounts().capability()).isEqualTo(amounts("cpu 8, memory 1Gi"));
        assertThat(leaf.amounts().used()).isEqualTo(Resources.of("cpu", 3000));
        assertThat(leaf.amounts().bookable()).isEqualTo(amounts("cpu 5, memory 1Gi"));
        assertThat(leaf.weight()).containsEntry("cpu", 1);
        assertThat(of(situation, "org").weight()).containsEntry("cpu", 3);
    }

    @Test
    void where_there_is_not_enough_for_all_everybody_has_proportionally_less() {
        Situation situation = given().pool("a", 2, "cpu 4")
                .queue("big", null, "cpu 12", "cpu 12", null)
                .queue("small", null, "cpu 4", "cpu 12", null);

        assertThat(of(situation, "big").amounts().guarantee()).isEqualTo(amounts("cpu 6"));
        assertThat(of(situation, "small").amounts().guarantee()).isEqualTo(amounts("cpu 2"));
        assertThat(of(situation, "small").amounts().deserved()).isEqualTo(amounts("cpu 4"));
    }

    @Test
    void amounts_of_single_pools_stand_beside_those_of_all() {
        PoolName a = new PoolName("a");
        Situation situation =
                given().pool("a", 1, "cpu 4").pool("b", 1, "cpu 4").queue("etl").queue("other");
        situation.queues.replaceAll(queue -> queue.name().value().equals("etl")
                ? queue.withPools(Map.of(a, new PoolAmounts(amounts("cpu 8"), null, amounts("cpu 9"))))
                : queue);

        EffectiveQueue.Amounts etl = of(situation, "etl").pools().get(a);
        assertThat(etl.guarantee()).isEqualTo(amounts("cpu 4"));
        assertThat(etl.deserved().names()).isEmpty();
        assertThat(etl.capability()).isEqualTo(amounts("cpu 9"));
        assertThat(etl.bookable()).isEqualTo(amounts("cpu 4"));
        assertThat(of(situation, "other").pools().get(a).bookable().amount("cpu"))
                .isZero();
    }

    @Test
    void jobs_that_wait_for_nodes_with_labels_do_not_matter() {
        Situation situation = given().pool("a", 1, "cpu 4")
                .queue("etl", null, "", "cpu 4", null)
                .pending("picky", "etl", 2, ask("worker", 1, "cpu 1", label("disk", "ssd")));

        assertThat(of(situation, "etl").amounts().deserved()).isEqualTo(amounts("cpu 4"));
    }
}
