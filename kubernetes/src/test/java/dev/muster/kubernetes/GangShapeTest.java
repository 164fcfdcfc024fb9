package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.Gang;
import java.util.Map;
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
}
