package dev.muster.simulation.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.resource.Resources;
import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.measure.Meter;
import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteSpec;
import dev.muster.simulation.site.SiteWatcher;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private final Calendar calendar = new Calendar();

    private Liveness waitsFor(int nodes, int gang, boolean promised) {
        SiteSpec spec = Stories.spot(1, nodes, AutoscalerSpec.CLUSTER_AUTOSCALER);
        Site site = new Site(
                spec,
                List.of(Resources.cpuAndMemory(1, 1)),
                1,
                24 * Stories.HOUR,
                calendar,
                new Meter(),
                new SiteWatcher() {});
        LoadJob job = Stories.gangs(1, 200, Map.of(gang, 1.0), false).jobs(1).get(0);
        site.arrive(job);
        return new Liveness(site, AutoscalerSpec.CLUSTER_AUTOSCALER, promised);
    }

    private void hour(int hour) {
        calendar.at(hour * Stories.HOUR, () -> {});
        while (calendar.now() < hour * Stories.HOUR) {
            calendar.step(hour * Stories.HOUR);
        }
    }

    @Test
    void a_gang_that_fits_what_can_be_had_and_does_not_start_in_time_is_found() {
        Liveness liveness = waitsFor(10, 4, true);
        assertThat(liveness.broken()).isEmpty();
        hour(1);
        assertThat(liveness.broken()).isEmpty();
        hour(2);
        assertThat(liveness.broken()).get().asString().contains("fits what can be had", "a gang of 4");
    }

    @Test
    void who_does_not_fit_waits_as_long_as_it_takes_and_the_time_counts_from_when_it_fits() {
        Liveness liveness = waitsFor(10, 8, true);
        assertThat(liveness.broken()).isEmpty();
        // From the second hour to the ninth there are five.
        hour(3);
        assertThat(liveness.broken()).isEmpty();
        hour(8);
        assertThat(liveness.broken()).isEmpty();
        hour(9);
        assertThat(liveness.broken()).isEmpty();
        hour(11);
        assertThat(liveness.broken()).isPresent();
    }

    @Test
    void of_those_who_promise_nothing_nothing_is_asked() {
        Liveness liveness = waitsFor(10, 4, false);
        liveness.broken();
        hour(5);
        assertThat(liveness.broken()).isEmpty();
    }
}
