package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.resource.Resources;
import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Holder;
import dev.muster.quota.usage.Holding;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.Prices;
import dev.muster.quota.usage.Usage;
import dev.muster.team.RushAllowance;
import dev.muster.team.RushUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who used which classes, by hand; and what of counted rush is used. */
class PriorityRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static PriorityRows rows() {
        Usage usage = new Usage(
                new Period(NOW.minus(Duration.ofDays(7)), NOW),
                List.of(Dimension.TEAM, Dimension.PRIORITY),
                new Prices(Map.of()));
        hold(usage, "vision", "routine", 2);
        hold(usage, "vision", "rush", 1);
        hold(usage, "ads", "routine", 6);
        return new PriorityRows(
                Dimension.TEAM,
                List.of("routine", "urgent", "rush"),
                Map.of(
                        List.of("vision", "routine"), 3L,
                        List.of("vision", "rush"), 1L,
                        List.of("ads", "routine"), 2L),
                usage.groups());
    }

    private static void hold(Usage usage, String team, String priority, int hours) {
        usage.add(new Holding(
                new Holder(new TeamName(team), new QueueName(team), "ana", "train", null, priority),
                new PoolName("p"),
                Resources.of("cpu", 1000),
                NOW.minus(Duration.ofHours(hours)),
                NOW,
                null));
    }

    @Test
    void each_row_has_its_classes_with_jobs_and_hours_the_largest_first() {
        List<PriorityPage.Row> rows = rows().rows();

        assertThat(rows).extracting(PriorityPage.Row::name).containsExactly("ads", "vision");
        assertThat(rows.get(0).parts()).containsExactly(new PriorityPage.Part(0, 100, "p2"));
        assertThat(rows.get(1).parts())
                .containsExactly(new PriorityPage.Part(0, 33.33, "p2"), new PriorityPage.Part(33.33, 16.67, "p4"));
        assertThat(rows.get(1).cells())
                .containsExactly(
                        new PriorityPage.Cell("3", "2.0", "/ui/jobs?team=vision&priority=routine"),
                        new PriorityPage.Cell("", "", null),
                        new PriorityPage.Cell("1", "1.0", "/ui/jobs?team=vision&priority=rush"));
        assertThat(rows.get(1).sentence())
                .isEqualTo("vision: routine 2.0 core-hours in 3 jobs, rush 1.0 core-hours in 1 jobs");
        assertThat(rows().heads())
                .extracting(head -> head.name() + " " + head.jobs() + " " + head.hours())
                .containsExactly("routine 5 8.0", "urgent 0 0", "rush 1 1.0");
    }

    @Test
    void rush_is_counted_by_team_and_by_who_looks_in_a_day_and_a_week() {
        List<RushUse> uses = List.of(
                new RushUse("ana", NOW.minus(Duration.ofHours(1))),
                new RushUse("ben", NOW.minus(Duration.ofHours(2))),
                new RushUse("ana", NOW.minus(Duration.ofDays(3))));

        PriorityPage.RushLine line = RushLines.of("vision", new RushAllowance(4, 3, 1, null), uses, "ana", NOW);

        assertThat(line.counts())
                .containsExactly(
                        new PriorityPage.Count("24 hours", 2, 4, 50),
                        new PriorityPage.Count("7 days", 3, 3, 100),
                        new PriorityPage.Count("24 hours, by you", 1, 1, 100));
        assertThat(line.counts().get(1).isSpent()).isTrue();
        assertThat(line.counts().get(0).isSpent()).isFalse();
        assertThat(line.next()).isNotNull();
    }
}
