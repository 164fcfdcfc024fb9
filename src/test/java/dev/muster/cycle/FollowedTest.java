package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.event.EventCursor;
import dev.muster.event.EventType;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.Leadership;
import dev.muster.quota.name.JobId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The leader passes over what its world has followed, and over nothing else, whoever signs it. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class FollowedTest {
    @Inject
    Site site;

    @Inject
    JobStore jobs;

    @Inject
    EventStore events;

    @Inject
    Leadership leadership;

    @Inject
    Leader leader;

    @Inject
    Writer writer;

    @Inject
    Intake intake;

    @Inject
    Followed followed;

    @BeforeEach
    void room() {
        site.pool("cpu", 2, 4);
        site.queue("all");
    }

    /** As any duty of the leader's beside the cycle does; so sessions that nobody used stayed CANCELLING. */
    @Test
    void what_the_leader_writes_beside_its_cycle_is_seen_although_it_is_signed_alike() {
        Job job = site.submit(Work.gang("ended", 1).runningFor(Duration.ofHours(8)));
        site.runFor(Duration.ofMinutes(1));
        Job running = site.job(job);
        assertThat(running.state()).isEqualTo(JobState.RUNNING);
        JobMove move = new JobMove(running, running.to(JobState.CANCELLING), site.now(), Steps.ACTOR, null);
        QuarkusTransaction.requiringNew().run(() -> {
            leadership.requireEpoch(leader.epoch());
            jobs.move(List.of(move));
        });
        site.runFor(Duration.ofMinutes(2));
        assertThat(site.job(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(site.live()).isEmpty();
    }

    @Test
    void what_the_world_has_followed_is_no_news_and_what_others_write_is() {
        site.run();
        World world = new World();
        Job ours = site.submit(Work.gang("ours", 1));
        Job theirs = site.submit(Work.gang("theirs", 1));
        intake.refresh(List.of(ours.id(), theirs.id()), world, site.now());
        EventCursor before = events.end();
        writer.write(List.of(Steps.expired(ours, site.now())), world, site.now(), () -> {});
        jobs.move(List.of(new JobMove(theirs, theirs.to(JobState.SUSPENDED), site.now(), Steps.ACTOR, null)));
        assertThat(world.job(ours.id())).as("followed to its end").isEmpty();
        assertThat(site.job(ours).state()).isEqualTo(JobState.EXPIRED);
        await().until(() -> moved(Set.of(), before).contains(theirs.id()));
        assertThat(moved(Set.of(), before)).containsExactly(ours.id(), theirs.id());
        assertThat(moved(followed.transactions(), before)).containsExactly(theirs.id());
    }

    @Test
    void what_the_feed_has_passed_is_forgotten_and_never_too_much_is_kept() {
        Followed some = new Followed();
        some.add(List.of(7L, 9L, -1L));
        some.forgetBefore(new EventCursor(9, 4));
        assertThat(some.transactions()).as("as unsigned numbers").containsExactlyInAnyOrder(9L, -1L);
        some.add(LongStream.range(100, 100 + Followed.MOST).boxed().toList());
        assertThat(some.transactions())
                .hasSize(Followed.MOST)
                .doesNotContain(9L, 100L)
                .contains(-1L);
        some.clear();
        assertThat(some.transactions()).isEmpty();
    }

    private List<JobId> moved(Set<Long> known, EventCursor after) {
        return events.news(known, after, 1_000).changes().stream()
                .filter(change -> change.type() == EventType.JOB_MOVED)
                .map(change -> Objects.requireNonNull(change.job()))
                .toList();
    }
}
