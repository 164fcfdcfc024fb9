package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Category;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.PolicyStore;
import dev.muster.postgres.PreemptionStore;
import dev.muster.postgres.QueueAboveStore;
import dev.muster.postgres.QueueStore;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the planner decides about running jobs is done: they grow, shrink and give way. Policy as it is by default. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class GivingWayTest {
    @Inject
    Site site;

    @Inject
    Board board;

    @Inject
    QueueStore queues;

    @Inject
    PreemptionStore preemptions;

    @Inject
    PolicyStore policies;

    @Inject
    QueueAboveStore aboves;

    @Inject
    AboveCapability above;

    @BeforeEach
    void a_pool_of_two_nodes_with_four_cpus_each() {
        site.pool("cpu", 2, 4);
        site.queue("all");
    }

    @AfterEach
    void nothing_is_held_by_anybody() {
        site.run();
        assertThat(site.live()).isEmpty();
        for (String name : List.of("owner", "borrower")) {
            queues.delete(new QueueName(name), OptionalLong.empty(), "ada", site.now());
        }
    }

    @Test
    void a_running_job_grows_into_idle_room_and_ends_whole() {
        Job job = site.submit(Work.elastic("wide", 2, 6));
        site.runFor(Duration.ofMinutes(5));
        assertThat(site.job(job).state()).isEqualTo(JobState.RUNNING);
        Attempt attempt = site.attempts(job).get(0);
        assertThat(attempt.size()).isEqualTo(6);
        assertThat(attempt.elastic().pods()).extracting(pod -> pod.index()).containsExactly(2, 3, 4, 5);
        assertThat(resized(job)).first().satisfies(event -> {
            assertThat(event.from()).isEqualTo("2");
            assertThat(event.why().code()).isEqualTo(ReasonCode.GROWN.name());
        });
        assertThat(board.view().orElseThrow().used(new QueueName("all")).amount("cpu"))
                .isEqualTo(6000);
        site.run();
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.attempts(job)).hasSize(1);
    }

    @Test
    void pods_above_the_minimum_go_first_and_the_gang_runs_on() {
        site.queue("owner", 4);
        site.queue("borrower", 2);
        Job wide = site.submit(Work.elastic("wide", 2, 8).in("borrower"));
        site.runFor(Duration.ofMinutes(15));
        assertThat(site.attempts(wide).get(0).size()).isEqualTo(8);
        Job owned = site.submit(Work.gang("owned", 4).in("owner"));
        site.runFor(Duration.ofMinutes(1));
        assertThat(site.job(owned).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.job(wide).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.attempts(wide)).singleElement().satisfies(attempt -> {
            assertThat(attempt.state()).isEqualTo(AttemptState.RUNNING);
            assertThat(attempt.size()).isBetween(2, 4);
        });
        assertThat(resized(wide))
                .last()
                .satisfies(event -> assertThat(event.why().code()).isEqualTo(ReasonCode.RECLAIMED.name()));
        site.runFor(Duration.ofMinutes(5));
        assertThat(site.attempts(wide).get(0).size()).as("grows again").isEqualTo(8);
        assertThat(site.attempts(wide).get(0).elastic().staying())
                .extracting(pod -> pod.index())
                .as("no number is given twice")
                .doesNotHaveDuplicates()
                .anyMatch(index -> index >= 8);
    }

    @Test
    void a_rush_job_ends_a_routine_one_of_its_queue_at_the_platforms_cost() {
        Job victim = site.submit(Work.gang("victim", 8).runningFor(Duration.ofHours(2)));
        site.runFor(Duration.ofMinutes(20));
        Instant asked = site.now();
        Job rush = site.submit(Work.gang("rush", 4).of("rush", 100));
        site.runFor(Duration.ofSeconds(45));
        assertThat(site.job(rush).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.job(rush).startedAt()).isEqualTo(asked.plusSeconds(30));
        assertThat(preemptions.latest(asked, site.now(), null, 10))
                .filteredOn(one -> one.job().equals(victim.id()))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.code()).isEqualTo("PREEMPTED");
                    assertThat(one.pods()).isEqualTo(8);
                    assertThat(one.taker()).isNotNull();
                    assertThat(one.taker().job()).isEqualTo(rush.id());
                    assertThat(one.lostCpu()).isBetween(Duration.ofMinutes(150), Duration.ofMinutes(165));
                });
        assertThat(preemptions.totals(asked, site.now())).anySatisfy(total -> {
            assertThat(total.team()).isEqualTo(victim.team());
            assertThat(total.takerTeam()).isEqualTo(rush.team());
            assertThat(total.gangs()).isEqualTo(1);
        });
        Job waiting = site.job(victim);
        assertThat(waiting.state()).isEqualTo(JobState.QUEUED);
        assertThat(waiting.evictions()).isEqualTo(1);
        assertThat(waiting.platformRetriesSpent()).isEqualTo(1);
        assertThat(waiting.userRetriesSpent()).isZero();
        Attempt ended = site.attempts(victim).get(0);
        assertThat(ended.state()).isEqualTo(AttemptState.ENDED);
        assertThat(ended.leavingFor()).isEqualTo(rush.id());
        assertThat(ended.outcome().result()).isEqualTo(Outcome.Result.EVICTED);
        assertThat(ended.outcome().failure().category()).isEqualTo(Category.PREEMPTED);
        assertThat(site.events(victim.id()))
                .filteredOn(event -> "RELEASING".equals(event.to()))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.why().message()).contains(rush.id().value(), "priority 100 before 2"));
        assertThat(site.events(rush.id()))
                .filteredOn(event -> event.type() == EventType.ROOM_MADE)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.why().code()).isEqualTo(ReasonCode.PREEMPTED.name());
                    assertThat(event.why().message()).contains(victim.id().value(), "victim");
                });
        site.run();
        assertThat(site.job(victim).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.job(rush).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void who_was_evicted_keeps_its_place_before_those_that_came_later() {
        Job victim = site.submit(Work.gang("victim", 8).runningFor(Duration.ofHours(2)));
        site.runFor(Duration.ofMinutes(20));
        Instant age = site.job(victim).age();
        Job later = site.submit(Work.gang("later", 8).runningFor(Duration.ofMinutes(5)));
        site.submit(Work.gang("rush", 8).of("rush", 100));
        site.runFor(Duration.ofSeconds(45));
        Job waiting = site.job(victim);
        assertThat(waiting.state()).isEqualTo(JobState.QUEUED);
        assertThat(waiting.age()).isEqualTo(age);
        assertThat(waiting.queuedAt())
                .as("its timeout in the queue counts anew")
                .isAfter(age);
        assertThat(board.view().orElseThrow().ahead(later.id())).hasValue(1);
        site.runFor(Duration.ofMinutes(5));
        assertThat(site.job(victim).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.job(later).state()).isEqualTo(JobState.QUEUED);
        site.runFor(Duration.ofMinutes(30));
        assertThat(site.job(victim).evictions()).as("nobody takes turns").isEqualTo(1);
        site.run();
        assertThat(site.attempts(victim)).hasSize(2);
        assertThat(site.attempts(later)).hasSize(1);
    }

    @Test
    void a_queue_that_was_cut_gives_way_after_the_policys_delay_and_the_time_counts_on_under_another_leader() {
        policy(Map.of("eviction.cut", "true", "eviction.cutAfter", "20m"));
        try {
            capability(8);
            Job longer = site.submit(Work.gang("longer", 4).in("borrower").runningFor(Duration.ofHours(2)));
            site.runFor(Duration.ofMinutes(1));
            Job shorter = site.submit(Work.gang("shorter", 4).in("borrower").runningFor(Duration.ofHours(2)));
            site.runFor(Duration.ofMinutes(15));
            Instant cut = site.now();
            capability(5);
            site.runFor(Duration.ofMinutes(10));
            assertThat(site.job(shorter).state()).isEqualTo(JobState.RUNNING);
            assertThat(aboves.all().get(new QueueName("borrower"))).isBetween(cut, cut.plusSeconds(1));
            assertThat(board.view().orElseThrow().snapshot().aboveSince()).containsKey(new QueueName("borrower"));
            above.begin();
            site.runFor(Duration.ofMinutes(11));
            assertThat(site.job(longer).state()).isEqualTo(JobState.RUNNING);
            assertThat(site.job(shorter).state()).isEqualTo(JobState.QUEUED);
            assertThat(site.attempts(shorter)).singleElement().satisfies(attempt -> {
                assertThat(attempt.outcome().result()).isEqualTo(Outcome.Result.EVICTED);
                assertThat(attempt.leavingFor()).isNull();
                assertThat(attempt.endedAt()).isAfterOrEqualTo(cut.plus(Duration.ofMinutes(20)));
            });
            assertThat(site.events(shorter.id()))
                    .filteredOn(event -> "RELEASING".equals(event.to()))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.why().code()).isEqualTo(ReasonCode.CAPABILITY_CUT.name());
                        assertThat(event.why().message()).contains("queue borrower holds 8 cpu and may hold 5");
                    });
            assertThat(aboves.all()).isEmpty();
            capability(8);
            site.run();
            assertThat(site.job(shorter).state()).isEqualTo(JobState.SUCCEEDED);
        } finally {
            policy(Map.of());
        }
    }

    private void policy(Map<String, String> values) {
        policies.apply(policies.current().revision(), values, "ada", "a test", site.now());
    }

    private void capability(int cpus) {
        QueueSpec spec = new QueueSpec(
                new QueueName("borrower"),
                null,
                Resources.NONE,
                Resources.NONE,
                Resources.limit(Map.of("cpu", cpus * 1000L)),
                1,
                QueueState.OPEN);
        queues.put(new Queue(spec, null), OptionalLong.empty(), "ada", site.now());
    }

    @Test
    void who_runs_shorter_than_the_least_run_time_is_left_alone_until_then() {
        Instant began = site.now();
        site.submit(Work.gang("victim", 8).runningFor(Duration.ofHours(2)));
        Job rush = site.submit(Work.gang("rush", 4).of("rush", 100).notBefore(began.plusSeconds(1)));
        site.runFor(Duration.ofMinutes(9));
        assertThat(site.job(rush).state()).isEqualTo(JobState.QUEUED);
        site.runFor(Duration.ofMinutes(2));
        assertThat(site.job(rush).startedAt()).isEqualTo(began.plusSeconds(600));
    }

    @Test
    void the_room_of_who_leaves_slowly_is_kept_for_whom_it_was_made() {
        Job victim =
                site.submit(Work.gang("slow", 8).runningFor(Duration.ofHours(2)).annotated("stop-time", "25s"));
        site.runFor(Duration.ofMinutes(20));
        Job rush = site.submit(Work.gang("rush", 8).of("rush", 100));
        site.runFor(Duration.ofSeconds(40));
        assertThat(site.attempts(victim).get(0).state()).isEqualTo(AttemptState.RELEASING);
        assertThat(site.job(rush).reasons().get(0).code()).isEqualTo(ReasonCode.ROOM_IS_MADE);
        Job other = site.submit(Work.gang("other", 1).of("urgent", 10));
        site.runFor(Duration.ofSeconds(30));
        assertThat(site.job(rush).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.job(other).state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void a_job_is_evicted_as_often_as_its_budget_allows_and_then_no_more() {
        Job victim = site.submit(Work.gang("victim", 8).runningFor(Duration.ofHours(3)));
        for (int i = 1; i <= 3; i++) {
            site.runFor(Duration.ofMinutes(20));
            Job rush = site.submit(Work.gang("rush-" + i, 8).of("rush", 100));
            site.runFor(Duration.ofMinutes(3));
            assertThat(site.job(rush).state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(site.job(victim).evictions()).isEqualTo(i);
        }
        site.runFor(Duration.ofMinutes(20));
        Job late = site.submit(Work.gang("late", 8).of("rush", 100));
        site.runFor(Duration.ofMinutes(3));
        assertThat(site.job(late).state()).isEqualTo(JobState.QUEUED);
        site.run();
        assertThat(site.job(victim).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.job(victim).evictions()).isEqualTo(3);
    }

    private List<Event> resized(Job job) {
        return site.events(job.id()).stream()
                .filter(event -> event.type() == EventType.ATTEMPT_RESIZED)
                .toList();
    }
}
