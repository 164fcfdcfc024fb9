package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.QuotaRequestStore;
import dev.muster.queue.MoreQuota;
import dev.muster.queue.Queue;
import dev.muster.queue.QuotaRequest;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import dev.muster.retention.EndingQuota;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The planner goes by what a queue has for a time, as long as it has it. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class TemporaryQuotaTest {
    private static final QueueName ALL = new QueueName("all");

    @Inject
    Site site;

    @Inject
    QueueStore queues;

    @Inject
    QuotaRequestStore requests;

    @Inject
    EndingQuota ending;

    @Test
    void a_gang_above_the_capability_starts_while_there_is_more_and_the_next_one_waits_again() {
        site.pool("cpu", 2, 4);
        limit(1);
        Job first = site.submit(Work.gang("first", 2));
        site.runFor(Duration.ofMinutes(5));
        assertThat(site.job(first).state()).isEqualTo(JobState.QUEUED);

        grant(site.now().plus(Duration.ofHours(1)));
        site.runFor(Duration.ofMinutes(30));
        assertThat(site.job(first).state()).isEqualTo(JobState.SUCCEEDED);

        site.runFor(Duration.ofHours(1));
        ending.look();
        Job second = site.submit(Work.gang("second", 2));
        site.runFor(Duration.ofMinutes(5));
        assertThat(site.job(second).state()).isEqualTo(JobState.QUEUED);
        assertThat(requests.inForce()).isEmpty();
    }

    private void limit(int millicores) {
        queues.put(
                new Queue(
                        new QueueSpec(
                                ALL,
                                null,
                                Resources.NONE,
                                Resources.NONE,
                                Resources.of(Resources.CPU, millicores),
                                1,
                                QueueState.OPEN),
                        null),
                OptionalLong.empty(),
                "ada",
                site.now());
    }

    private void grant(Instant until) {
        MoreQuota more = new MoreQuota(Resources.NONE, Resources.NONE, Resources.of(Resources.CPU, 8_000));
        QuotaRequest open = new QuotaRequest(
                "q-1", Work.TEAM, ALL, more, until, "the paper", "ada", site.now(), QuotaRequest.State.OPEN, null);
        requests.put(null, open, "QUOTA_REQUESTED", "ada", site.now(), "the paper");
        QuotaRequest granted =
                open.with(QuotaRequest.State.GRANTED, new QuotaRequest.Decision("bo", site.now(), null, more, until));
        requests.put(open, granted, "QUOTA_GRANTED", "bo", site.now(), null);
    }
}
