package dev.muster.ui;

import dev.muster.team.RushAllowance;
import dev.muster.team.RushLeft;
import dev.muster.team.RushUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a team's counted rush is used: by the team, and by who looks. */
final class RushLines {
    private static final Duration DAY = Duration.ofDays(1);

    private RushLines() {}

    static PriorityPage.RushLine of(
            String team, RushAllowance allowance, List<RushUse> uses, String viewer, Instant now) {
        List<PriorityPage.Count> counts = new ArrayList<>();
        List<RushUse> own =
                uses.stream().filter(use -> use.actor().equals(viewer)).toList();
        add(counts, "24 hours", allowance.perDay(), uses, DAY, now);
        add(counts, "7 days", allowance.perWeek(), uses, RushLeft.WEEK, now);
        add(counts, "24 hours, by you", allowance.perPersonPerDay(), own, DAY, now);
        add(counts, "7 days, by you", allowance.perPersonPerWeek(), own, RushLeft.WEEK, now);
        Instant next = RushLeft.of(allowance, uses, viewer, 1, now).nextAt();
        return new PriorityPage.RushLine(team, counts, next == null ? null : new Moment(next, now));
    }

    private static void add(
            List<PriorityPage.Count> counts,
            String within,
            @Nullable Integer allowed,
            List<RushUse> uses,
            Duration length,
            Instant now) {
        if (allowed != null) {
            int used = (int) uses.stream()
                    .filter(use -> use.at().isAfter(now.minus(length)))
                    .count();
            counts.add(new PriorityPage.Count(within, used, allowed, Bar.percent(used, Math.max(1, allowed))));
        }
    }
}
