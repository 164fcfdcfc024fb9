package dev.muster.simulation.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.simulation.load.Drawn;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.load.Stage;
import dev.muster.simulation.measure.Estimate;
import dev.muster.simulation.measure.Measure;
import dev.muster.simulation.measure.Outcome;
import dev.muster.simulation.scheduler.SchedulerKind;
import dev.muster.simulation.site.AutoscalerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Laws are checked after every step of a run: one that is broken ends it with an exception. */
class ExperimentTest {
    private static final Map<Integer, Double> MIXED = Map.of(1, 0.5, 3, 0.3, 6, 0.2);

    @Property(tries = 60)
    void the_same_seed_gives_the_same_outcome_and_no_law_is_broken(
            @ForAll @IntRange(min = 1, max = 1_000_000) int seed,
            @ForAll SchedulerKind scheduler,
            @ForAll boolean karpenter) {
        AutoscalerSpec autoscaler = karpenter ? AutoscalerSpec.KARPENTER : AutoscalerSpec.CLUSTER_AUTOSCALER;
        Drawn load = Stories.gangs(3, 60, MIXED, true);
        Outcome first = Stories.run(Stories.spot(3, 12, autoscaler), load, scheduler, seed);
        assertThat(Stories.run(Stories.spot(3, 12, autoscaler), load, scheduler, seed))
                .isEqualTo(first);
        assertThat(Measure.PARTS)
                .allSatisfy(part -> assertThat(first.figure(part)).isGreaterThanOrEqualTo(-1e-6));
        assertThat(Measure.PARTS.stream().mapToDouble(first::figure).sum())
                .isCloseTo(first.figure(Measure.NODE_HOURS), org.assertj.core.data.Offset.offset(1e-6));
    }

    @ParameterizedTest
    @EnumSource
    void on_nodes_that_stay_everybody_does_all_the_work_and_the_same_amount_of_it(SchedulerKind scheduler) {
        Outcome outcome = Stories.run(Stories.fixed(8), Stories.gangs(2, 100, MIXED, false), scheduler, 7);
        assertThat(outcome.figure(Measure.DONE)).isEqualTo(outcome.figure(Measure.JOBS));
        assertThat(outcome.figure(Measure.JOBS)).isGreaterThan(20);
        // What failed once was done in part before, in vain.
        assertThat(outcome.figure(Measure.USEFUL_HOURS) * 4 - outcome.figure(Measure.LOST_HOURS))
                .isCloseTo(work(7), org.assertj.core.data.Percentage.withPercentage(0.1));
    }

    private static double work(long seed) {
        return Stories.gangs(2, 100, MIXED, false).jobs(seed).stream()
                        .mapToDouble(job -> job.work())
                        .sum()
                / 3600;
    }

    @ParameterizedTest
    @CsvSource({"true, true, 1", "true, false, 0", "false, true, 0"})
    void others_end_for_jobs_that_may_preempt_where_the_policy_lets_them(
            boolean mayPreempt, boolean policyLets, double evictions) {
        PlanSettings settings = PlanSettings.DEFAULT.with(
                new PlanSettings.Eviction(policyLets, false, Duration.ofMinutes(15), Duration.ofMinutes(2), 100, 100));
        List<LoadJob> jobs = List.of(job("long", 1, false, 0, 7_200), job("urgent", 100, mayPreempt, 600_000, 60));
        PolicySpec policy = new PolicySpec("tried", SchedulerKind.MUSTER, settings, null);
        Outcome outcome = new Simulation(Stories.fixed(1), jobs, policy, 1, 24 * Stories.HOUR).run(() -> false);
        assertThat(outcome.figure(Measure.EVICTIONS)).isEqualTo(evictions);
        assertThat(outcome.figure(Measure.DONE)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "1, 60"})
    void no_more_gangs_give_way_in_a_minute_than_the_policy_lets(int perMinute, double seconds) {
        PlanSettings settings =
                PlanSettings.DEFAULT.with(new PlanSettings.Eviction(true, false, Duration.ZERO, Duration.ZERO, 100, 100)
                        .withPerMinute(perMinute));
        List<LoadJob> jobs = List.of(
                job("long-1", 1, false, 0, 7_200),
                job("long-2", 1, false, 0, 7_200),
                job("urgent-1", 100, true, 600_000, 600),
                job("urgent-2", 100, true, 600_000, 600));
        PolicySpec policy = new PolicySpec("tried", SchedulerKind.MUSTER, settings, null);
        Outcome outcome = new Simulation(Stories.fixed(2), jobs, policy, 1, 24 * Stories.HOUR).run(() -> false);
        assertThat(outcome.figure(Measure.EVICTIONS)).isEqualTo(2);
        assertThat(outcome.figure(Measure.DONE)).isEqualTo(4);
        assertThat(outcome.figure(Measure.WAIT_P95) * 3_600)
                .isCloseTo(seconds, org.assertj.core.data.Offset.offset(15.0));
    }

    private static LoadJob job(String name, int priority, boolean mayPreempt, long arrival, double seconds) {
        return new LoadJob(
                new JobId(name),
                new QueueName("team"),
                priority,
                mayPreempt,
                arrival,
                List.of(new LoadRole(new RoleName("worker"), 4, 4, Stories.POD, Set.of())),
                List.of(new Stage(4, 4 * seconds)),
                null,
                0,
                3,
                0,
                0);
    }

    @Test
    void pod_by_pod_gangs_hold_parts_of_a_market_that_halves_and_many_are_never_done() {
        Drawn load = Stories.gangs(24, 100, Map.of(12, 1.0), true);
        Outcome greedy = Stories.run(
                Stories.spot(24, 40, AutoscalerSpec.CLUSTER_AUTOSCALER), load, SchedulerKind.KUBE_SCHEDULER, 1);
        assertThat(greedy.figure(Measure.PARTIAL)).isGreaterThan(1);
        assertThat(greedy.figure(Measure.HELD_HOURS)).isGreaterThan(greedy.figure(Measure.USEFUL_HOURS));
        assertThat(greedy.figure(Measure.DONE)).isLessThan(0.75 * greedy.figure(Measure.JOBS));
    }

    @Test
    void node_hours_of_those_who_bind_whole_gangs_are_idle_or_spare_but_never_held() {
        Drawn load = Stories.gangs(1, 60, Map.of(6, 1.0), false);
        Outcome volcano =
                Stories.run(Stories.spot(1, 20, AutoscalerSpec.CLUSTER_AUTOSCALER), load, SchedulerKind.VOLCANO, 1);
        assertThat(volcano.figure(Measure.HELD_HOURS)).isZero();
        assertThat(volcano.figure(Measure.IDLE_HOURS)).isPositive();
        assertThat(volcano.figure(Measure.SPARE_HOURS)).isPositive();
        assertThat(volcano.figure(Measure.STARTING_HOURS)).isPositive();
        assertThat(volcano.figure(Measure.VAIN_HOURS)).isEqualTo(volcano.figure(Measure.IDLE_HOURS));
    }

    @Test
    void volcano_binds_no_gang_in_part() {
        Drawn load = Stories.gangs(8, 120, Map.of(6, 1.0), true);
        Outcome volcano =
                Stories.run(Stories.spot(8, 20, AutoscalerSpec.CLUSTER_AUTOSCALER), load, SchedulerKind.VOLCANO, 1);
        assertThat(volcano.figure(Measure.PARTIAL)).isZero();
    }

    @Test
    void muster_asks_for_one_gang_at_a_time_and_releases_what_does_not_come() {
        Drawn load = Stories.gangs(3, 60, Map.of(6, 1.0), true);
        Outcome muster =
                Stories.run(Stories.spot(3, 20, AutoscalerSpec.CLUSTER_AUTOSCALER), load, SchedulerKind.MUSTER, 1);
        assertThat(muster.figure(Measure.PARTIAL)).isEqualTo(1);
        assertThat(muster.figure(Measure.DONE)).isGreaterThan(10);
    }

    @Test
    void the_next_node_is_asked_for_at_the_notice_that_one_is_taken_back() {
        Drawn load = Stories.gangs(1, 60, Map.of(6, 1.0), false);
        PolicySpec late = new PolicySpec(
                "late", SchedulerKind.MUSTER, PlanSettings.DEFAULT.with(new PlanSettings.Permits(1, false)), null);
        double asLate = 0;
        double atNotice = 0;
        for (int seed = 1; seed <= 4; seed++) {
            asLate += heldHours(load, late, seed);
            atNotice += heldHours(load, policy(SchedulerKind.MUSTER), seed);
        }
        assertThat(atNotice).isLessThan(0.85 * asLate);
    }

    private static double heldHours(Drawn load, PolicySpec policy, int seed) {
        return new Simulation(
                        Stories.spot(1, 40, AutoscalerSpec.CLUSTER_AUTOSCALER),
                        load.jobs(seed),
                        policy,
                        seed,
                        24 * Stories.HOUR)
                .run(() -> false)
                .figure(Measure.HELD_HOURS);
    }

    @Property(tries = 20)
    void elastic_jobs_that_lose_nodes_get_their_minimum_back_or_are_released_and_no_law_is_broken(
            @ForAll @IntRange(min = 1, max = 1_000_000) int seed) {
        Drawn load = Stories.elastic(40);
        Outcome muster = Stories.run(Stories.spot(1, 14, AutoscalerSpec.KARPENTER), load, SchedulerKind.MUSTER, seed);
        assertThat(Stories.run(Stories.spot(1, 14, AutoscalerSpec.KARPENTER), load, SchedulerKind.MUSTER, seed))
                .isEqualTo(muster);
        assertThat(muster.figure(Measure.FAILED)).isZero();
    }

    @Test
    void behind_the_enqueue_of_volcano_nothing_grows_from_nothing() {
        Drawn load = Stories.gangs(1, 60, Map.of(3, 1.0), false);
        Outcome volcano =
                Stories.run(Stories.spot(1, 20, AutoscalerSpec.KARPENTER), load, SchedulerKind.VOLCANO_ENQUEUE, 1);
        assertThat(volcano.figure(Measure.DONE)).isZero();
        assertThat(volcano.figure(Measure.NODE_HOURS)).isZero();
    }

    @Test
    void small_jobs_pass_a_large_one_under_easy_and_not_under_fcfs() {
        Drawn load = Stories.gangs(1, 400, Map.of(1, 0.9, 16, 0.1), false);
        Outcome fcfs = Stories.run(Stories.fixed(4), load, SchedulerKind.FCFS, 3);
        Outcome easy = Stories.run(Stories.fixed(4), load, SchedulerKind.EASY, 3);
        assertThat(easy.figure(Measure.WAIT_P50)).isLessThan(fcfs.figure(Measure.WAIT_P50));
    }

    @Test
    void policies_meet_the_same_jobs_and_a_stop_keeps_whole_runs() {
        PolicySpec muster = policy(SchedulerKind.MUSTER);
        PolicySpec easy = policy(SchedulerKind.EASY);
        Experiment experiment = new Experiment(
                Stories.fixed(4), Stories.gangs(1, 50, Map.of(1, 0.9, 99, 0.1), false), List.of(muster, easy), 3);
        int[] runs = {0};
        experiment.run(what -> runs[0]++, () -> runs[0] > 4);
        assertThat(experiment.outcomes()).hasSize(4);
        assertThat(experiment.outcomes().get(0).figure(Measure.JOBS))
                .isEqualTo(experiment.outcomes().get(1).figure(Measure.JOBS));
        assertThat(experiment.tooLarge()).isNotEmpty().allMatch(name -> name.startsWith("gang-"));
        assertThat(experiment.estimate("muster", Measure.JOBS).runs()).isEqualTo(2);
    }

    private static PolicySpec policy(SchedulerKind kind) {
        return new PolicySpec(kind.word(), kind, PlanSettings.DEFAULT, null);
    }

    @Test
    void an_interval_is_that_of_students_t() {
        Estimate estimate = Estimate.of(List.of(1.0, 2.0, 3.0));
        assertThat(estimate.mean()).isEqualTo(2);
        assertThat(estimate.half()).isCloseTo(2.484, org.assertj.core.data.Offset.offset(0.001));
        assertThat(Estimate.of(List.of(5.0)).half()).isZero();
    }
}
