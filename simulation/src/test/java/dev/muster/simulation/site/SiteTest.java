package dev.muster.simulation.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.load.Stage;
import dev.muster.simulation.market.Latency;
import dev.muster.simulation.market.Market;
import dev.muster.simulation.measure.Meter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SiteTest {
    private static final long HOUR = 3_600_000;
    private static final Resources POD = Resources.cpuAndMemory(1_000, 1L << 30);

    private final Calendar calendar = new Calendar();

    private Site site(Market market) {
        OfferingSpec offering = new OfferingSpec("node", "", false, 1, market, Latency.always(0), 0);
        PoolSpec pool = new PoolSpec(new PoolName("node"), POD.times(8), 110, 2, 2, 2, List.of(offering));
        SiteSpec spec = new SiteSpec(List.of(pool), List.of(), AutoscalerSpec.NONE, Latency.always(0), 0, 0);
        Site site = new Site(spec, List.of(POD), 1, 24 * HOUR, calendar, new Meter(), new SiteWatcher() {});
        site.open();
        return site;
    }

    /** Two pods start together, eight are used at most; eight pod hours of work. */
    private static LoadJob elastic() {
        return new LoadJob(
                new JobId("job"),
                new QueueName("team"),
                2,
                false,
                0,
                List.of(new LoadRole(new RoleName("worker"), 2, 8, POD, Set.of())),
                List.of(new Stage(8, 8 * 3600)),
                null,
                0,
                3,
                0,
                0);
    }

    private Attempt running(Site site) {
        Attempt attempt = site.launch(site.arrive(elastic()));
        site.bind(attempt, 0, site.nodes().get(0), 2);
        calendar.step(0);
        assertThat(attempt.started()).isTrue();
        return attempt;
    }

    @Test
    void pods_that_join_together_all_work() {
        Site site = site(Market.ENDLESS);
        Attempt attempt = running(site);
        site.bind(attempt, 0, site.nodes().get(0), 6);
        calendar.step(0);
        calendar.step(2 * HOUR);
        assertThat(attempt.ended()).isTrue();
        assertThat(calendar.now()).isEqualTo(HOUR);
    }

    @Test
    void pods_above_the_minimum_can_be_taken_away_and_the_gang_goes_on() {
        Site site = site(Market.ENDLESS);
        Attempt attempt = running(site);
        site.bind(attempt, 0, site.nodes().get(0), 6);
        calendar.step(0);
        site.shrink(attempt, site.nodes().get(0), 100);
        assertThat(attempt.bound(0)).isEqualTo(2);
        assertThat(attempt.wrong()).isNull();
        assertThat(site.nodes().get(0).wrong()).isNull();
        while (!attempt.ended()) {
            assertThat(calendar.step(24 * HOUR)).isTrue();
        }
        assertThat(calendar.now()).isEqualTo(4 * HOUR);
    }

    @Test
    void books_that_do_not_agree_are_found() {
        Site site = site(Market.ENDLESS);
        Attempt attempt = running(site);
        SiteNode node = site.nodes().get(0);
        assertThat(site.touched().nodes()).contains(node);
        assertThat(site.touched().attempts()).contains(attempt);
        node.take(new long[] {1, 0}, 1);
        assertThat(node.wrong()).startsWith("node node-0 has given 2001, its pods have 2000");
        attempt.bound[0]++;
        assertThat(attempt.wrong()).isEqualTo("job holds 3 pods of worker, nodes have 2");
        attempt.ended = true;
        assertThat(node.wrong()).contains("has a pod of job, which has ended");
    }

    @Test
    void a_pool_has_its_least_nodes_again_as_soon_as_the_market_has_them() {
        Site site = site(new Market.Plain(
                List.of(new Market.Step(0, 2), new Market.Step(HOUR, 1), new Market.Step(2 * HOUR, 5))));
        assertThat(site.nodes()).hasSize(2);
        calendar.step(HOUR);
        calendar.step(HOUR);
        assertThat(site.nodes()).hasSize(1);
        calendar.step(2 * HOUR);
        assertThat(site.nodes()).hasSize(2);
    }
}
