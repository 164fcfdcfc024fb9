package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.LostPods;
import dev.muster.job.RetryRules;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job that failed of its own waits for as long as it says before it is tried again. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class RetryPauseTest {
    private static final Duration PAUSE = Duration.ofMinutes(5);

    @Inject
    Site site;

    @BeforeEach
    void two_nodes() {
        site.pool("cpu", 2, 4);
        site.queue("all");
    }

    @Test
    void the_next_attempt_begins_when_the_pause_is_over_and_others_run_meanwhile() {
        Job flaky =
                site.submit(Work.gang("flaky", 8).annotated("exit-code", "3").retrying(pausing(2)));
        site.runFor(Duration.ofSeconds(90));
        assertThat(site.job(flaky).state()).isEqualTo(JobState.QUEUED);
        Job other = site.submit(Work.gang("other", 8).runningFor(Duration.ofSeconds(30)));

        site.run();

        assertThat(site.job(flaky).state()).isEqualTo(JobState.FAILED);
        List<Attempt> attempts = site.attempts(flaky);
        assertThat(attempts).hasSize(3);
        for (int i = 1; i < attempts.size(); i++) {
            Attempt before = attempts.get(i - 1);
            assertThat(Duration.between(before.endedAt(), attempts.get(i).createdAt()))
                    .isBetween(PAUSE.minusSeconds(2), PAUSE.plusSeconds(2));
        }
        assertThat(site.job(other).finishedAt())
                .as("the room was free")
                .isBefore(attempts.get(1).createdAt());
        assertThat(site.events(flaky.id()))
                .filteredOn(event -> event.type() == EventType.REASON_CHANGED)
                .extracting(Event::to)
                .contains("NOT_BEFORE");
    }

    private static RetryRules pausing(int times) {
        return new RetryRules(times, List.of(new RetryRules.Rule(null, null, null, true)), 5, LostPods.RESTART, PAUSE);
    }
}
