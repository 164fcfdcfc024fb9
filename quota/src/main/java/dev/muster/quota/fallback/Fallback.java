package dev.muster.quota.fallback;

import dev.muster.quota.time.LengthOfTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a job that wants spot nodes first may use others now. Each rule says until when waiting is worth it; where spot nodes are
 * not expected before the earliest of these, the job falls back, if its team's budget has room for all that it may cost ({@code cost}).
 */
public record Fallback(
        Answer answer,
        @Nullable Rule rule,
        @Nullable Instant bound,
        BigDecimal cost,
        String message,
        Map<String, String> numbers) {
    private static final BigDecimal MILLIS =
            BigDecimal.valueOf(Duration.ofHours(1).toMillis());
    /** Longer than anybody waits. */
    private static final BigDecimal MOST_MILLIS =
            BigDecimal.valueOf(Duration.ofDays(36_500).toMillis());

    public Fallback {
        numbers = Map.copyOf(numbers);
    }

    /** What becomes of it. */
    public enum Answer {
        /** It waits for spot nodes. */
        STAYS,
        /** It may use others. */
        GRANTED,
        /** A rule would let it, and the budget does not. */
        REFUSED
    }

    /** Which rule's time comes first. */
    public enum Rule {
        BREAKER_OPEN,
        QUEUE_TIMEOUT,
        WAITING_COST
    }

    private record Bound(Rule rule, Instant at) {}

    /** {@code spent}: what the team has spent, and has set apart, within the period. */
    public static Fallback of(Waiting job, FallbackRules rules, BigDecimal spent) {
        if (rules.isOff()) {
            return new Fallback(
                    Answer.STAYS,
                    null,
                    null,
                    BigDecimal.ZERO,
                    "runs on spot nodes only: the policy's onDemand.budget is 0",
                    Map.of());
        }
        Bound first = bounds(job, rules).min(Comparator.comparing(Bound::at)).orElse(null);
        if (first == null) {
            return new Fallback(
                    Answer.STAYS,
                    null,
                    null,
                    BigDecimal.ZERO,
                    "runs on spot nodes only, as long as they may come at any time",
                    Map.of());
        }
        Map<String, String> numbers = new TreeMap<>();
        numbers.put("rule", first.rule().name());
        numbers.put("bound", first.at().toString());
        numbers.put("spotAt", job.spotAt().toString());
        Instant expected = job.spotAt().isAfter(job.now()) ? job.spotAt() : job.now();
        if (expected.isBefore(first.at())) {
            return new Fallback(
                    Answer.STAYS,
                    first.rule(),
                    first.at(),
                    BigDecimal.ZERO,
                    "waits for spot nodes until %s, then it may use others (%s)"
                            .formatted(first.at(), words(first.rule())),
                    numbers);
        }
        BigDecimal cost = job.onDemand();
        if (cost == null) {
            return new Fallback(
                    Answer.REFUSED,
                    first.rule(),
                    first.at(),
                    BigDecimal.ZERO,
                    "may not use nodes that are not spot: it has no maxRunTime, so nobody knows what it costs at most",
                    numbers);
        }
        BigDecimal budget = BigDecimal.valueOf(rules.budget());
        numbers.put("cost", shown(cost));
        numbers.put("spent", shown(spent));
        numbers.put("budget", shown(budget));
        boolean fits = spent.add(cost).compareTo(budget) <= 0;
        return new Fallback(
                fits ? Answer.GRANTED : Answer.REFUSED,
                first.rule(),
                first.at(),
                fits ? cost : BigDecimal.ZERO,
                fits
                        ? "may use nodes that are not spot (%s): costs at most %s, of %s in %s its team has spent %s"
                                .formatted(
                                        words(first.rule()),
                                        shown(cost),
                                        shown(budget),
                                        LengthOfTime.spoken(rules.period()),
                                        shown(spent))
                        : "may not use nodes that are not spot: it would cost up to %s, and of %s in %s its team has spent %s"
                                .formatted(
                                        shown(cost), shown(budget), LengthOfTime.spoken(rules.period()), shown(spent)),
                numbers);
    }

    /** What was said of one that may, where the rest of the sentence is not known any more. */
    public static String granted(Rule rule, BigDecimal cost) {
        return "may use nodes that are not spot (%s): costs at most %s".formatted(words(rule), shown(cost));
    }

    private static Stream<Bound> bounds(Waiting job, FallbackRules rules) {
        Bound breaker =
                job.breakersOpen() ? new Bound(Rule.BREAKER_OPEN, job.since().plus(rules.breakerOpen())) : null;
        Bound timeout = job.latestStart() == null
                ? null
                : new Bound(Rule.QUEUE_TIMEOUT, job.latestStart().minus(rules.beforeTimeout()));
        return Stream.of(breaker, timeout, cost(job, rules))
                .filter(Objects::nonNull)
                .map(Bound.class::cast);
    }

    /** Waiting for longer costs more than the dearer nodes would have. */
    private static @Nullable Bound cost(Waiting job, FallbackRules rules) {
        BigDecimal onDemand = job.onDemand();
        if (rules.waitingCost() == 0 || onDemand == null) {
            return null;
        }
        BigDecimal dearer = onDemand.subtract(job.spot()).max(BigDecimal.ZERO);
        BigDecimal millis = dearer.multiply(MILLIS)
                .divide(BigDecimal.valueOf(rules.waitingCost()), 0, RoundingMode.CEILING)
                .min(MOST_MILLIS);
        return new Bound(Rule.WAITING_COST, job.since().plusMillis(millis.longValue()));
    }

    private static String words(Rule rule) {
        return switch (rule) {
            case BREAKER_OPEN -> "the breakers of its spot offerings are open";
            case QUEUE_TIMEOUT -> "its queueTimeout comes near";
            case WAITING_COST -> "waiting longer costs more than the dearer nodes";
        };
    }

    private static String shown(BigDecimal cost) {
        return cost.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
