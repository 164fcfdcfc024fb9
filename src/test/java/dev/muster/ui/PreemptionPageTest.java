package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.postgres.PreemptionStore.Preemption;
import dev.muster.postgres.PreemptionStore.Taker;
import dev.muster.postgres.PreemptionStore.Total;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What gave way is added up by pair of teams and by day, the largest loss first. */
class PreemptionPageTest {
    private static final TeamName SLOW = new TeamName("slow");
    private static final TeamName FAST = new TeamName("fast");
    private static final LocalDate DAY = LocalDate.parse("2026-11-20");

    static PreemptionPage page() {
        Frame frame = Samples.frame("Preemptions", "planning");
        return PreemptionPage.of(
                frame,
                PreemptionPage.Wanted.of("7", null),
                List.of(
                        new Total(DAY.plusDays(1), SLOW, FAST, "PREEMPTED", 2, 8, Duration.ofHours(3)),
                        new Total(DAY, SLOW, FAST, "RECLAIMED", 1, 4, Duration.ofHours(9)),
                        new Total(DAY, FAST, null, "CAPABILITY_CUT", 1, 1, Duration.ZERO)),
                List.of(new Preemption(
                        frame.now().minusSeconds(60),
                        SLOW,
                        new QueueName("slow"),
                        new JobId("01h00000000000000000000001"),
                        "<script>alert(1)</script>",
                        2,
                        "PREEMPTED",
                        "gave way & lost",
                        4,
                        Duration.ofMinutes(90),
                        new Taker(new JobId("01h00000000000000000000002"), "rush", FAST))),
                100);
    }

    @Test
    void pairs_and_days_add_up_and_the_largest_loss_is_first() {
        PreemptionPage page = page();
        assertThat(page.all().gangs()).isEqualTo(4);
        assertThat(page.all().lost()).isEqualTo("12");
        assertThat(page.pairs())
                .satisfiesExactly(
                        pair -> {
                            assertThat(pair.team() + " to " + pair.taker()).isEqualTo("slow to fast");
                            assertThat(pair.sum().pods()).isEqualTo(12);
                            assertThat(pair.sum().bar()).isEqualTo(100);
                        },
                        pair -> assertThat(pair.taker()).isEqualTo("nobody's job"));
        assertThat(page.days()).extracting(PreemptionPage.Day::date).containsExactly("2026-11-21", "2026-11-20");
    }

    @Test
    void one_gang_is_told_with_its_taker_and_its_loss_and_a_hostile_name_is_text() {
        assertThat(Drawing.draw("preemptions", page()))
                .contains("/ui/jobs/01h00000000000000000000002", "1.50", "gave way &amp; lost")
                .contains("/ui/planning/preemptions?days=7&amp;team=slow")
                .doesNotContain("<script>alert");
    }

    @Test
    void an_address_that_cannot_be_meant_is_the_usual_one() {
        assertThat(PreemptionPage.Wanted.of("x", "A\"><script>")).isEqualTo(new PreemptionPage.Wanted(7, null));
    }
}
