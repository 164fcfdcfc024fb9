package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.amounts;
import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Limit;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitTest {
    private static final PriorityClassName URGENT = new PriorityClassName("urgent");

    private static Situation limited(Limit limit) {
        Situation situation = given().pool("a", 4, "cpu 4")
                .queue("org")
                .queue("etl", "org", "", "", null)
                .pending("ann-1", "etl", 1, "cpu 1")
                .traits("ann-1", traits -> traits.of("ann", URGENT))
                .pending("ann-2", "etl", 1, "cpu 1")
                .traits("ann-2", traits -> traits.of("ann", URGENT))
                .pending("bob-1", "etl", 1, "cpu 1")
                .traits("bob-1", traits -> traits.of("bob", null));
        situation.queues.replaceAll(
                queue -> queue.name().value().equals("org") ? queue.withLimits(List.of(limit)) : queue);
        return situation;
    }

    @Test
    void a_user_holds_no_more_jobs_than_a_queue_above_allows() {
        var planned = limited(new Limit(true, null, 1, null, null)).whenPlanned();

        assertThat(planned.launches()).containsExactly("ann-1", "bob-1");
        assertThat(planned.code("ann-2")).isEqualTo(ReasonCode.LIMIT_REACHED);
        assertThat(planned.message("ann-2")).isEqualTo("user ann holds 1 jobs in queue org, at most 1 with this job");
    }

    @Test
    void a_class_holds_no_more_than_its_limit_and_others_are_free() {
        var planned =
                limited(new Limit(false, URGENT, null, amounts("cpu 1"), null)).whenPlanned();

        assertThat(planned.launches()).containsExactly("ann-1", "bob-1");
        assertThat(planned.message("ann-2"))
                .isEqualTo("class urgent holds 1 cpu in queue org, at most 1 with this job");
    }

    @Test
    void launches_of_the_last_minute_count() {
        assertThat(limited(new Limit(true, null, null, null, 1)).whenPlanned().launches())
                .containsExactly("ann-1", "bob-1");
        Situation earlier = limited(new Limit(true, null, null, null, 1))
                .running("old", "etl", "a-0", 1, "cpu 1")
                .tenure("old", traits -> traits.of("ann", URGENT));
        assertThat(earlier.whenPlanned().launches()).containsExactly("ann-1", "bob-1");
    }

    @Test
    void launches_of_the_last_minute_count_when_they_have_ended() {
        Situation situation = limited(new Limit(true, null, null, null, 1));
        situation.launchedLately.add(
                new PastLaunch(new QueueName("etl"), "ann", URGENT, situation.now.minusSeconds(59)));
        situation.launchedLately.add(new PastLaunch(new QueueName("etl"), "bob", null, situation.now.minusSeconds(60)));

        assertThat(situation.whenPlanned().launches()).containsExactly("bob-1");
        assertThat(situation.whenPlanned().message("ann-1"))
                .isEqualTo("user ann holds 1 launches in the last minute in queue org, at most 1 with this job");
        assertThat(Horizon.of(situation.snapshot(), new Planner().plan(situation.snapshot())))
                .contains(situation.now.plusSeconds(1));
    }

    @Test
    void a_limit_on_nobody_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limit(false, null, 1, null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limit(true, null, -1, null, null));
    }
}
