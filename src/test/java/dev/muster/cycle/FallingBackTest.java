package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.OfferingStore;
import dev.muster.postgres.OnDemandStore;
import dev.muster.postgres.PolicyStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.TeamStore;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.report.OnDemandBudgets;
import dev.muster.team.Team;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that want spot nodes first: they use others when a rule says so, and only for as much as their team may spend. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class FallingBackTest {
    private static final Offering SPOT = Offering.parse("spot/spot/-/-");

    @Inject
    Site site;

    @Inject
    Board board;

    @Inject
    PolicyStore policies;

    @Inject
    OfferingStore offerings;

    @Inject
    OnDemandStore store;

    @Inject
    PoolStore pools;

    @Inject
    TeamStore teams;

    @Inject
    OnDemandBudgets budgets;

    @BeforeEach
    void a_spot_market_that_is_closed_beside_four_dear_nodes() {
        site.pool("cpu", 4, 4, Map.of(), "3");
        site.pool("spot", 0, 6, Map.of("karpenter.sh/capacity-type", "spot"), "1");
        site.queue("all");
        order(OfferingStore.Word.OPEN);
    }

    @AfterEach
    void spot_nodes_for_all_that_waits_and_none_for_others() {
        policy(Map.of());
        order(OfferingStore.Word.CLOSE);
        site.pool("spot", 6, 6, Map.of("karpenter.sh/capacity-type", "spot"), "1");
        site.run();
        assertThat(site.live()).isEmpty();
        pools.delete(new PoolName("spot"), OptionalLong.empty(), "ada", site.now());
        teams.find(Work.TEAM).ifPresent(there -> team(null));
    }

    private void order(OfferingStore.Word word) {
        offerings.order(SPOT, new OfferingStore.Order(word, "ada", "because", site.now()));
    }

    private void policy(Map<String, String> values) {
        policies.apply(policies.current().revision(), values, "ada", "for spot", site.now());
    }

    private static Work gang(String name) {
        return Work.gang(name, 4)
                .runningFor(Duration.ofMinutes(10))
                .atMost(Duration.ofHours(1))
                .onSpotFirst();
    }

    private List<Event> told(Job job) {
        return site.events(job.id()).stream()
                .filter(event -> event.type() == EventType.FELL_BACK)
                .toList();
    }

    private Reason said(Job job) {
        return board.reasons(job.id()).stream()
                .filter(reason -> reason.code() == ReasonCode.SPOT_FIRST)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void without_a_budget_they_wait_for_spot_nodes_as_long_as_it_takes() {
        Job job = site.submit(gang("patient"));
        site.runFor(Duration.ofHours(5));
        assertThat(site.job(job).state()).isEqualTo(JobState.QUEUED);
        assertThat(said(job).message()).contains("onDemand.budget is 0");
        assertThat(told(job)).isEmpty();
    }

    @Test
    void one_falls_back_after_half_an_hour_and_another_when_the_budget_has_room_again() {
        // Four pods at 3 an hour for 1 h, 10 min to start, 15 min for nodes to come and 30 s to stop: 17.10 at most.
        policy(Map.of("onDemand.budget", "20"));
        Instant began = site.now();
        Job first = site.submit(gang("first"));
        Job second = site.submit(gang("second"));
        site.runFor(Duration.ofMinutes(29));
        assertThat(site.job(first).state()).isEqualTo(JobState.QUEUED);
        assertThat(said(first).message()).startsWith("waits for spot nodes until");

        site.runFor(Duration.ofMinutes(3));
        assertThat(site.job(first).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.attempts(first).get(0).placements().values()).containsExactly(Map.of(new PoolName("cpu"), 4));
        assertThat(told(first)).singleElement().satisfies(event -> {
            assertThat(event.to()).isEqualTo("GRANTED");
            assertThat(event.why().numbers())
                    .containsEntry("rule", "BREAKER_OPEN")
                    .containsEntry("cost", "17.10")
                    .containsEntry("spent", "0.00")
                    .containsEntry("budget", "20.00");
        });
        assertThat(site.job(second).state()).isEqualTo(JobState.QUEUED);
        assertThat(told(second)).singleElement().satisfies(event -> assertThat(event.to())
                .isEqualTo("REFUSED"));
        assertThat(said(second).message())
                .isEqualTo(
                        "may not use nodes that are not spot: it would cost up to 17.10, and of 20.00 in 7d its team has spent 17.10");

        site.runFor(Duration.ofMinutes(13));
        assertThat(site.job(first).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(site.job(second).state()).isEqualTo(JobState.RUNNING);
        site.runFor(Duration.ofMinutes(13));
        assertThat(spentSince(began))
                .as("two gangs for ten minutes each")
                .isBetween(new BigDecimal("4.0"), new BigDecimal("4.6"));
    }

    @Test
    void who_finds_spot_nodes_after_all_has_spent_nothing() {
        policy(Map.of("onDemand.budget", "1000"));
        Instant began = site.now();
        Job before = site.submit(Work.gang("before", 4).runningFor(Duration.ofHours(2)));
        Job job = site.submit(gang("lucky"));
        site.runFor(Duration.ofMinutes(31));
        assertThat(site.job(before).state()).isEqualTo(JobState.RUNNING);
        assertThat(site.job(job).state()).isEqualTo(JobState.QUEUED);
        assertThat(said(job).message()).startsWith("may use nodes that are not spot");
        assertThat(spentSince(began)).as("set apart").isEqualByComparingTo("17.1");

        site.pool("spot", 4, 6, Map.of("karpenter.sh/capacity-type", "spot"), "1");
        site.runFor(Duration.ofMinutes(12));
        assertThat(site.job(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(spentSince(began)).isZero();
    }

    @Test
    void a_team_with_a_budget_of_its_own_has_that_and_every_replica_says_so() {
        team(20);
        site.submit(Work.gang("full", 4).runningFor(Duration.ofHours(2)));
        Job job = site.submit(gang("rich"));
        site.runFor(Duration.ofMinutes(32));
        assertThat(told(job))
                .singleElement()
                .satisfies(event -> assertThat(event.why().numbers()).containsEntry("budget", "20.00"));
        // What is kept is what a replica tells that does not lead, or has just begun to.
        assertThat(site.job(job).reasons()).anySatisfy(reason -> {
            assertThat(reason.code()).isEqualTo(ReasonCode.SPOT_FIRST);
            assertThat(reason.message()).startsWith("may use nodes that are not spot");
        });
        assertThat(budgets.of(teams.find(Work.TEAM).orElseThrow().value()))
                .satisfies(standing -> assertThat(standing.budget()).isEqualTo(20))
                .satisfies(standing -> assertThat(standing.spent()).isEqualByComparingTo("17.1"));
        site.runFor(Duration.ofMinutes(1));
        assertThat(site.job(job).reasons()).extracting(Reason::code).contains(ReasonCode.SPOT_FIRST);
    }

    @Test
    void a_team_without_a_budget_falls_back_for_nothing_whatever_the_policy_allows_the_others() {
        policy(Map.of("onDemand.budget", "1000"));
        team(0);
        Job job = site.submit(gang("poor"));
        site.runFor(Duration.ofHours(2));
        assertThat(site.job(job).state()).isEqualTo(JobState.QUEUED);
        assertThat(told(job)).isEmpty();
    }

    private void team(@Nullable Integer budget) {
        teams.put(
                new Team(Work.TEAM, "vision", List.of(), null, null, null, Set.of(), Map.of(), Set.of(), budget),
                OptionalLong.empty(),
                "ada",
                site.now());
    }

    private BigDecimal spentSince(Instant then) {
        return store.spentSince(then.minusSeconds(1), Set.of(new PoolName("spot")))
                .of(Work.TEAM);
    }
}
