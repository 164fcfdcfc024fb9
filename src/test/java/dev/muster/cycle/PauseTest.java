package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.PauseStore;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.policy.Pause;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OnVirtualTime.class)
class PauseTest {
    private static final QueueName ALL = new QueueName("all");

    @Inject
    Site site;

    @Inject
    PauseStore pauses;

    @Test
    void in_a_paused_queue_a_job_waits_and_says_for_whom_until_the_pause_ends() {
        site.pool("cpu", 2, 4);
        site.queue("all");
        pauses.pause(new Pause(ALL, "anna", "moving racks", site.now()));
        Job held = site.submit(Work.gang("held", 2));
        site.runFor(Duration.ofMinutes(5));
        assertThat(site.job(held).state()).isEqualTo(JobState.QUEUED);
        assertThat(site.job(held).reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(ReasonCode.PAUSED);
            assertThat(reason.message()).contains("paused by anna").endsWith("moving racks");
        });
        pauses.resume(ALL, "anna", "done", site.now());
        site.run();
        assertThat(site.job(held).state()).isEqualTo(JobState.SUCCEEDED);
    }
}
