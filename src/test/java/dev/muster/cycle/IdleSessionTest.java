package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.event.EventType;
import dev.muster.job.Category;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.SessionStore;
import dev.muster.session.IdleSessions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that nobody uses ends by the clock, after its people were told; one that is used does not. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class IdleSessionTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    Site site;

    @Inject
    SessionStore store;

    @Inject
    IdleSessions sessions;

    @Inject
    Leader leader;

    @BeforeEach
    void room() {
        site.pool("cpu", 2, 4);
        site.queue("all");
    }

    @AfterEach
    void nothing_is_held_by_anybody() {
        site.run();
        assertThat(site.live()).isEmpty();
    }

    @Test
    void one_that_nobody_uses_is_told_and_then_ends_as_such() {
        Job job = session("forgotten");
        Job used = session("used");
        site.runFor(Duration.ofMinutes(1));
        look();
        site.runFor(Duration.ofMinutes(51));
        look();
        assertThat(told(job)).isEqualTo(1);
        assertThat(site.job(job).state()).isEqualTo(JobState.RUNNING);

        site.runFor(Duration.ofMinutes(4));
        store.used(Map.of(used.id(), site.now()));
        site.runFor(Duration.ofMinutes(7));
        look();
        site.runFor(Duration.ofMinutes(1));

        Job ended = site.job(job);
        assertThat(ended.state()).isEqualTo(JobState.CANCELLED);
        assertThat(ended.outcome()).isNotNull();
        assertThat(ended.outcome().result()).isEqualTo(Outcome.Result.CANCELLED);
        assertThat(ended.outcome().failure().category()).isEqualTo(Category.IDLE_TIMEOUT);
        assertThat(ended.outcome().failure().message()).isEqualTo("nobody used it for 60 min");
        assertThat(site.attempts(job)).singleElement().satisfies(attempt -> assertThat(
                        attempt.outcome().failure().category())
                .isEqualTo(Category.IDLE_TIMEOUT));
        assertThat(site.job(used).state()).as("used five minutes before").isEqualTo(JobState.RUNNING);
        site.runFor(Duration.ofMinutes(45));
        look();
        assertThat(told(used)).as("told again").isEqualTo(2);
    }

    private Job session(String name) {
        return site.submit(Work.gang(name, 1).runningFor(Duration.ofHours(8)).usedThrough(8888, HOUR));
    }

    private void look() {
        sessions.look(leader.epoch());
    }

    private long told(Job job) {
        return site.events(job.id()).stream()
                .filter(event -> event.type() == EventType.SESSION_IDLE)
                .count();
    }
}
