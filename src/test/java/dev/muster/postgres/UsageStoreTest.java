package dev.muster.postgres;

import static dev.muster.postgres.Jobs.ACTOR;
import static dev.muster.postgres.Jobs.move;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodUse;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptMove;
import dev.muster.job.Category;
import dev.muster.job.ElasticPods;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.pool.Pool;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.resource.Resources;
import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.Sum;
import dev.muster.quota.usage.Usage;
import dev.muster.report.Usages;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usage is what the attempts in the database held, to the millisecond, and stays so when jobs change or are deleted. */
@QuarkusTest
class UsageStoreTest {
    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final Period PERIOD = new Period(T0, T0.plusSeconds(86_400));
    private static final RoleName WORKER = new RoleName("worker");
    /** What a pod of {@link Jobs} asks. */
    private static final long CPU = 1500;

    @Inject
    JobStore jobs;

    @Inject
    AttemptStore attempts;

    @Inject
    CheckpointStore checkpoints;

    @Inject
    PoolStore pools;

    @Inject
    Usages usages;

    @Inject
    PodUseStore used;

    private TeamName team;
    private PoolName pool;

    @BeforeEach
    void a_team_and_a_pool_of_its_own() {
        String name = "u" + UUID.randomUUID().toString().substring(0, 8);
        team = new TeamName(name);
        pool = new PoolName(name);
        price("3", T0.minusSeconds(864_000));
    }

    @Test
    void an_attempt_across_the_borders_of_the_period_counts_inside_and_one_in_flight_to_its_end() {
        launched(job(), T0.minusSeconds(3600));
        Job ended = job();
        finish(
                running(launched(ended, T0.minusSeconds(7200)), ended, T0.minusSeconds(7000)),
                ended,
                T0.plusSeconds(1800));
        Job before = job();
        finish(running(launched(before, T0.minusSeconds(7200)), before, T0.minusSeconds(7000)), before, T0);

        // Two pods each: a day, and half an hour.
        assertThat(mine(Dimension.TEAM).coreHours()).isEqualTo(2 * 1.5 * 24 + 2 * 1.5 * 0.5);
    }

    @Test
    void pods_above_the_minimum_count_from_when_they_were_asked_for_until_they_were_gone() {
        Job job = job();
        Attempt attempt = running(launched(job, T0), job, T0.plusSeconds(10));
        attempt = resized(
                attempt,
                job,
                attempt.elastic()
                        .grown(Map.of(WORKER, Map.of(pool, 2)), job.spec().roles()),
                T0.plusSeconds(3600));
        attempt = resized(attempt, job, attempt.elastic().leaving(pod -> pod.index() == 3, null), T0.plusSeconds(5400));
        attempt = resized(attempt, job, attempt.elastic().without(pod -> !pod.stays()), T0.plusSeconds(7200));
        attempt = resized(
                attempt,
                job,
                attempt.elastic()
                        .grown(Map.of(WORKER, Map.of(pool, 1)), job.spec().roles()),
                T0.plusSeconds(9000));
        finish(attempt, job, T0.plusSeconds(10_800));

        double gang = 2 * 3;
        double above = 2 + 1 + 0.5;
        assertThat(mine(Dimension.TEAM).coreHours()).isEqualTo(1.5 * (gang + above));
        assertThat(mine(Dimension.TEAM).gpuHours()).isEqualTo(gang + above);
    }

    @Test
    void a_price_that_changes_while_pods_run_counts_for_what_follows() {
        Job job = job();
        finish(running(launched(job, T0), job, T0.plusSeconds(10)), job, T0.plusSeconds(7200));
        price("6", T0.plusSeconds(3600));
        price(null, T0.plusSeconds(5400));
        price(null, T0.plusSeconds(5500));

        // Two pods fill the node of a price of 3, then 6 for half an hour, then of none.
        assertThat(mine(Dimension.POOL).cost()).isEqualByComparingTo("6");
        assertThat(mine(Dimension.POOL).unpricedCoreHours()).isEqualTo(1.5);
    }

    @Test
    void what_the_platform_took_away_is_lost_since_it_was_saved_and_a_users_own_failure_is_not() {
        Job evicted = job();
        Attempt attempt = running(launched(evicted, T0), evicted, T0.plusSeconds(600));
        checkpoints.saved(jobs.find(evicted.id()).orElseThrow(), T0.plusSeconds(1800), ACTOR);
        release(
                attempt,
                evicted,
                new Outcome(Outcome.Result.EVICTED, failure(Category.PREEMPTED)),
                T0.plusSeconds(3600));
        Job unsaved = job();
        attempt = running(launched(unsaved, T0), unsaved, T0.plusSeconds(600));
        release(attempt, unsaved, Outcome.failed(failure(Category.NODE_LOST)), T0.plusSeconds(3600));
        Job broken = job();
        attempt = running(launched(broken, T0), broken, T0.plusSeconds(600));
        release(attempt, broken, Outcome.failed(failure(Category.OOM)), T0.plusSeconds(3600));

        assertThat(mine(Dimension.TEAM).coreHours()).isEqualTo(9);
        assertThat(mine(Dimension.TEAM).lostCoreHours()).isEqualTo(2 * 1.5 * (1800 + 3000) / 3600);
    }

    @Test
    void a_job_that_is_deleted_keeps_what_it_held_and_one_that_moves_leaves_it_where_it_was() {
        Job job = job();
        finish(running(launched(job, T0), job, T0.plusSeconds(10)), job, T0.plusSeconds(3600));
        Job left = jobs.find(job.id()).orElseThrow();
        Job moved = left.with(new QueueName("other"), new PriorityClassName("urgent"), 10);
        assertThat(jobs.move(move(left, moved))).isTrue();
        assertThat(groups(Dimension.QUEUE)).containsOnlyKeys(List.of(team.value(), "default"));
        double before = mine(Dimension.TEAM).coreHours();

        Job done = moved.finished(JobState.FAILED, T0.plusSeconds(3700), Outcome.failed(failure(Category.OOM)));
        assertThat(jobs.move(move(moved, done))).isTrue();
        assertThat(jobs.delete(done, T0.plusSeconds(4000), ACTOR)).isTrue();
        assertThat(jobs.delete(done, T0.plusSeconds(4000), ACTOR)).isFalse();

        assertThat(mine(Dimension.TEAM).coreHours()).isEqualTo(before).isPositive();
        assertThat(groups(Dimension.QUEUE)).containsOnlyKeys(List.of(team.value(), "default"));
    }

    @Test
    void totals_are_those_of_attempts_whatever_their_lives_were() {
        Random random = new Random(7);
        Map<Integer, BigInteger> expected = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            long begin = random.nextInt(3 * 86_400_000) - 86_400_000L;
            List<long[]> held = life(random, begin);
            for (long[] part : held) {
                long from = Math.max(0, part[0]);
                long to = Math.min(86_400_000L, part[1]);
                if (from < to) {
                    expected.merge(0, BigInteger.valueOf((to - from) * 1000 * CPU * part[2]), BigInteger::add);
                }
            }
        }
        Map<List<String>, Sum> days = groups(Dimension.DAY);
        BigInteger sum = days.values().stream()
                .map(each -> each.exact().getOrDefault("cpu", BigInteger.ZERO))
                .reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(sum).isEqualTo(expected.get(0)).isPositive();
    }

    /** One attempt that grows and shrinks at random times; returns from when until when how many pods were held, in milliseconds. */
    private List<long[]> life(Random random, long begin) {
        Job job = job();
        List<long[]> held = new ArrayList<>();
        long at = begin;
        Attempt attempt = launched(job, at(at));
        boolean starts = random.nextInt(5) > 0;
        Map<Integer, Long> above = new HashMap<>();
        if (starts) {
            at += random.nextInt(600_000);
            attempt = running(attempt, job, at(at));
            for (int i = random.nextInt(5); i > 0; i--) {
                at += random.nextInt(7_200_000);
                int next = 2 + attempt.elastic().next().getOrDefault(WORKER, 2) - 2;
                if (random.nextBoolean()) {
                    attempt = resized(
                            attempt,
                            job,
                            attempt.elastic()
                                    .grown(
                                            Map.of(WORKER, Map.of(pool, 1)),
                                            job.spec().roles()),
                            at(at));
                    above.put(next, at);
                } else if (!above.isEmpty()) {
                    int gone = above.keySet().iterator().next();
                    attempt = resized(attempt, job, attempt.elastic().without(pod -> pod.index() == gone), at(at));
                    held.add(new long[] {above.remove(gone), at, 1});
                }
            }
        }
        boolean ends = random.nextInt(4) > 0;
        at += random.nextInt(50_000_000);
        if (ends) {
            finish(attempt, job, at(at));
        }
        long end = ends ? at : Long.MAX_VALUE;
        held.add(new long[] {begin, end, 2});
        above.values().forEach(since -> held.add(new long[] {since, end, 1}));
        return held;
    }

    private static Instant at(long millis) {
        return T0.plusMillis(millis);
    }

    private Map<List<String>, Sum> groups(Dimension by) {
        Usage usage = usages.of(PERIOD, List.of(Dimension.TEAM, by == Dimension.TEAM ? Dimension.QUEUE : by));
        Map<List<String>, Sum> own = new HashMap<>();
        usage.groups().forEach((key, sum) -> {
            if (key.get(0).equals(team.value())) {
                own.put(key, sum);
            }
        });
        return own;
    }

    /** All that the test's team held, which is in one group. */
    @Test
    void what_was_measured_stands_beside_what_was_asked_and_what_was_not_is_not_zero() {
        Job job = job();
        Attempt attempt = running(launched(job, T0), job, T0.plusSeconds(10));
        assertThat(mine(Dimension.TEAM).isMeasured()).isFalse();
        PodUse half = new PodUse(new PodRef(attempt.id(), WORKER, 0), pool, CPU / 2, 1L << 30);
        PodUse idle = new PodUse(new PodRef(attempt.id(), WORKER, 1), pool, 0, 1L << 30);
        used.add(List.of(half, idle), Duration.ofMinutes(30), T0.plusSeconds(1800));
        used.add(List.of(half), Duration.ofMinutes(30), T0.plusSeconds(3500));
        used.add(List.of(half), Duration.ofMinutes(30), T0.plusSeconds(86_400));

        // Of three half hours that were asked while it was measured; the last one lies outside the period.
        assertThat(mine(Dimension.TEAM).measuredCoreHours()).isEqualTo(1.5 * 1.5);
        assertThat(mine(Dimension.TEAM).usedCoreHours()).isEqualTo(0.75);
        assertThat(mine(Dimension.POOL).usedGibHours()).isEqualTo(1.5);
    }

    private Sum mine(Dimension by) {
        assertThat(groups(by)).hasSize(1);
        return groups(by).values().iterator().next();
    }

    private void price(String price, Instant since) {
        pools.put(
                new Pool(
                        pool,
                        1,
                        Resources.of(Map.of("cpu", 2 * CPU, "memory", 4L << 30, "nvidia.com/gpu", 2L)),
                        Map.of(),
                        List.of(),
                        110,
                        price == null ? null : new BigDecimal(price),
                        false),
                OptionalLong.empty(),
                ACTOR,
                since);
    }

    private Job job() {
        Job job = Jobs.job(team);
        jobs.insert(List.of(job), ACTOR);
        Job launching = job.launching();
        assertThat(jobs.move(move(job, launching))).isTrue();
        return launching;
    }

    private Attempt launched(Job job, Instant at) {
        Attempt attempt = Attempt.launching(
                job.newestAttempt().orElseThrow(), Map.of(WORKER, Map.of(pool, 2)), at, at.plusSeconds(600));
        attempts.insert(List.of(attempt));
        return attempt;
    }

    private Attempt running(Attempt attempt, Job job, Instant at) {
        return moved(attempt, attempt.running(at, null, List.of()), job, at);
    }

    private Attempt resized(Attempt attempt, Job job, ElasticPods pods, Instant at) {
        return moved(attempt, attempt.resized(pods), job, at);
    }

    private void finish(Attempt attempt, Job job, Instant at) {
        release(attempt, job, Outcome.SUCCEEDED, at);
    }

    private void release(Attempt attempt, Job job, Outcome outcome, Instant at) {
        Attempt releasing = moved(attempt, attempt.releasing(outcome, List.of()), job, at.minusMillis(1));
        moved(releasing, releasing.ended(at), job, at);
    }

    private Attempt moved(Attempt before, Attempt after, Job job, Instant at) {
        assertThat(attempts.move(new AttemptMove(job, before, after, at, ACTOR, null)))
                .isTrue();
        return after;
    }

    private static Failure failure(Category category) {
        return new Failure(category, null, null, "x");
    }
}
