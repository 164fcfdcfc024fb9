package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.ElasticPods;
import dev.muster.job.Job;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Executors that Spark asks for get places, and places that it leaves empty go back to the others. */
class UnaskedTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PoolName POOL = new PoolName("cpu");
    private static final RoleName ROLE = new RoleName("worker");

    private final Unasked unasked = new Unasked();
    private final Job job = running(Work.elastic("etl", 2, 9).madeByItsLeader().submittedAt(NOW));

    @Test
    void no_more_places_are_wanted_than_its_leader_asks_for() {
        Attempt attempt = attempt(3);

        assertThat(most(attempt, seen(5, 0))).as("it asks for none").isEqualTo(5);
        assertThat(most(attempt, seen(5, 2))).isEqualTo(7);
        assertThat(most(attempt, seen(5, 100))).as("never above its maximum").isEqualTo(9);
        assertThat(most(attempt, new GangStatus(attempt.id(), List.of(), "")))
                .as("where nobody says what it asks for")
                .isEqualTo(9);
    }

    @Test
    void a_place_that_stays_empty_is_given_back_after_a_while_and_the_reason_told() {
        Attempt attempt = attempt(3);
        GangStatus two = seen(4, 0);

        assertThat(unasked.giveBack(job, attempt, two, NOW)).isEmpty();
        assertThat(unasked.giveBack(job, attempt, two, NOW.plusSeconds(59))).isEmpty();
        Step step = unasked.giveBack(job, attempt, two, NOW.plusSeconds(60)).orElseThrow();

        ElasticPods after = step.attemptAfter().elastic();
        assertThat(after.staying()).extracting(ElasticPods.Pod::index).containsExactly(2, 3);
        assertThat(after.pods())
                .as("it is held until the cluster has let it go")
                .hasSize(3);
        assertThat(step.attemptMoves().get(0).why().message()).contains("1 of its places");
    }

    @Test
    void a_place_that_is_filled_again_in_time_is_kept_and_its_time_begins_anew() {
        Attempt attempt = attempt(3);

        unasked.giveBack(job, attempt, seen(4, 0), NOW);
        unasked.giveBack(job, attempt, seen(5, 0), NOW.plusSeconds(30));

        assertThat(unasked.giveBack(job, attempt, seen(4, 0), NOW.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void places_of_others_are_never_given_back() {
        Job own = running(Work.elastic("train", 2, 9).submittedAt(NOW));
        Attempt attempt = attempt(own, 3);
        GangStatus empty = new GangStatus(attempt.id(), List.of(), "");

        assertThat(unasked.giveBack(own, attempt, empty, NOW)).isEmpty();
        assertThat(unasked.giveBack(own, attempt, empty.wanting(0), NOW.plusSeconds(999)))
                .isEmpty();
    }

    private int most(Attempt attempt, GangStatus seen) {
        return Gangs.live(job, attempt, seen, List.of(), false, null, null)
                .roles()
                .get(0)
                .maximum();
    }

    private Attempt attempt(int above) {
        return attempt(job, above);
    }

    private static Attempt attempt(Job of, int above) {
        Attempt launching =
                Attempt.launching(new AttemptId(of.id(), 1), Map.of(ROLE, Map.of(POOL, 2)), NOW, NOW.plusSeconds(600));
        ElasticPods grown = ElasticPods.NONE.grown(
                Map.of(ROLE, Map.of(POOL, above)), of.spec().roles());
        return launching.running(NOW, null, List.of()).resized(grown);
    }

    private static Job running(Job queued) {
        return queued.launching().running(NOW);
    }

    /** The first of its pods run. */
    private GangStatus seen(int pods, int unplaced) {
        AttemptId id = new AttemptId(job.id(), 1);
        List<PodStatus> running = IntStream.range(0, pods)
                .mapToObj(i -> new PodStatus(
                        new PodRef(id, ROLE, i),
                        PodPhase.RUNNING,
                        POOL,
                        new NodeName("node"),
                        NOW,
                        null,
                        null,
                        null,
                        ""))
                .toList();
        return new GangStatus(id, running, "").wanting(unplaced);
    }
}
