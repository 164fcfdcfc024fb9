package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Category;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.OfferingHourStore;
import dev.muster.postgres.OfferingStore;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.simulation.SimulatedCluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool that may grow: the test is the autoscaler, which makes nodes or does not. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class GrowingPoolTest {
    private static final Offering OFFERING = Offering.parse("cpu/on-demand/-/-");

    @Inject
    Site site;

    @Inject
    OfferingStore offerings;

    @Inject
    OfferingHourStore hours;

    @Inject
    SimulatedCluster cluster;

    @BeforeEach
    void a_pool_without_nodes_that_may_have_six() {
        site.pool("cpu", 0, 6, 1);
        site.queue("all");
        order(OfferingStore.Word.CLOSE);
    }

    @AfterEach
    void nothing_is_held_by_anybody() {
        order(OfferingStore.Word.CLOSE);
        site.pool("cpu", 20, 4);
        site.run();
        assertThat(site.live()).isEmpty();
    }

    private void order(OfferingStore.Word word) {
        offerings.order(OFFERING, new OfferingStore.Order(word, "ada", "because", site.now()));
    }

    /** It follows from how long nodes took in the tests before. */
    private void pastTheDeadlineOf(Job job) {
        site.runFor(Duration.ofSeconds(1));
        site.runFor(site.attempts(job).get(0).permits().get(0).deadline());
    }

    private BreakerState breaker() {
        return OrderedBreaker.of(
                        offerings.states().get(OFFERING), offerings.orders().get(OFFERING))
                .state(site.now());
    }

    private List<ReasonCode> reasons(Job job) {
        return site.job(job).reasons().stream().map(reason -> reason.code()).toList();
    }

    @Test
    void of_two_gangs_one_asks_for_its_nodes_and_the_other_when_those_have_come() {
        Job first = site.submit(Work.gang("first", 4).runningFor(Duration.ofHours(1)));
        Job second = site.submit(Work.gang("second", 4));
        site.runFor(Duration.ofMinutes(1));

        Attempt waiting = site.attempts(first).get(0);
        assertThat(waiting.state()).isEqualTo(AttemptState.LAUNCHING);
        assertThat(waiting.permits()).singleElement().satisfies(permit -> {
            assertThat(permit.offering()).isEqualTo(OFFERING);
            assertThat(permit.nodes()).isEqualTo(4);
        });
        assertThat(site.events(first.id()))
                .anySatisfy(event -> assertThat(String.valueOf(event.why())).contains("SCALES_UP"));
        assertThat(reasons(second)).contains(ReasonCode.PERMIT_OF_OTHERS);

        site.pool("cpu", 4, 6, 1);
        site.runFor(Duration.ofMinutes(2));
        assertThat(site.job(first).state()).isEqualTo(JobState.RUNNING);
        // Two more may come, which is too few for it.
        assertThat(site.job(second).state()).isEqualTo(JobState.QUEUED);
        OfferingStore.State state = offerings.states().get(OFFERING);
        assertThat(state.record().times().size()).isEqualTo(4);
        assertThat(state.record().success()).isGreaterThan(0.9);
    }

    @Test
    void the_next_node_is_asked_for_when_one_is_being_taken_back_unless_the_breaker_is_open() {
        site.pool("cpu", 10, 12, 1);
        Job job = site.submit(Work.gang("doomed", 4).runningFor(Duration.ofHours(1)));
        site.runFor(Duration.ofMinutes(1));
        assertThat(site.job(job).state()).isEqualTo(JobState.RUNNING);

        order(OfferingStore.Word.OPEN);
        PodRef first = taken(job, 1);
        assertThat(cluster.askedAhead()).doesNotContain(first);

        order(OfferingStore.Word.CLOSE);
        PodRef second = taken(job, 2);
        assertThat(cluster.askedAhead()).contains(first, second).hasSize(2);
    }

    /** Its node goes in two minutes. */
    private PodRef taken(Job job, int pod) {
        PodStatus status = cluster.status(site.attempts(job).get(0).id())
                .orElseThrow()
                .pods()
                .get(pod);
        cluster.spotInterruption(Objects.requireNonNull(status.node()), Duration.ofMinutes(2));
        site.runFor(Duration.ofSeconds(10));
        return status.pod();
    }

    @Test
    void nodes_that_do_not_come_release_the_whole_gang_at_the_deadline_and_open_the_breaker() {
        Job job = site.submit(Work.gang("none", 4));
        pastTheDeadlineOf(job);

        Attempt first = site.attempts(job).get(0);
        assertThat(first.state()).isEqualTo(AttemptState.ENDED);
        assertThat(first.outcome().failure().category()).isEqualTo(Category.CAPACITY);
        assertThat(first.createdAt().plus(first.permits().get(0).deadline())).isEqualTo(first.endedAt());
        assertThat(site.job(job).state()).isEqualTo(JobState.QUEUED);
        assertThat(site.job(job).platformRetriesSpent()).isZero();
        assertThat(breaker()).isEqualTo(BreakerState.OPEN);
        assertThat(reasons(job)).contains(ReasonCode.BREAKER_OPEN);

        site.runFor(Duration.ofMinutes(4));
        assertThat(site.attempts(job)).hasSize(2);
        assertThat(hours.between(first.createdAt(), site.now()))
                .as("the hours tell it later")
                .anySatisfy(hour -> {
                    assertThat(hour.offering()).isEqualTo(OFFERING);
                    assertThat(hour.failed()).isGreaterThanOrEqualTo(4);
                })
                .anySatisfy(hour -> assertThat(hour.open()).isPositive());
        site.pool("cpu", 4, 6, 1);
        site.runFor(Duration.ofMinutes(2));
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(breaker()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void some_nodes_are_not_enough() {
        Job job = site.submit(Work.gang("some", 4));
        site.pool("cpu", 2, 6, 1);
        pastTheDeadlineOf(job);

        assertThat(site.attempts(job).get(0).outcome().failure().category()).isEqualTo(Category.CAPACITY);
        assertThat(breaker()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void an_operator_opens_a_breaker_and_closes_it() {
        order(OfferingStore.Word.OPEN);
        Job job = site.submit(Work.gang("held", 4));
        site.runFor(Duration.ofMinutes(1));
        assertThat(reasons(job)).contains(ReasonCode.BREAKER_OPEN);
        assertThat(site.attempts(job)).isEmpty();

        order(OfferingStore.Word.CLOSE);
        site.runFor(Duration.ofMinutes(1));
        assertThat(site.job(job).state()).isEqualTo(JobState.LAUNCHING);
    }

    @Test
    void nothing_new_is_launched_on_nodes_that_are_drained() {
        site.pool("cpu", 2, 6, 4);
        Job before = site.submit(Work.gang("before", 2).runningFor(Duration.ofHours(1)));
        site.runFor(Duration.ofMinutes(1));
        order(OfferingStore.Word.DRAIN);
        Job after = site.submit(Work.gang("after", 2));
        site.runFor(Duration.ofMinutes(1));

        assertThat(site.job(before).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.job(after).state()).isEqualTo(JobState.QUEUED);
    }
}
