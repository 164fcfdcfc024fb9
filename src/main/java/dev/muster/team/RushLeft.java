package dev.muster.team;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a rush allowance: {@code left} jobs now, null: any number. {@code nextAt}: where fewer are left than were wanted, when
 * so many may be submitted; null where they may now, or never at once.
 */
public record RushLeft(@Nullable Integer left, @Nullable Instant nextAt) {
    /** The longest time that is looked back. */
    public static final Duration WEEK = Duration.ofDays(7);

    private static final Duration DAY = Duration.ofDays(1);

    /** {@code uses}: those of the team within the last week, in any order. */
    public static RushLeft of(RushAllowance allowance, List<RushUse> uses, String actor, int wanted, Instant now) {
        List<RushUse> own =
                uses.stream().filter(use -> use.actor().equals(actor)).toList();
        RushLeft all = new RushLeft(null, null);
        all = all.and(allowance.perDay(), DAY, uses, wanted, now);
        all = all.and(allowance.perWeek(), WEEK, uses, wanted, now);
        all = all.and(allowance.perPersonPerDay(), DAY, own, wanted, now);
        all = all.and(allowance.perPersonPerWeek(), WEEK, own, wanted, now);
        return all.left() != null && all.left() < wanted && all.isNever(allowance, wanted)
                ? new RushLeft(all.left(), null)
                : all;
    }

    public boolean isEnough(int wanted) {
        return left == null || left >= wanted;
    }

    /** The stricter of this and one window: of the last {@code length} before now. */
    private RushLeft and(@Nullable Integer limit, Duration length, List<RushUse> uses, int wanted, Instant now) {
        if (limit == null) {
            return this;
        }
        List<Instant> within = uses.stream()
                .map(RushUse::at)
                .filter(at -> at.isAfter(now.minus(length)))
                .sorted()
                .toList();
        int leftHere = Math.max(0, limit - within.size());
        int less = left == null ? leftHere : Math.min(left, leftHere);
        int over = within.size() + wanted - limit;
        Instant free = over > 0 && over <= within.size() ? within.get(over - 1).plus(length) : null;
        return new RushLeft(less, later(nextAt, free));
    }

    private boolean isNever(RushAllowance allowance, int wanted) {
        return isBelow(allowance.perDay(), wanted)
                || isBelow(allowance.perWeek(), wanted)
                || isBelow(allowance.perPersonPerDay(), wanted)
                || isBelow(allowance.perPersonPerWeek(), wanted);
    }

    private static boolean isBelow(@Nullable Integer limit, int wanted) {
        return limit != null && limit < wanted;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
