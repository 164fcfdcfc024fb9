package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.event.EventType;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Series;
import dev.muster.pool.Pool;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.RunTimeStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.fit.RoomBuilder;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.resource.Resources;
import dev.muster.steering.Steering;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the planner knows of jobs beside what they ask: one zone, when work was saved, how long runs of the same took. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class JobHintsTest {
    private static final PoolName WIDE = new PoolName("hints-wide");

    @Inject
    Site site;

    @Inject
    Board board;

    @Inject
    Steering steering;

    @Inject
    PoolStore pools;

    @Inject
    RunTimeStore runTimes;

    @BeforeEach
    void a_pool_of_two_nodes_with_four_cpus_each() {
        site.pool("cpu", 2, 4);
        site.queue("all");
    }

    @AfterEach
    void nothing_is_held_by_anybody() {
        site.run();
        assertThat(site.live()).isEmpty();
        pools.delete(WIDE, OptionalLong.empty(), "ada", site.now());
    }

    @Test
    void who_saved_its_work_a_minute_ago_loses_a_minute_and_goes_first() {
        Job older = site.submit(Work.gang("older", 4).runningFor(Duration.ofHours(5)));
        site.runFor(Duration.ofHours(1));
        Job younger = site.submit(Work.gang("younger", 4).runningFor(Duration.ofHours(5)));
        site.runFor(Duration.ofMinutes(30));
        steering.checkpointed("ada", older.id(), null);
        steering.checkpointed("ada", older.id(), null);
        assertThat(site.events(older.id()))
                .filteredOn(event -> event.type() == EventType.CHECKPOINTED)
                .as("at once again is once")
                .hasSize(1);
        Job rush = site.submit(Work.gang("rush", 4).of("rush", 100));
        site.runFor(Duration.ofMinutes(1));
        assertThat(site.job(rush).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.job(older).evictions()).isEqualTo(1);
        assertThat(site.job(younger).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void only_what_runs_has_work_to_save() {
        Job waiting = site.submit(Work.gang("waiting", 1).notBefore(site.now().plusSeconds(60)));
        assertThatThrownBy(() -> steering.checkpointed("ada", waiting.id(), null))
                .isInstanceOf(MusterException.class)
                .hasMessageContaining("QUEUED");
    }

    @Test
    void a_gang_that_wants_one_zone_runs_in_one() {
        Pool wide = new Pool(
                WIDE, 1, Resources.of("cpu", 12_000L), Map.of(RoomBuilder.ZONE, "north"), List.of(), 110, null, false);
        pools.put(wide, OptionalLong.empty(), "ada", site.now());
        Job job = site.submit(Work.gang("together", 9).inOneZone());
        site.runFor(Duration.ofSeconds(30));
        assertThat(site.job(job).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.attempts(job)).singleElement().satisfies(attempt -> {
            assertThat(attempt.zone()).isEqualTo("north");
            assertThat(attempt.placements().values())
                    .allSatisfy(placed -> assertThat(placed).containsOnlyKeys(WIDE));
        });
    }

    @Test
    void a_gang_that_wants_one_zone_runs_where_nodes_tell_none() {
        Job job = site.submit(Work.gang("anywhere", 8).inOneZone());
        site.runFor(Duration.ofSeconds(30));
        assertThat(site.job(job).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.attempts(job)).singleElement().satisfies(attempt -> assertThat(attempt.zone())
                .isNull());
    }

    @Test
    void a_job_without_a_limit_is_expected_to_run_as_long_as_runs_of_the_same() {
        for (int i = 1; i <= 3; i++) {
            site.submit(Work.gang("hint-sweep-" + i, 1).runningFor(Duration.ofSeconds(100 + i)));
            site.run();
        }
        assertThat(runTimes.latest(List.of(new Series(Work.TEAM, "hint-sweep")), 10))
                .hasEntrySatisfying(new Series(Work.TEAM, "hint-sweep"), runs -> assertThat(runs)
                        .containsExactly(Duration.ofSeconds(101), Duration.ofSeconds(102), Duration.ofSeconds(103)));
        Job next = site.submit(Work.gang("hint-sweep-4", 1).runningFor(Duration.ofHours(1)));
        Job other = site.submit(Work.gang("hint-other", 1).runningFor(Duration.ofHours(1)));
        site.runFor(Duration.ofSeconds(30));
        assertThat(live(next.id()).traits().runTime())
                .isBetween(Duration.ofSeconds(103), Duration.ofSeconds(103 * 5 / 4));
        assertThat(live(other.id()).traits().runTime()).isNull();
    }

    private LiveAttempt live(JobId job) {
        return board.view().orElseThrow().snapshot().live().stream()
                .filter(attempt -> attempt.id().job().equals(job))
                .findFirst()
                .orElseThrow();
    }
}
