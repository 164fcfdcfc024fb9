package dev.muster.cli.scenario;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan in the words of {@link Expectation}, and as objects for JSON. */
public final class Telling {
    private Telling() {}

    public static List<Expectation> expectations(Plan plan) {
        return plan.decisions().stream().map(Telling::expectation).toList();
    }

    private static Expectation expectation(Decision decision) {
        return decision.match(
                launch -> new Expectation("launch", launch.job().value(), Map.of("in", pools(launch.pools()))),
                grow -> new Expectation("grow", grow.job().value(), Map.of("in", pools(grow.pools()))),
                shrink -> new Expectation(
                        "shrink",
                        shrink.job().value(),
                        Map.of("for", shrink.inFavourOf().value())),
                evict -> new Expectation(
                        "evict",
                        evict.job().value(),
                        Map.of(
                                "for",
                                evict.inFavourOf().value(),
                                "because",
                                evict.reason().code().name())),
                hold -> new Expectation(
                        "hold",
                        hold.job().value(),
                        Map.of("because", hold.reason().code().name())));
    }

    /** One decision as JSON shows it. */
    public record Told(
            String decision,
            String job,
            @Nullable Map<String, Map<String, Integer>> pools,
            Why reason,
            @Nullable List<Why> all) {}

    /** A reason as JSON shows it. */
    public record Why(String code, String message, @Nullable String hint, Map<String, String> numbers) {
        static Why of(Reason reason) {
            return new Why(reason.code().name(), reason.message(), reason.hint(), reason.numbers());
        }
    }

    public static List<Told> objects(Plan plan) {
        return plan.decisions().stream().map(Telling::object).toList();
    }

    private static Told object(Decision decision) {
        return decision.match(
                launch -> new Told(
                        "launch", launch.job().value(), placements(launch.pools()), Why.of(launch.reason()), null),
                grow -> new Told("grow", grow.job().value(), placements(grow.pools()), Why.of(grow.reason()), null),
                shrink -> new Told("shrink", shrink.job().value(), null, Why.of(shrink.reason()), null),
                evict -> new Told("evict", evict.job().value(), null, Why.of(evict.reason()), null),
                hold -> new Told(
                        "hold",
                        hold.job().value(),
                        null,
                        Why.of(hold.reason()),
                        hold.all().stream().map(Why::of).toList()));
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
