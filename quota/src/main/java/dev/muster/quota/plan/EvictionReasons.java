package dev.muster.quota.plan;

import dev.muster.quota.resource.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why somebody goes for somebody else, told to both sides with numbers; and why nobody does. */
final class EvictionReasons {
    private final World world;
    private final PlanSettings.Eviction settings;
    private final int mostFailures;

    /** {@code mostFailures}: takers for which nobody could give way, after which a cycle looks at no more. */
    EvictionReasons(World world, int mostFailures) {
        this.world = world;
        this.settings = world.snapshot.settings().eviction();
        this.mostFailures = mostFailures;
    }

    Reason bound(int gangsEnded, int mostGangs) {
        Map<String, String> numbers = new TreeMap<>();
        numbers.put("evicted", Integer.toString(gangsEnded));
        numbers.put("evictedLately", Integer.toString(world.snapshot.evictedLately()));
        numbers.put("perCycle", Integer.toString(settings.perCycle()));
        numbers.put("perMinute", Integer.toString(settings.perMinute()));
        return new Reason(
                ReasonCode.EVICTION_BOUND,
                gangsEnded >= mostGangs
                        ? "this cycle evicted %d gangs and the last minute %d, at most %d and %d"
                                .formatted(
                                        gangsEnded,
                                        world.snapshot.evictedLately(),
                                        settings.perCycle(),
                                        settings.perMinute())
                        : "nobody could give way for jobs before it: this cycle looked for %d at most"
                                .formatted(mostFailures),
                "A later cycle looks again whether others can give way.",
                numbers);
    }

    /** Only what stays true until the last pod is gone, so that it is told once. */
    static Reason roomIsMade(PendingJob taker, List<Bundle> leaving) {
        Map<String, String> numbers = new TreeMap<>();
        Set<Integer> below = new TreeSet<>();
        Set<String> from = new TreeSet<>();
        for (Bundle bundle : leaving) {
            LiveAttempt attempt = bundle.attempt;
            numbers.merge(
                    "pods." + attempt.id().job(),
                    Integer.toString(bundle.count()),
                    (a, b) -> Integer.toString(Integer.parseInt(a) + Integer.parseInt(b)));
            if (attempt.queue().equals(taker.queue())) {
                below.add(attempt.priority());
                numbers.put("priority." + attempt.id().job(), Integer.toString(attempt.priority()));
            } else {
                from.add(attempt.queue().value());
                numbers.put("queue." + attempt.id().job(), attempt.queue().value());
            }
        }
        int jobs = (int)
                leaving.stream().map(bundle -> bundle.attempt.id()).distinct().count();
        numbers.put("givingWay", Integer.toString(jobs));
        numbers.put("priority", Integer.toString(taker.priority()));
        StringBuilder message = new StringBuilder("room is made: %d job%s give%s way (%s)"
                .formatted(jobs, jobs == 1 ? "" : "s", jobs == 1 ? "s" : "", Bundles.names(leaving)));
        if (!below.isEmpty()) {
            message.append("; preempt: priority %d before %s of the same queue %s"
                    .formatted(taker.priority(), some(below), taker.queue()));
        }
        if (!from.isEmpty()) {
            message.append(
                    "; reclaim: queue %s takes back what it deserves from %s".formatted(taker.queue(), some(from)));
        }
        return new Reason(
                ReasonCode.ROOM_IS_MADE, message.toString(), "Starts when their last pods are gone.", numbers);
    }

    private static String some(Set<?> names) {
        return names.stream().limit(5).map(Object::toString).collect(Collectors.joining(", "))
                + (names.size() > 5 ? " and %d more".formatted(names.size() - 5) : "");
    }

    static Reason granularity(List<Bundle> tooLarge) {
        return new Reason(
                ReasonCode.RECLAIM_GRANULARITY,
                "would win back what its queue deserves only by ending %s, which would leave their queues below what they deserve"
                        .formatted(Bundles.names(tooLarge)),
                "Runs when jobs end, or when a smaller gang can give way.",
                Map.of("tooLarge", Integer.toString(tooLarge.size())));
    }

    /** Of one that goes: both sides, and what it held of what the taker lacks; {@code used}: what its queue held before it went. */
    Map<String, String> numbers(PendingJob taker, Bundle bundle, boolean[] lacks, long[] used) {
        Map<String, String> numbers = new TreeMap<>();
        numbers.put("queue", bundle.attempt.queue().value());
        numbers.put("taker", taker.id().value());
        numbers.put("takerQueue", taker.queue().value());
        numbers.put("priority", Integer.toString(bundle.attempt.priority()));
        numbers.put("takerPriority", Integer.toString(taker.priority()));
        numbers.put("graceSeconds", Long.toString(settings.grace().toSeconds()));
        numbers.put("pods", Integer.toString(bundle.count()));
        numbers.put("lostCpuSeconds", Long.toString((long) (bundle.lostWork / 1000)));
        for (int r = 0; r < lacks.length; r++) {
            if (lacks[r]) {
                String name = world.resource(r);
                String key = world.key(r);
                numbers.put("held." + key, Quantity.format(name, bundle.amounts()[r]));
                numbers.put("used." + key, Quantity.format(name, used[r]));
                if (world.ledger.says(bundle.queue, r)) {
                    numbers.put(
                            "deserved." + key, Quantity.format(name, (long) world.ledger.deserved(bundle.queue, r)));
                }
            }
        }
        return numbers;
    }

    /** The first of these amounts in words; null where none is. */
    @Nullable
    String detail(Bundle bundle, boolean[] lacks, long[] used) {
        for (int r = 0; r < lacks.length; r++) {
            if (lacks[r] && bundle.amounts()[r] > 0 && world.ledger.says(bundle.queue, r)) {
                String name = world.resource(r);
                return "queue %s held %s %s and deserves %s"
                        .formatted(
                                bundle.attempt.queue(),
                                Quantity.format(name, used[r]),
                                world.words(r),
                                Quantity.format(name, (long) world.ledger.deserved(bundle.queue, r)));
            }
        }
        return null;
    }
}
