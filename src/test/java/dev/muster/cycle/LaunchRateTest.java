package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.QueueStore;
import dev.muster.queue.Queue;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.PastLaunch;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.queue.Limit;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user may launch once a minute. A run of the virtual time begins as a leader begins: with what the database has. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class LaunchRateTest {
    private static final QueueName METERED = new QueueName("metered");

    @Inject
    Site site;

    @Inject
    QueueStore queues;

    @Inject
    AttemptStore attempts;

    @BeforeEach
    void a_queue_in_which_each_user_launches_once_a_minute() {
        site.pool("cpu", 2, 4);
        QueueSpec spec = new QueueSpec(METERED, null, Resources.NONE, Resources.NONE, null, 1, QueueState.OPEN)
                .withLimits(List.of(new Limit(true, null, null, null, 1)));
        queues.put(new Queue(spec, null), OptionalLong.empty(), "ada", site.now());
        // What an earlier test has launched counts for a minute.
        site.runFor(Duration.ofMinutes(2));
    }

    @AfterEach
    void nothing_is_held_by_anybody() {
        site.run();
        assertThat(site.live()).isEmpty();
        queues.delete(METERED, OptionalLong.empty(), "ada", site.now());
    }

    private static Work brief(String name) {
        return Work.gang(name, 1).in(METERED.value()).runningFor(Duration.ofSeconds(5));
    }

    @Test
    void a_launch_that_has_ended_counts_for_a_minute() {
        Instant began = site.now();
        Job first = site.submit(brief("first"));
        Job second = site.submit(brief("second").notBefore(began.plusSeconds(20)));
        site.run();
        assertThat(site.job(first).finishedAt()).isBefore(began.plusSeconds(20));
        assertThat(site.job(second).startedAt())
                .isEqualTo(site.job(first).startedAt().plusSeconds(60));
    }

    @Test
    void a_leader_counts_what_earlier_ones_have_launched_and_what_has_ended_before_its_time() {
        Instant began = site.now();
        Job first = site.submit(brief("first"));
        site.runFor(Duration.ofSeconds(20));
        assertThat(site.job(first).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(attempts.launchedSince(began.minusSeconds(1)).values())
                .containsExactly(new PastLaunch(METERED, "ada", new PriorityClassName("routine"), began));

        Job second = site.submit(brief("second"));
        site.runFor(Duration.ofSeconds(20));
        assertThat(site.job(second).state()).isEqualTo(JobState.QUEUED);
        assertThat(site.job(second).reasons().get(0).code()).isEqualTo(ReasonCode.LIMIT_REACHED);
        assertThat(site.job(second).reasons().get(0).message()).contains("user ada", "launches in the last minute");

        site.run();
        assertThat(site.job(second).startedAt())
                .isEqualTo(site.job(first).startedAt().plusSeconds(60));
    }

    @Test
    void what_was_launched_a_minute_before_its_time_counts_no_more() {
        site.submit(brief("first"));
        site.runFor(Duration.ofSeconds(60));
        Instant later = site.now();
        assertThat(attempts.launchedSince(later.minusSeconds(60))).isEmpty();
        Job second = site.submit(brief("second"));
        site.runFor(Duration.ofSeconds(1));
        assertThat(site.job(second).startedAt()).isEqualTo(later);
    }
}
