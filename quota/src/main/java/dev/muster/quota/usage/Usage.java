package dev.muster.quota.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was held within a period, put together by some dimensions and as a whole. Holdings are added one after the other, so that any
 * number of them needs the memory of the groups only. What of them lies outside the period does not count.
 */
public final class Usage {
    /** Most groups that are kept apart. */
    public static final int MOST_GROUPS = 100_000;

    private static final Comparator<List<String>> BY_KEY = (one, other) -> {
        for (int i = 0; i < one.size(); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    private final Period period;
    private final List<Dimension> by;
    private final Prices prices;
    private final SortedMap<List<String>, Sum> groups = new TreeMap<>(BY_KEY);
    private final Sum total = new Sum();
    private boolean tooMany;

    public Usage(Period period, List<Dimension> by, Prices prices) {
        this.period = period;
        this.by = List.copyOf(by);
        this.prices = prices;
    }

    public void add(Holding holding) {
        Period held = period.and(holding.since(), holding.until());
        if (held == null) {
            return;
        }
        if (by.contains(Dimension.DAY)) {
            for (Instant at = held.from(); at.isBefore(held.to()); at = nextDay(at)) {
                Period piece = held.and(at, nextDay(at));
                if (piece != null) {
                    add(holding, piece, day(at).toString());
                }
            }
        } else {
            add(holding, held, "");
        }
    }

    private void add(Holding holding, Period piece, String day) {
        List<String> key = by.stream()
                .map(dimension -> dimension.of(holding.holder(), holding.pool(), day))
                .toList();
        Prices.Cost price = prices.of(holding.pool(), holding.pods(), piece);
        @Nullable Period lost = holding.lostSince() == null ? null : piece.and(holding.lostSince(), holding.until());
        Prices.@Nullable Cost lostPrice = lost == null ? null : prices.of(holding.pool(), holding.pods(), lost);
        for (Sum sum : sums(key)) {
            sum.hold(holding.pods(), piece, price);
            if (lost != null && lostPrice != null) {
                sum.lose(holding.pods(), lost, lostPrice);
            }
        }
    }

    /** What was used counts by whole hours. */
    public void add(Used used) {
        if (used.hour().isBefore(period.from()) || !used.hour().isBefore(period.to())) {
            return;
        }
        String day = day(used.hour()).toString();
        sums(by.stream()
                        .map(dimension -> dimension.of(used.holder(), used.pool(), day))
                        .toList())
                .forEach(sum -> sum.use(used));
    }

    private List<Sum> sums(List<String> key) {
        Sum known = groups.get(key);
        if (known == null) {
            if (groups.size() >= MOST_GROUPS) {
                tooMany = true;
                return List.of(total);
            }
            known = new Sum();
            groups.put(key, known);
        }
        return List.of(total, known);
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static Instant nextDay(Instant at) {
        return day(at).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public Period period() {
        return period;
    }

    public List<Dimension> by() {
        return by;
    }

    /** By the values of the dimensions, in the order of those. */
    public SortedMap<List<String>, Sum> groups() {
        return Collections.unmodifiableSortedMap(groups);
    }

    public Sum total() {
        return total;
    }

    /** There were more than {@link #MOST_GROUPS}: those that came last are in the total only. */
    public boolean isTooMany() {
        return tooMany;
    }
}
