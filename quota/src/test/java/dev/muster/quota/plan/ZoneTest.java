package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZoneTest {
    private static Situation twoZones() {
        return given().pool("east", 3, "cpu 4", node -> Situation.inZone(node, "z1"))
                .pool("east-more", 1, "cpu 4", node -> Situation.inZone(node, "z1"))
                .pool("west", 3, "cpu 4", node -> Situation.inZone(node, "z2"))
                .queue("etl");
    }

    @Test
    void a_gang_that_wants_one_zone_is_split_over_pools_of_one_zone_only() {
        var planned = twoZones()
                .pending("four", "etl", 4, "cpu 4")
                .traits("four", Traits::withOneZone)
                .whenPlanned();

        assertThat(planned.pools("four")).isEqualTo(Map.of(new PoolName("east"), 3, new PoolName("east-more"), 1));
    }

    @Test
    void it_waits_where_only_all_zones_together_have_room_and_is_told_what_each_fits() {
        var planned = twoZones()
                .running("other", "etl", "east-0", 1, "cpu 1")
                .pending("four", "etl", 4, "cpu 4")
                .traits("four", Traits::withOneZone)
                .pending("any", "etl", 4, "cpu 4")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("any");
        var alone = twoZones()
                .running("other", "etl", "east-0", 1, "cpu 1")
                .pending("four", "etl", 4, "cpu 4")
                .traits("four", Traits::withOneZone)
                .whenPlanned();
        assertThat(alone.code("four")).isEqualTo(ReasonCode.FRAGMENTED);
        assertThat(alone.message("four"))
                .isEqualTo("worker needs 4 × (4 cpu) in one zone; zone z1 fits 3, zone z2 fits 3");
    }

    @Test
    void a_gang_larger_than_every_zone_is_refused() {
        Situation cluster = twoZones();
        assertThat(Feasibility.of(cluster.queues, cluster.nodes)
                        .check(List.of(Situation.ask("worker", 5, "cpu 4")), new QueueName("etl"), true))
                .extracting(Reason::message)
                .containsExactly("worker needs 5 × (4 cpu); the largest zone, empty, fits 4");
    }

    @Test
    void what_would_fit_is_told_by_the_same_packing() {
        Snapshot snapshot =
                twoZones().running("other", "etl", "west-0", 1, "cpu 1").snapshot();

        assertThat(WhatFits.in(snapshot).pods(Situation.ask("worker", 1, "cpu 4")))
                .isEqualTo(Map.of(new PoolName("east"), 3L, new PoolName("east-more"), 1L, new PoolName("west"), 2L));
        assertThat(WhatFits.in(snapshot).gangs(List.of(Situation.ask("worker", 2, "cpu 4")), true, 10))
                .hasSize(3);
    }
}
