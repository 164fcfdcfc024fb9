package dev.muster.cli.scenario;

import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingSpec;
import dev.muster.quota.plan.Expansion;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The {@code growth} of a scenario: the offerings by which pools may grow, each as the planner is told of it. */
final class GrowthPart {
    private static final String PRICE = "\\d{1,9}(\\.\\d{1,9})?";
    private static final String PART = "0(\\.\\d{1,40})?|1(\\.0{1,40})?";

    private GrowthPart() {}

    static List<Expansion> expansions(List<Part> items, Collection<PoolName> pools, Instant now) {
        List<Expansion> expansions = new ArrayList<>();
        List<Part> offerings = new ArrayList<>();
        for (Part item : items) {
            offerings.add(item.fields(Place.GROWTH).get("offering"));
        }
        Part.once(offerings, Part::text);
        for (Part item : items) {
            Map<String, Part> fields = item.fields(Place.GROWTH);
            Expansion expansion = expansion(fields, now);
            PoolName pool = expansion.spec().offering().pool();
            if (!pools.contains(pool)) {
                throw fields.get("offering")
                        .wrong("unknown pool '%s'".formatted(pool), "Expected one of 'pools'; it may have no nodes.");
            }
            expansions.add(expansion);
        }
        return expansions;
    }

    private static Expansion expansion(Map<String, Part> fields, Instant now) {
        Offering offering = fields.get("offering").as(Offering::parse);
        int nodes = fields.get("nodes").whole(0, Fields.MOST_NODES);
        int least = whole(fields, "min", 0);
        int most = fields.containsKey("most")
                ? fields.get("most").whole(least, Fields.MOST_NODES)
                : Math.max(least, nodes);
        OfferingSpec spec = PoolPart.grows(
                offering,
                fields,
                least,
                most,
                fields.containsKey("price")
                        ? fields.get("price").as(text -> decimal(text, PRICE, "a price per node and hour such as 0.12"))
                        : null);
        return new Expansion(
                spec,
                nodes,
                whole(fields, "asked", 0),
                whole(fields, "holders", 0),
                fields.containsKey("breaker")
                        ? BreakerState.valueOf(fields.get("breaker").word(Fields.BREAKERS))
                        : BreakerState.CLOSED,
                fields.containsKey("halfOpen") ? Times.after(fields.get("halfOpen"), now) : null,
                fields.containsKey("deadline") ? Times.length(fields.get("deadline")) : Duration.ofMinutes(10),
                fields.containsKey("success")
                        ? fields.get("success")
                                .as(text -> decimal(text, PART, "above 0 up to 1, such as 0.8"))
                                .doubleValue()
                        : 1,
                whole(fields, "within", 0));
    }

    private static int whole(Map<String, Part> fields, String name, int otherwise) {
        return fields.containsKey(name) ? fields.get(name).whole(0, Fields.MOST_NODES) : otherwise;
    }

    private static BigDecimal decimal(String text, String pattern, String expected) {
        if (!text.matches(pattern) || (pattern.equals(PART) && new BigDecimal(text).signum() == 0)) {
            throw new IllegalArgumentException(
                    "'%s': expected %s".formatted(text.length() > 60 ? text.substring(0, 60) + "…" : text, expected));
        }
        return new BigDecimal(text);
    }
}
