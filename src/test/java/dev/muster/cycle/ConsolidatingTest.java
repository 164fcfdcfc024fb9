package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.event.EventType;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.PolicyStore;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.report.Consolidations;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that one executor of a job keeps is emptied: by somebody's word or by the policy, and not otherwise. */
@QuarkusTest
@TestProfile(OnVirtualTime.class)
class ConsolidatingTest {
    @Inject
    Site site;

    @Inject
    Board board;

    @Inject
    Consolidations consolidations;

    @Inject
    EventStore events;

    @Inject
    PolicyStore policies;

    private Job lingering;

    @BeforeEach
    void an_executor_is_left_alone_on_its_node() {
        site.pool("cpu", 2, 4);
        site.queue("all");
        // One fills a node for a while, the other leaves room for the gang alone: so what the job grows by comes to the
        // first node.
        Job first = site.submit(Work.gang("first", 4).runningFor(Duration.ofMinutes(10)));
        site.runFor(Duration.ofMinutes(1));
        Job second = site.submit(Work.gang("second", 3).runningFor(Duration.ofMinutes(20)));
        site.runFor(Duration.ofMinutes(1));
        lingering = site.submit(Work.elastic("lingering", 1, 2).runningFor(Duration.ofHours(3)));
        site.runFor(Duration.ofMinutes(24));
        assertThat(List.of(site.job(first).state(), site.job(second).state())).containsOnly(JobState.SUCCEEDED);
        assertThat(nodes()).hasSize(2);
    }

    @AfterEach
    void nothing_runs_any_more() {
        site.run();
        assertThat(site.live()).isEmpty();
    }

    @Test
    void nothing_moves_before_somebody_says_so_and_then_the_executor_comes_back_beside_its_gang() {
        Consolidations.Offer offer = consolidations.offer().orElseThrow();
        assertThat(offer.proposals()).hasSize(1);
        site.runFor(Duration.ofMinutes(30));
        assertThat(nodes()).as("a proposal touches nothing").hasSize(2);

        offer = consolidations.offer().orElseThrow();
        NodeName emptied = offer.proposals().get(0).node();
        consolidations.order(offer.proposals(), "ada", "before the weekend");
        site.runFor(Duration.ofMinutes(3));

        assertThat(nodes()).hasSize(1).doesNotContain(emptied);
        assertThat(site.attempts(lingering)).singleElement().satisfies(attempt -> assertThat(attempt.size())
                .isEqualTo(2));
        assertThat(site.events(lingering.id()))
                .filteredOn(event -> event.why() != null && event.why().code().equals(ReasonCode.CONSOLIDATED.name()))
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo(EventType.ATTEMPT_RESIZED));
        assertThat(events.latest(50))
                .filteredOn(recorded -> recorded.event().type() == EventType.NODE_EMPTIED)
                .filteredOn(recorded -> recorded.event().name().equals(emptied.value()))
                .first()
                .satisfies(recorded -> {
                    assertThat(recorded.event().actor()).isEqualTo("ada");
                    assertThat(recorded.event().why().message()).startsWith("before the weekend: 1 pod on node");
                });
        assertThat(consolidations.offer().orElseThrow().proposals()).isEmpty();
        assertThat(consolidations.offer().orElseThrow().left()).isEqualTo(offer.left() - 1);
    }

    @Test
    void the_policy_does_it_by_itself() {
        long revision = policies.current().revision();
        policies.apply(revision, Map.of("consolidation.automatic", "true"), "ada", "nights are quiet", site.now());
        try {
            site.submit(Work.gang("news", 1).runningFor(Duration.ofMinutes(1)));
            site.runFor(Duration.ofMinutes(20));
            assertThat(nodes()).hasSize(1);
            assertThat(site.job(lingering).evictions()).isZero();
        } finally {
            policies.apply(revision + 1, Map.of(), "ada", "as before", site.now());
        }
    }

    private Set<NodeName> nodes() {
        return board.view().orElseThrow().snapshot().live().stream()
                .filter(attempt -> attempt.id().job().equals(lingering.id()))
                .flatMap(attempt -> attempt.pods().stream())
                .filter(held -> !held.leaving())
                .map(LiveAttempt.Held::node)
                .collect(Collectors.toSet());
    }
}
