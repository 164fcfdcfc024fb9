package dev.muster.cli.scenario;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan in the words of {@link Expectation}, and as objects for JSON. */
public final class Telling {
    private Telling() {}

    public static List<Expectation> expectations(Plan plan, Starts starts) {
        return plan.decisions().stream()
                .map(decision -> expectation(decision, starts))
                .toList();
    }

    private static Expectation expectation(Decision decision, Starts starts) {
        return decision.match(
                launch -> told(launch, Map.of("in", pools(launch.pools()))),
                grow -> told(grow, Map.of("in", pools(grow.pools()), "by", pods(grow.promise()))),
                shrink -> told(
                        shrink,
                        Map.of(
                                "for",
                                name(shrink.inFavourOf()),
                                "by",
                                pods(shrink.pods()),
                                "because",
                                shrink.reason().code().name())),
                evict -> told(
                        evict,
                        Map.of(
                                "for",
                                name(evict.inFavourOf()),
                                "because",
                                evict.reason().code().name())),
                hold -> told(hold, held(hold, starts)));
    }

    /** Empty where nobody takes the room. */
    private static String name(@Nullable JobId taker) {
        return taker == null ? "" : taker.value();
    }

    private static @Nullable String nullable(@Nullable JobId taker) {
        return taker == null ? null : taker.value();
    }

    private static Expectation told(Decision decision, Map<String, String> words) {
        return new Expectation(verb(decision), decision.job().value(), words);
    }

    /** The word for it, in expectations and in JSON. */
    static String verb(Decision decision) {
        return decision.match(l -> "launch", g -> "grow", s -> "shrink", e -> "evict", h -> "hold");
    }

    private static String pods(List<LiveAttempt.Held> pods) {
        return Integer.toString(pods.stream().mapToInt(LiveAttempt.Held::count).sum());
    }

    private static Map<String, String> held(Decision.Hold hold, Starts starts) {
        Map<String, String> words = new TreeMap<>();
        words.put("starts", starts.word(hold.job()));
        words.put("because", hold.reason().code().name());
        words.put(
                "also",
                hold.all().stream().skip(1).map(reason -> reason.code().name()).collect(Collectors.joining(",")));
        hold.all().forEach(reason -> {
            if (reason.numbers().containsKey("behind")) {
                words.put("behind", reason.numbers().get("behind"));
            }
        });
        return words;
    }

    /** One decision as JSON shows it. */
    public record Told(
            String decision,
            String job,
            @Nullable Map<String, Map<String, Integer>> pools,
            @Nullable String inFavourOf,
            Why reason,
            @Nullable List<Why> all,
            @Nullable Start expectedStart) {}

    /** A reason as JSON shows it. */
    public record Why(String code, String message, @Nullable String hint, Map<String, String> numbers) {
        static Why of(Reason reason) {
            return new Why(reason.code().name(), reason.message(), reason.hint(), reason.numbers());
        }
    }

    public static List<Told> objects(Plan plan, Starts starts) {
        return plan.decisions().stream()
                .map(decision -> object(decision, starts))
                .toList();
    }

    /** When a job is expected to start, as JSON shows it; without times where it cannot, or nobody looked. */
    public record Start(
            @Nullable Instant earliest,
            @Nullable Instant latest,
            @Nullable String cannotBecause,
            List<String> assumptions) {}

    private static Told object(Decision decision, Starts starts) {
        return decision.match(
                launch -> object(launch, placements(launch.pools()), null),
                grow -> object(grow, placements(grow.pools()), null),
                shrink -> object(shrink, leaving(shrink.pods()), nullable(shrink.inFavourOf())),
                evict -> object(evict, null, nullable(evict.inFavourOf())),
                hold -> new Told(
                        "hold",
                        hold.job().value(),
                        null,
                        null,
                        Why.of(hold.reason()),
                        hold.all().stream().map(Why::of).toList(),
                        starts.object(hold.job())));
    }

    private static Told object(
            Decision decision, @Nullable Map<String, Map<String, Integer>> pools, @Nullable String inFavourOf) {
        return new Told(
                verb(decision), decision.job().value(), pools, inFavourOf, Why.of(decision.reason()), null, null);
    }

    private static Map<String, Map<String, Integer>> leaving(List<LiveAttempt.Held> pods) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        pods.forEach(held -> counts.computeIfAbsent(held.role().value(), role -> new TreeMap<>())
                .merge(held.pool().value(), held.count(), Integer::sum));
        return counts;
    }

    /** All pools of the gang, by name. */
    static String pools(Map<RoleName, Map<PoolName, Integer>> placement) {
        return placement.values().stream()
                .flatMap(pools -> pools.keySet().stream())
                .distinct()
                .sorted()
                .map(PoolName::value)
                .collect(Collectors.joining(","));
    }

    public static Map<String, Map<String, Integer>> placements(Map<RoleName, Map<PoolName, Integer>> pods) {
        Map<String, Map<String, Integer>> placements = new TreeMap<>();
        pods.forEach((role, pools) -> {
            Map<String, Integer> counts = new TreeMap<>();
            pools.forEach((pool, count) -> counts.put(pool.value(), count));
            placements.put(role.value(), counts);
        });
        return placements;
    }
}
