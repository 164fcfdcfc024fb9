package dev.muster.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Category;
import dev.muster.job.Changed;
import dev.muster.job.Changes;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobSpec;
import dev.muster.job.Life;
import dev.muster.job.Losses;
import dev.muster.job.RetryChange;
import dev.muster.job.RetryRules;
import dev.muster.job.SparkRoles;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.offering.KeptOffSpot;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What retry rules change for the next attempt of a Spark job, and of any other. */
class SparkChangesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Failure DRIVER = new Failure(Category.USER_ERROR, SparkRoles.DRIVER, 1, "the driver failed");
    private static final long MEBI = 1L << 20;

    @Test
    void executors_lost_for_memory_ask_for_more_of_it_in_spark_s_own_fields() {
        Job job = job(rule(null, Category.OOM, new RetryChange(null, 200, false)));
        Changed changed = next(job, 400, end(PodEnd.JVM_OOM, "n1")).orElseThrow();
        assertThat(changed.told())
                .containsExactly(
                        "attempt 1 asks for 2 x the memory of role executor because the last one failed (USER_ERROR)");
        JobSpec spec = job.changed(changed).specOf(1);
        assertThat(spec.spark().executor().memory()).isEqualTo(1024);
        assertThat(spec.spark().driver().memory()).isEqualTo(512);
        assertThat(memory(spec, 1)).isEqualTo((1024 + 409) * MEBI);
        assertThat(memory(spec, 0)).isEqualTo(memory(job.spec(), 0));
        assertThat(spec.roles().get(0).pod().command().get(2))
                .as("the driver tells its executors")
                .contains("spark.executor.memory=1g", "spark.executor.memoryOverhead=409m");
    }

    @Test
    void memory_grows_from_attempt_to_attempt_up_to_the_bound_of_the_policy() {
        Job job = job(rule(null, Category.OOM, new RetryChange(null, 300, false)));
        Job once = job.changed(next(job, 400, end(PodEnd.OOM_KILLED, "n1")).orElseThrow());
        Changed second = next(once, 400, end(PodEnd.OOM_KILLED, "n1")).orElseThrow();
        assertThat(second.memory()).containsExactly(Map.entry(SparkRoles.EXECUTOR, 400));
        assertThat(second.told().get(0)).endsWith("; that is the most that retry.mostMemory allows");
        assertThat(next(once.changed(second), 400, end(PodEnd.OOM_KILLED, "n1")))
                .as("nothing is left to change")
                .isEmpty();
        assertThat(next(job, 100, end(PodEnd.OOM_KILLED, "n1")))
                .as("never for more")
                .isEmpty();
    }

    @Test
    void nodes_where_executors_were_lost_are_kept_away_from_and_spot_is() {
        Job job = job(rule(null, Category.SPOT_INTERRUPTED, new RetryChange(RetryChange.Avoid.NODE, null, true)));
        Changed changed = next(job, 400, end(PodEnd.SPOT_INTERRUPTED, "n2"), end(PodEnd.JVM_OOM, "n1"))
                .orElseThrow();
        assertThat(changed.nodes()).containsExactly(new NodeName("n2"));
        assertThat(changed.offSpot()).isTrue();
        JobSpec spec = job.changed(changed).specOf(1);
        assertThat(spec.roles()).allSatisfy(role -> {
            assertThat(KeptOffSpot.is(role.pod().affinity())).isTrue();
            assertThat(role.pod().affinity().allows(Map.of("kubernetes.io/hostname", "n2")))
                    .isFalse();
            assertThat(role.pod().affinity().allows(Map.of("kubernetes.io/hostname", "n1")))
                    .isTrue();
        });
    }

    @Test
    void a_pool_is_kept_away_from_for_good() {
        Job job = job(rule(Category.PREEMPTED, null, new RetryChange(RetryChange.Avoid.POOL, null, false)));
        PodStatus driver = pod(SparkRoles.DRIVER, PodEnd.PREEMPTED, "n1");
        Failure failure = new Failure(Category.PREEMPTED, SparkRoles.DRIVER, null, "put out");
        Changed changed = Changes.next(
                        job, failure, List.of(driver), Losses.of(job.spec(), List.of(driver), List.of()), 400)
                .orElseThrow();
        assertThat(Changes.pools(job.changed(changed).changes(), 1)).containsExactly(new PoolName("x"));
        assertThat(Changes.pools(job.changed(changed).changes(), 0)).isEmpty();
    }

    @Test
    void a_rule_for_everything_changes_nothing_after_what_is_the_platform_s_fault() {
        Job job = job(rule(null, null, new RetryChange(null, 200, false)));
        for (Category category : Set.of(Category.LAUNCH_TIMEOUT, Category.CAPACITY, Category.PREEMPTED)) {
            assertThat(Changes.next(
                            job,
                            new Failure(category, null, null, "x"),
                            List.of(),
                            Losses.of(job.spec(), List.of(), List.of()),
                            400))
                    .isEmpty();
        }
    }

    @Test
    void a_rule_that_looks_for_losses_matches_only_where_there_were_some() {
        Job job = job(rule(null, Category.OOM, new RetryChange(null, 200, false)));
        assertThat(next(job, 400, end(PodEnd.SPOT_INTERRUPTED, "n1"))).isEmpty();
    }

    private static Optional<Changed> next(Job job, int most, PodStatus... ends) {
        return Changes.next(job, DRIVER, List.of(), Losses.of(job.spec(), List.of(), List.of(ends)), most);
    }

    private static long memory(JobSpec spec, int role) {
        return spec.roles().get(role).pod().resources().amount(Resources.MEMORY);
    }

    private static RetryRules.Rule rule(@Nullable Category category, @Nullable Category lost, RetryChange change) {
        return new RetryRules.Rule(category, null, null, true, lost, change);
    }

    private static PodStatus end(PodEnd cause, String node) {
        return pod(SparkRoles.EXECUTOR, cause, node);
    }

    private static PodStatus pod(RoleName role, PodEnd cause, String node) {
        return new PodStatus(
                new PodRef(new AttemptId(new JobId("01a"), 1), role, 0),
                PodPhase.FAILED,
                new PoolName("x"),
                new NodeName(node),
                NOW,
                NOW,
                null,
                cause,
                "");
    }

    private static Job job(RetryRules.Rule rule) {
        SparkJob spark = Applications.pi("3.5.6", SparkExecutors.fixed(2));
        JobSpec spec = new JobSpec(
                "pi",
                new QueueName("q"),
                new PriorityClassName("routine"),
                SparkRoles.of(spark),
                null,
                null,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                null,
                new RetryRules(3, List.of(rule), 5),
                SparkRoles.completion(spark),
                Map.of(),
                Map.of(),
                false,
                List.of(),
                spark,
                Life.USUAL,
                null,
                null);
        return Job.accepted(new JobId("01a"), new TeamName("vision"), spec, 2, "ada", NOW);
    }
}
