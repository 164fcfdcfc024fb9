package dev.muster.quota.policy;

import dev.muster.quota.breaker.BreakerRules;
import dev.muster.quota.fallback.FallbackRules;
import dev.muster.quota.fit.PoolChoice;
import dev.muster.quota.offering.LaunchDeadline;
import dev.muster.quota.plan.PlanSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every field of the policy, and what the planner makes of their values. */
public final class PolicyFields {
    /** See {@link #JOBS}. */
    private static final String SPOT_LEADERS = "spot.leaders";

    private static final String MOST_MEMORY = "retry.mostMemory";

    private static final Duration YEAR = Duration.ofDays(365);

    /** In the order of the documentation; the paths follow the components of {@link PlanSettings}. */
    public static final List<PolicyField> PLANNER = List.of(
            PolicyField.number(
                    "maxLaunches", 200, 1, 100_000, "Most gangs started in one cycle: protects the API server."),
            PolicyField.number(
                    "backfill.depth",
                    1,
                    0,
                    1_000,
                    "How many jobs that wait for nodes get a reservation that later jobs must not delay; 0 for none."),
            PolicyField.number(
                    "backfill.maxPassed",
                    100,
                    0,
                    1_000_000,
                    "After so many later jobs that started before it, nodes are kept free for a waiting job."),
            PolicyField.flag(
                    "eviction.preempt", true, "Jobs of a class that may preempt make room inside their queue."),
            PolicyField.flag(
                    "eviction.reclaim", true, "Queues take back what they deserve from those above their own."),
            PolicyField.length(
                    "eviction.minRunTime", "10m", YEAR, "A gang that runs shorter than this is not evicted."),
            PolicyField.length(
                    "eviction.after",
                    "30s",
                    YEAR,
                    "How long a job must have waited before others are evicted for it: lets the autoscaler act first."),
            PolicyField.number("eviction.budget", 3, 0, 1_000, "How often one job is evicted at most."),
            PolicyField.number("eviction.perCycle", 20, 1, 10_000, "Most gangs evicted in one cycle."),
            PolicyField.number("eviction.perMinute", 100, 1, 1_000_000, "Most gangs evicted in a minute."),
            PolicyField.length(
                    "eviction.grace",
                    "30s",
                    Duration.ofDays(1),
                    "How long a gang that is launched from then on has to stop before it is killed, where its own grace is shorter: time to save its work when it is evicted."),
            PolicyField.flag(
                    "eviction.cut",
                    false,
                    "Jobs of a queue whose capability was cut below what it holds are evicted until it fits."),
            PolicyField.length(
                    "eviction.cutAfter",
                    "10m",
                    YEAR,
                    "How long such a queue may hold more than its capability before its jobs are evicted."),
            PolicyField.number(
                    "aging.perHour",
                    0,
                    0,
                    1_000_000,
                    "Priority that a waiting job gains each hour; changes the order only, never who may preempt."),
            PolicyField.number("aging.most", 0, 0, 1_000_000, "Most priority that a job gains by waiting."),
            PolicyField.length(
                    "halfLife",
                    "0s",
                    YEAR,
                    "Turns of queues go by what was used of late, half of it forgotten in this time; 0s: by what is held now."),
            PolicyField.flag("elastic", true, "Running jobs grow above their minimum while room is idle."),
            PolicyField.choice(
                    "poolChoice",
                    PoolChoice.Order.AS_LISTED,
                    "Which pool a gang is given of those that it likes alike: by name, the one of which the most is in use, or where its part of the nodes costs least."),
            PolicyField.number(
                    "permits.perOffering",
                    1,
                    1,
                    1_000,
                    "How many gangs may wait at once for nodes of one offering that are not there yet."),
            PolicyField.flag(
                    "permits.atNotice",
                    true,
                    "When a node of a running gang is being taken back, ask for the next one at that notice."),
            PolicyField.number(
                    "breaker.failures",
                    1,
                    1,
                    1_000,
                    "So many launches in a row that fail open the breaker of an offering."),
            PolicyField.percent(
                    "breaker.leastSuccess",
                    50,
                    100,
                    "A lower success of launches opens the breaker too, once enough nodes were asked for."),
            PolicyField.number(
                    "breaker.tries",
                    5,
                    1,
                    10_000,
                    "How many nodes must have been asked for before that success counts."),
            PolicyField.lengthFrom(
                    "breaker.first",
                    "3m",
                    1,
                    Duration.ofDays(1),
                    "How long a breaker stays open the first time; twice as long each time in a row."),
            PolicyField.lengthFrom(
                    "breaker.most",
                    "30m",
                    1,
                    Duration.ofDays(7),
                    "The longest that a breaker stays open; never less than breaker.first."),
            PolicyField.percent(
                    "breaker.storm",
                    30,
                    100,
                    "So much of an offering's nodes taken back, two at least, opens the breaker."),
            PolicyField.length(
                    "breaker.stormWithin",
                    "10m",
                    Duration.ofDays(1),
                    "Within this time nodes that are taken back count together."),
            PolicyField.length(
                    "launch.standard",
                    "10m",
                    Duration.ofDays(1),
                    "How long nodes are waited for while fewer than five of the offering came; kept between launch.least and launch.most."),
            PolicyField.length("launch.least", "2m", Duration.ofDays(1), "The shortest that nodes are waited for."),
            PolicyField.length(
                    "launch.most",
                    "15m",
                    Duration.ofDays(1),
                    "The longest that nodes are waited for; never less than launch.least."),
            PolicyField.percent(
                    "launch.factor",
                    150,
                    10_000,
                    "Nodes are waited for so much of the p99 of the offering's own launches, 100% at least."));

    /** What is asked of Volcano; it comes into force when its configuration is applied. */
    private static final List<PolicyField> VOLCANO = List.of(
            PolicyField.flag(
                    "volcano.evicts", false, "Volcano evicts beside Muster, single pods above the minimum of a gang."),
            PolicyField.flag("volcano.wholeGangs", false, "Where Volcano evicts, it may take whole gangs."),
            PolicyField.number("volcano.binpackWeight", 1, 1, 1_000, "How much packing counts among Volcano's scores."),
            PolicyField.number("volcano.binpackCpu", 1, 0, 1_000, "How much cpu counts in packing."),
            PolicyField.number("volcano.binpackMemory", 1, 0, 1_000, "How much memory counts in packing."),
            PolicyField.number(
                    "volcano.binpackScarce", 10, 0, 1_000, "How much every other resource of a pool, as GPUs, counts."),
            PolicyField.number(
                    "volcano.leastRequested",
                    0,
                    0,
                    1_000,
                    "How much Volcano likes nodes with much free room: spreads."),
            PolicyField.number(
                    "volcano.mostRequested",
                    0,
                    0,
                    1_000,
                    "How much Volcano likes nodes with little free cpu and memory: packs, beside binpack."),
            PolicyField.number(
                    "volcano.balanced",
                    0,
                    0,
                    1_000,
                    "How much Volcano likes nodes whose cpu and memory would be used to the same part."),
            PolicyField.number(
                    "volcano.topologySpread",
                    0,
                    0,
                    1_000,
                    "How much Volcano spreads the pods of each gang over nodes and zones."));

    /** What becomes of jobs when they are submitted. */
    private static final List<PolicyField> JOBS = List.of(
            PolicyField.flag(
                    SPOT_LEADERS,
                    true,
                    "Roles that lead their job, as a driver, may run on spot nodes; false: jobs submitted from then on keep them off."),
            PolicyField.percent(
                    MOST_MEMORY,
                    400,
                    10_000,
                    "Retry rules let a job ask for so much of its first memory at most, all of its changes together; 100%: never for more."));

    /** What may be moved so that nodes become empty. */
    private static final List<PolicyField> CONSOLIDATION = List.of(
            PolicyField.flag(
                    "consolidation.automatic",
                    false,
                    "Pods leave nodes that would be empty then without anybody's asking; else only by 'muster consolidate --apply'."),
            PolicyField.number(
                    "consolidation.perHour", 10, 1, 10_000, "Most nodes that are emptied so in an hour, by whomever."),
            PolicyField.flag(
                    "consolidation.gangs",
                    false,
                    "Also whole gangs move that lie on one node: they are evicted, and wait for their turn again."));

    /** When roles with {@code spot: first} may use nodes that are not spot. */
    private static final List<PolicyField> ON_DEMAND = List.of(
            PolicyField.number(
                    "onDemand.budget",
                    0,
                    0,
                    1_000_000_000,
                    "What each team may spend within onDemand.period on nodes that are not spot for roles with spot: first, in the unit of the pools' prices, a node without a price counts 1 an hour; 0: such roles run on spot nodes only."),
            PolicyField.lengthFrom(
                    "onDemand.period", "7d", 1, YEAR, "What was spent longer ago than this counts no more."),
            PolicyField.length(
                    "onDemand.breakerOpen",
                    "30m",
                    YEAR,
                    "How long a job waits at most while the breakers of all its spot offerings are open."),
            PolicyField.length(
                    "onDemand.beforeTimeout",
                    "15m",
                    YEAR,
                    "So long before its queueTimeout a job waits for spot nodes no longer."),
            PolicyField.number(
                    "onDemand.waitingCost",
                    0,
                    0,
                    1_000_000,
                    "What an hour of waiting costs, in the unit of the pools' prices: a job waits for as long as that is less than what the dearer nodes cost more; 0: waiting costs nothing."));

    public static final List<PolicyField> ALL = Stream.of(PLANNER, VOLCANO, JOBS, CONSOLIDATION, ON_DEMAND)
            .flatMap(List::stream)
            .toList();

    private static final Map<String, PolicyField> BY_PATH = byPath();

    private PolicyFields() {}

    private static Map<String, PolicyField> byPath() {
        Map<String, PolicyField> fields = new TreeMap<>();
        ALL.forEach(field -> fields.put(field.path(), field));
        return fields;
    }

    public static Optional<PolicyField> find(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    /** Every field with its value: the given one or the standard. */
    public static SortedMap<String, String> effective(Map<String, String> values) {
        SortedMap<String, String> all = new TreeMap<>();
        ALL.forEach(field -> all.put(field.path(), values.getOrDefault(field.path(), field.standard())));
        return all;
    }

    /** The same values as people and the wire write them: those of one group together, {@code {eviction: {budget: 3}}}. */
    public static Map<String, Object> nested(SortedMap<String, String> values) {
        Map<String, Object> nested = new LinkedHashMap<>();
        values.forEach((path, value) -> {
            int dot = path.indexOf('.');
            if (dot < 0) {
                nested.put(path, value);
            } else {
                @SuppressWarnings("unchecked") // Only maps of ours are put under a group's name.
                Map<String, Object> group = (Map<String, Object>)
                        nested.computeIfAbsent(path.substring(0, dot), g -> new LinkedHashMap<>());
                group.put(path.substring(dot + 1), value);
            }
        });
        return nested;
    }

    /** Whether a role that leads its job may run on spot nodes where the job does not say. */
    public static boolean leadersOnSpot(Map<String, String> values) {
        return new Reader(effective(values)).flag(SPOT_LEADERS);
    }

    /** In percent of what a job asked at first. */
    public static int mostMemory(Map<String, String> values) {
        return (int) Math.round(new Reader(effective(values)).part(MOST_MEMORY) * 100);
    }

    /** When jobs that want spot nodes first may use others. */
    public static FallbackRules fallback(Map<String, String> values) {
        Reader read = new Reader(effective(values));
        return new FallbackRules(
                read.number("onDemand.budget"),
                read.length("onDemand.period"),
                read.length("onDemand.breakerOpen"),
                read.length("onDemand.beforeTimeout"),
                read.number("onDemand.waitingCost"));
    }

    /** @throws IllegalArgumentException where a value is bad */
    public static PlanSettings settings(Map<String, String> values) {
        Reader read = new Reader(effective(values));
        return new PlanSettings(
                read.number("maxLaunches"),
                new PlanSettings.Backfill(read.number("backfill.depth"), read.number("backfill.maxPassed")),
                new PlanSettings.Eviction(
                        read.flag("eviction.preempt"),
                        read.flag("eviction.reclaim"),
                        read.length("eviction.minRunTime"),
                        read.length("eviction.after"),
                        read.number("eviction.budget"),
                        read.number("eviction.perCycle"),
                        read.number("eviction.perMinute"),
                        read.length("eviction.grace"),
                        read.flag("eviction.cut"),
                        read.length("eviction.cutAfter")),
                new PlanSettings.Aging(read.number("aging.perHour"), read.number("aging.most")),
                read.length("halfLife"),
                read.flag("elastic"),
                new PlanSettings.Permits(read.number("permits.perOffering"), read.flag("permits.atNotice")),
                breaker(read),
                launch(read),
                new PoolChoice(PoolChoice.Order.valueOf(read.word("poolChoice"))));
    }

    private static BreakerRules breaker(Reader read) {
        Duration first = read.length("breaker.first");
        return new BreakerRules(
                read.number("breaker.failures"),
                read.part("breaker.leastSuccess"),
                read.number("breaker.tries"),
                first,
                longer(first, read.length("breaker.most")),
                read.part("breaker.storm"),
                read.length("breaker.stormWithin"));
    }

    private static LaunchDeadline launch(Reader read) {
        Duration least = read.length("launch.least");
        Duration most = longer(least, read.length("launch.most"));
        Duration standard = longer(least, read.length("launch.standard"));
        return new LaunchDeadline(
                standard.compareTo(most) > 0 ? most : standard, least, most, read.part("launch.factor"));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private record Reader(Map<String, String> values) {
        private String checked(String path) {
            String value = values.get(path);
            BY_PATH.get(path).check(value);
            return value;
        }

        int number(String path) {
            return Integer.parseInt(checked(path));
        }

        double part(String path) {
            return PolicyField.partOf(checked(path));
        }

        String word(String path) {
            return checked(path);
        }

        boolean flag(String path) {
            return Boolean.parseBoolean(checked(path));
        }

        Duration length(String path) {
            return PolicyField.lengthOf(checked(path));
        }
    }
}
