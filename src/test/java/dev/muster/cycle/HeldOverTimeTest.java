package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Job;
import dev.muster.postgres.QueueStore;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Period;
import dev.muster.report.Usages;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the cycle makes of jobs is in the usage afterwards: launched, grown, shrunk, evicted and ended by the planner's word. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class HeldOverTimeTest {
    @Inject
    Site site;

    @Inject
    Usages usages;

    @Inject
    QueueStore queues;

    @BeforeEach
    void a_pool_of_two_nodes_with_four_cpus_each() {
        site.pool("cpu", 2, 4);
        site.queue("all");
    }

    @Test
    void pods_that_were_let_go_count_until_they_are_gone_and_no_longer() {
        site.queue("owner", 4);
        site.queue("borrower", 2);
        Instant begin = site.now();
        Job wide = site.submit(Work.elastic("held-wide", 2, 8).in("borrower"));
        site.runFor(Duration.ofMinutes(15));
        assertThat(site.attempts(wide).get(0).size()).isEqualTo(8);
        Job owned = site.submit(Work.gang("held-owned", 4).in("owner").runningFor(Duration.ofMinutes(10)));
        site.runFor(Duration.ofMinutes(5));
        assertThat(site.attempts(wide).get(0).elastic().pods())
                .as("those that went are forgotten")
                .hasSize(2);

        site.run();
        double hours = core(begin, "vision/held-wide");
        double minutes = Duration.between(
                                site.attempts(wide).get(0).createdAt(),
                                site.attempts(wide).get(0).endedAt())
                        .toSeconds()
                / 60.0;
        // Eight pods for 15 minutes and what it took to let them go, four while the owner ran, eight again until the
        // end.
        double owner = Duration.between(
                                site.attempts(owned).get(0).createdAt(),
                                site.attempts(owned).get(0).endedAt())
                        .toSeconds()
                / 60.0;
        assertThat(hours * 60).isBetween(8 * minutes - 4 * (owner + 2) - 8, 8 * minutes - 4 * (owner - 2));
        assertThat(core(begin, "vision/held-owned") * 60)
                .isEqualTo(4 * owner, org.assertj.core.api.Assertions.within(1e-6));
        for (String name : List.of("owner", "borrower")) {
            queues.delete(new QueueName(name), OptionalLong.empty(), "ada", site.now());
        }
    }

    @Test
    void an_evicted_gang_has_lost_its_work_since_it_started() {
        Instant begin = site.now();
        Job victim = site.submit(Work.gang("held-victim", 8).runningFor(Duration.ofHours(2)));
        site.runFor(Duration.ofMinutes(20));
        site.submit(Work.gang("held-rush", 8).of("rush", 100));
        site.run();

        var attempt = site.attempts(victim).get(0);
        double lost = Duration.between(attempt.startedAt(), attempt.endedAt()).toSeconds() * 8 / 3600.0;
        assertThat(usages.of(new Period(begin, site.now()), List.of(Dimension.NAME))
                        .groups()
                        .get(List.of("vision/held-victim"))
                        .lostCoreHours())
                .isEqualTo(lost, org.assertj.core.api.Assertions.within(1e-6));
    }

    private double core(Instant begin, String name) {
        return usages.of(new Period(begin, site.now()), List.of(Dimension.NAME))
                .groups()
                .get(List.of(name))
                .coreHours();
    }
}
