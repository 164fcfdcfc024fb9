package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.ShadowStore;
import dev.muster.quota.policy.PlanDifference;
import dev.muster.quota.policy.PlanDifference.Act;
import dev.muster.quota.policy.Policy;
import dev.muster.simulation.SimulatedCluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A policy in the shadow tells what it would do, and touches nothing. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class ShadowTest {
    @Inject
    Site site;

    @Inject
    Shadow shadow;

    @Inject
    ShadowStore store;

    @Inject
    EventStore events;

    @Inject
    SimulatedCluster cluster;

    @AfterEach
    void no_shadow_is_left() {
        store.remove();
        site.run();
        assertThat(site.live()).isEmpty();
    }

    @Test
    void it_tells_who_would_give_way_and_nobody_does() {
        site.pool("cpu", 2, 4);
        site.queue("all");
        Job victim = site.submit(Work.gang("victim", 8).runningFor(Duration.ofHours(2)));
        Job rush = site.submit(
                Work.gang("rush", 4).of("rush", 100).notBefore(site.now().plusSeconds(60)));
        site.runFor(Duration.ofMinutes(3));
        assertThat(site.job(rush).state()).as("ten minutes protect the victim").isEqualTo(JobState.QUEUED);
        store.put(new Policy(
                0,
                new TreeMap<>(Map.of("eviction.minRunTime", "0s")),
                "ada",
                "what if nobody were protected",
                site.now()));
        List<?> before = world(victim, rush);
        shadow.look();
        shadow.look();
        Shadow.Report report = shadow.report().orElseThrow();
        assertThat(report.plans()).as("the same plan is compared once").isEqualTo(1);
        assertThat(report.onlyShadow()).isEqualTo(Map.of(Act.EVICT, 1L));
        assertThat(report.onlyReal()).isEmpty();
        PlanDifference evict = report.latest().get(0).difference();
        assertThat(evict.job()).isEqualTo(victim.id());
        assertThat(evict.shadow()).isEqualTo(Act.EVICT);
        assertThat(evict.shadowReason().message()).contains(rush.id().value());
        assertThat(world(victim, rush)).as("nothing is touched").isEqualTo(before);
        site.runFor(Duration.ofMinutes(1));
        assertThat(site.job(victim).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void without_a_shadow_nothing_is_compared() {
        shadow.look();
        assertThat(shadow.report()).isEmpty();
    }

    @Test
    void it_knows_nothing_that_could_touch_anything() {
        assertThat(Arrays.stream(Shadow.class.getDeclaredFields()).map(Field::getType))
                .doesNotContain(Writer.class, Commit.class, MakingRoom.class, Resizing.class, Launching.class)
                .noneMatch(dev.muster.cluster.Cluster.class::isAssignableFrom);
    }

    /** Everything that a cycle could have written or told the cluster. */
    private List<?> world(Job... jobs) {
        return List.of(
                Arrays.stream(jobs).map(site::job).toList(),
                Arrays.stream(jobs).map(site::attempts).toList(),
                events.end(),
                cluster.attempts().stream().sorted().map(cluster::status).toList());
    }
}
