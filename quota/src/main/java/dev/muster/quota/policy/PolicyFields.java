package dev.muster.quota.policy;

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
            PolicyField.number(
                    "permits.perOffering",
                    1,
                    1,
                    1_000,
                    "How many gangs may wait at once for nodes of one offering that are not there yet."));

    /** What is asked of Volcano; it comes into force when its configuration is applied. */
    private static final List<PolicyField> VOLCANO = List.of(
            PolicyField.flag(
                    "volcano.evicts", false, "Volcano evicts beside Muster, single pods above the minimum of a gang."),
            PolicyField.flag("volcano.wholeGangs", false, "Where Volcano evicts, it may take whole gangs."),
            PolicyField.number("volcano.binpackWeight", 1, 1, 1_000, "How much packing counts among Volcano's scores."),
            PolicyField.number("volcano.binpackCpu", 1, 0, 1_000, "How much cpu counts in packing."),
            PolicyField.number("volcano.binpackMemory", 1, 0, 1_000, "How much memory counts in packing."),
            PolicyField.number(
                    "volcano.binpackScarce",
                    10,
                    0,
                    1_000,
                    "How much every other resource of a pool, as GPUs, counts."));

    public static final List<PolicyField> ALL =
            Stream.concat(PLANNER.stream(), VOLCANO.stream()).toList();

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
                new PlanSettings.Permits(read.number("permits.perOffering")));
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

        boolean flag(String path) {
            return Boolean.parseBoolean(checked(path));
        }

        Duration length(String path) {
            return PolicyField.lengthOf(checked(path));
        }
    }
}
