package dev.muster.ui;

import dev.muster.cycle.OrderedBreaker;
import dev.muster.pool.Pool;
import dev.muster.postgres.OfferingStore;
import dev.muster.quota.breaker.Breaker;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.offering.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one offering, and what may be said of it. {@code level} is the success of its launches in tenths, 0 to 10;
 * {@code orders} are those that would change something.
 */
public record OfferingTile(
        String pool,
        String offering,
        String breaker,
        String css,
        int level,
        String success,
        String launches,
        String lost,
        @Nullable String price,
        @Nullable String why,
        @Nullable Moment again,
        List<Order> orders) {
    /** One button: {@code word} is sent, {@code text} shown, {@code command} does the same. */
    public record Order(String word, String text, String command) {}

    static OfferingTile of(
            Pool pool, OfferingStore.@Nullable State state, OfferingStore.@Nullable Order order, Instant now) {
        Breaker breaker = OrderedBreaker.of(state, order);
        BreakerState stands = breaker.state(now);
        TrackRecord record =
                state == null ? TrackRecord.from(now) : state.record().at(now);
        boolean byHand = breaker.order() != Breaker.Order.NONE;
        Instant again = breaker.halfOpenAt(now);
        return new OfferingTile(
                pool.name().value(),
                pool.offering().toString(),
                byHand ? breaker.order().name().toLowerCase(Locale.ROOT) + " (by hand)" : word(stands),
                stands.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                (int) Math.round(record.success() * 10),
                Math.round(record.success() * 100) + " %",
                launches(record, now),
                String.format(Locale.ROOT, "%.1f %%", record.interruptionsPerNodeHour() * 100),
                pool.price() == null ? null : pool.price().toPlainString(),
                stands == BreakerState.CLOSED || breaker.why().isEmpty() ? null : breaker.why(),
                again == null ? null : new Moment(again, now),
                Stream.of(OfferingStore.Word.values())
                        .filter(word -> changes(word, breaker, stands))
                        .map(word -> order(word, pool.name().value()))
                        .toList());
    }

    private static String word(BreakerState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String launches(TrackRecord record, Instant now) {
        return record.times()
                .quantile(0.5, now)
                .map(median -> "%s, p99 %s"
                        .formatted(
                                Moment.span(median),
                                Moment.span(record.times().quantile(0.99, now).orElse(Duration.ZERO))))
                .orElse("none yet");
    }

    private static boolean changes(OfferingStore.Word word, Breaker breaker, BreakerState state) {
        return switch (word) {
            case OPEN -> breaker.order() != Breaker.Order.OPEN;
            case DRAIN -> breaker.order() != Breaker.Order.DRAIN;
            case CLOSE -> state != BreakerState.CLOSED;
        };
    }

    private static Order order(OfferingStore.Word word, String pool) {
        String verb = word.name().toLowerCase(Locale.ROOT);
        return new Order(
                word.name(),
                word.name().charAt(0) + verb.substring(1),
                "muster pools %s %s --why '…'".formatted(verb, pool));
    }
}
