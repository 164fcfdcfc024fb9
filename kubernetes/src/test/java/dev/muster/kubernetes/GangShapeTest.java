package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.Gang;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The note on a PodGroup says what should be there, and is read as it was written. */
class GangShapeTest {
    @Test
    void what_was_written_is_read_in_the_order_of_the_gang() {
        Gang gang = Gangs.gang(
                "01a",
                Gangs.member("worker", Gangs.plain("i"), Map.of("red", 1, "blue", 2)),
                Gangs.member("driver", Gangs.plain("i"), Map.of("blue", 1)));
        GangShape shape = GangShape.of(gang);
        assertThat(shape).hasToString("worker=blue:2,red:1;driver=blue:1");
        assertThat(GangShape.parse(shape.toString())).isEqualTo(shape);
        assertThat(GangShape.parse(shape.toString()).slots(gang.id()))
                .extracting(slot -> slot.pod() + " in " + slot.pool())
                .containsExactly(
                        "01a-1-worker-0 in blue",
                        "01a-1-worker-1 in blue",
                        "01a-1-worker-2 in red",
                        "01a-1-driver-0 in blue");
    }

    @Test
    void what_was_not_written_by_us_is_refused() {
        for (String text :
                new String[] {"", "worker", "worker=", "worker=blue", "worker=blue:x", "=blue:1", "Worker=blue:1"}) {
            assertThatThrownBy(() -> GangShape.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_role_that_is_split_over_pools_has_a_task_spec_for_each_whoever_makes_its_pods() {
        GangShape shape = GangShape.parse("driver=blue:1;executor=blue:2,red:3");

        assertThat(shape.minima(Set.of(new RoleName("executor")))).isEqualTo(Map.of("driver", 1));
        assertThat(shape.minima(Set.of())).isEqualTo(Map.of("driver", 1, "executor.blue", 2, "executor.red", 3));
        assertThat(shape.taskSpec(new RoleName("executor"), new PoolName("red"), false))
                .isEqualTo("executor.red");
        assertThat(shape.taskSpec(new RoleName("driver"), new PoolName("blue"), false))
                .isEqualTo("driver");
        assertThat(shape.taskSpec(new RoleName("driver"), new PoolName("blue"), true))
                .isEqualTo("driver.blue");
    }
}
