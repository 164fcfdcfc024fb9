package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterAround;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.event.EventType;
import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.TeamStore;
import dev.muster.problem.Code;
import dev.muster.problem.MusterException;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import dev.muster.team.Team;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gang that runs goes on in another queue's account: at once for who waits there and here, without a pod that notices. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class MovingTest {
    private static final QueueName FROM = new QueueName("moving-from");
    private static final QueueName TO = new QueueName("moving-to");

    @Inject
    Site site;

    @Inject
    Submissions submissions;

    @Inject
    QueueStore queues;

    @Inject
    TeamStore teams;

    @Inject
    Board board;

    @Inject
    Cluster cluster;

    @Inject
    LeftAside aside;

    private boolean wasThere;

    @BeforeEach
    void two_queues_of_eight_cpus_each_below_sixteen_and_more() {
        site.pool("cpu", 8, 4);
        queue(FROM, QueueState.OPEN);
        queue(TO, QueueState.OPEN);
        wasThere = teams.find(Work.TEAM).isPresent();
        if (!wasThere) {
            teams.put(
                    new Team(Work.TEAM, "vision", List.of(), FROM, null, null, Set.of(), Map.of(), null),
                    OptionalLong.empty(),
                    "ada",
                    site.now());
        }
    }

    @AfterEach
    void nothing_is_left() {
        site.run();
        assertThat(site.live()).isEmpty();
        if (!wasThere) {
            teams.delete(Work.TEAM, OptionalLong.empty(), "ada", site.now());
        }
    }

    @Test
    void it_goes_on_with_its_pods_and_both_accounts_say_so_at_once() {
        Job job = running("goes", 6);
        Job waits = site.submit(Work.gang("waits", 8).in(FROM.value()).runningFor(Duration.ofMinutes(1)));
        site.runFor(Duration.ofMinutes(1));
        assertThat(site.job(waits).state()).isEqualTo(JobState.QUEUED);

        Job moved = move(job, TO);
        site.runFor(Duration.ofSeconds(10));

        assertThat(moved.spec().queue()).isEqualTo(TO);
        assertThat(used(TO)).isEqualTo(6_000);
        assertThat(site.job(waits).state())
                .as("the account that it left has room")
                .isEqualTo(JobState.RUNNING);
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.attempts(job)).hasSize(1);
        assertThat(site.states(job)).containsExactly("QUEUED", "LAUNCHING", "RUNNING", "SUCCEEDED");
        assertThat(site.events(job.id()))
                .filteredOn(event -> event.type() == EventType.JOB_CHANGED)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.from()).isEqualTo("moving-from/routine");
                    assertThat(event.to()).isEqualTo("moving-to/routine");
                    assertThat(event.why().message()).contains("ada moved it with its pods from queue moving-from");
                });
    }

    @Test
    void what_does_not_fit_is_refused_with_numbers_and_nothing_has_changed() {
        Job job = running("goes", 6);
        site.submit(Work.gang("theirs", 4).in(TO.value()).runningFor(Duration.ofHours(1)));
        site.runFor(Duration.ofMinutes(1));
        Job before = site.job(job);

        assertThatThrownBy(() -> move(job, TO)).isInstanceOfSatisfying(MusterException.class, refused -> {
            assertThat(refused.code()).isEqualTo(Code.QUOTA_IMPOSSIBLE);
            assertThat(refused.faults()).singleElement().satisfies(fault -> assertThat(fault.detail())
                    .contains("needs 6 cpu; queue moving-to has 4 left of its capability 8"));
        });

        assertThat(site.job(job)).isEqualTo(before);
        assertThat(used(FROM)).isEqualTo(6_000);
    }

    @Test
    void of_two_that_want_the_same_room_one_gets_it() {
        Job one = running("one", 4);
        Job two = running("two", 4);
        site.runFor(Duration.ofMinutes(1));
        site.submit(Work.gang("theirs", 2).in(TO.value()).runningFor(Duration.ofHours(1)));
        site.runFor(Duration.ofMinutes(1));

        move(one, TO);

        // Before any plan has seen it.
        assertThatThrownBy(() -> move(two, TO)).hasMessageContaining("has 2 left of its capability 8");
        site.runFor(Duration.ofSeconds(10));
        assertThat(used(TO)).isEqualTo(6_000);
        assertThat(used(FROM)).isEqualTo(4_000);
    }

    @Test
    void a_trial_changes_nothing_and_a_queue_that_takes_no_jobs_takes_none_that_run() {
        Job job = running("stays", 2);
        site.runFor(Duration.ofMinutes(1));
        Job before = site.job(job);
        submissions.change(submission(true), job.id(), TO, null, null);
        queue(TO, QueueState.DRAINING);
        assertThatThrownBy(() -> move(job, TO)).hasMessageContaining("is DRAINING and takes no new jobs");
        assertThatThrownBy(() -> move(job, new QueueName("nowhere"))).hasMessageContaining("there is no queue");
        assertThatThrownBy(() -> submissions.change(submission(false), job.id(), FROM, null, 1L))
                .isInstanceOfSatisfying(
                        MusterException.class, stale -> assertThat(stale.code()).isEqualTo(Code.ETAG_MISMATCH));
        assertThat(site.job(job)).isEqualTo(before);
        assertThat(move(job, FROM)).as("it is there").isEqualTo(before);
    }

    @Test
    void a_cluster_that_counts_it_elsewhere_is_told_whoever_looks_and_one_that_does_not_is_left_alone() {
        Job job = running("goes", 2);
        site.runFor(Duration.ofMinutes(1));
        Job moved = move(job, TO);
        Attempt attempt = site.attempts(job).get(0);
        GangStatus seen = new GangStatus(attempt.id(), List.of(), "");
        List<QueueName> told = new ArrayList<>();
        // As one that leads now and has heard nothing of what its predecessor did not come to tell.
        Moving successor = new Moving(
                new ClusterAround(cluster) {
                    @Override
                    public void move(Gang gang) {
                        told.add(gang.queue());
                    }
                },
                aside);
        World world = new World();

        successor.tell(moved, attempt, seen.in(FROM), world, site.now());
        successor.tell(moved, attempt, seen.in(TO), world, site.now());
        successor.tell(moved, attempt, seen, world, site.now());
        successor.tell(moved, attempt, null, world, site.now());

        assertThat(told).containsExactly(TO);
    }

    private Job running(String name, int pods) {
        return site.submit(Work.gang(name, pods).in(FROM.value()).runningFor(Duration.ofHours(1)));
    }

    private Job move(Job job, QueueName to) {
        return submissions.change(submission(false), job.id(), to, null, null);
    }

    private static Submission submission(boolean dry) {
        return new Submission("ada", Work.TEAM, dry, null);
    }

    private long used(QueueName queue) {
        return board.view().orElseThrow().used(queue).amount("cpu");
    }

    private void queue(QueueName name, QueueState state) {
        QueueSpec spec =
                new QueueSpec(name, null, Resources.NONE, Resources.NONE, Resources.of("cpu", 8_000L), 1, state);
        queues.put(new Queue(spec, null), OptionalLong.empty(), "ada", site.now());
    }
}
