package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.resource.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Brings queues down to their capability that have held more for longer than the policy lets them, since it was cut: pods above
 * the minimum go first, then gangs, the least lost work first, as few as needed. Nobody takes their room in particular, and the
 * protections and bounds of evictions hold.
 */
final class Cuts {
    private final World world;
    private final Ledger ledger;
    private final Acts acts;
    private final PlanSettings.Eviction settings;
    private final int mostGangs;
    private int gangs;

    Cuts(World world, Acts acts) {
        this.world = world;
        this.ledger = world.ledger;
        this.acts = acts;
        this.settings = world.snapshot.settings().eviction();
        this.mostGangs =
                Math.min(settings.perCycle(), Math.max(0, settings.perMinute() - world.snapshot.evictedLately()));
    }

    void comeDown() {
        if (!settings.cut()) {
            return;
        }
        List<Bundle> leaving = leaving();
        leaving.forEach(Bundle::leaveLedger);
        List<Integer> above = IntStream.range(0, ledger.queues())
                .filter(this::isAbove)
                .boxed()
                .sorted(Comparator.comparingInt((Integer queue) -> -depth(queue))
                        .thenComparing(queue -> queue))
                .toList();
        above.forEach(queue -> acts.above(ledger.name(queue)));
        List<Integer> due = above.stream().filter(this::isDue).toList();
        List<Leaves> gone = new ArrayList<>();
        if (!due.isEmpty()) {
            Bundles bundles = new Bundles(world, new Exits(), leaving);
            due.forEach(queue -> gone.addAll(comeDown(queue, bundles)));
            fillBack(gone, due);
            decide(gone);
        }
        List<Bundle> all = gone.stream().map(Leaves::bundle).toList();
        leaving.forEach(Bundle::stayInLedger);
        all.forEach(Bundle::stayInLedger);
        acts.leaving(all);
    }

    /** One that goes, and what was above its capability before. */
    private record Leaves(Bundle bundle, Excess excess) {}

    /** What a queue held before anybody went, in words and as numbers. */
    private record Excess(int queue, String held, Map<String, String> numbers) {}

    /** What is being ended already, for whomever: it counts as gone here. */
    private List<Bundle> leaving() {
        List<Bundle> leaving = new ArrayList<>();
        for (LiveAttempt attempt : world.ground.leaving()) {
            List<LiveAttempt.Held> pods =
                    attempt.pods().stream().filter(LiveAttempt.Held::leaving).toList();
            leaving.add(new Bundle(world, attempt, false, pods));
        }
        return leaving;
    }

    private boolean isAbove(int queue) {
        return IntStream.range(0, ledger.width()).anyMatch(r -> isAbove(queue, r));
    }

    private boolean isAbove(int queue, int resource) {
        return ledger.used(queue, resource) > ledger.capability(queue, resource);
    }

    private int depth(int queue) {
        int depth = 0;
        for (int q = ledger.parent(queue); q != Ledger.NONE; q = ledger.parent(q)) {
            depth++;
        }
        return depth;
    }

    private boolean isDue(int queue) {
        Instant since = world.snapshot.aboveSince().get(ledger.name(queue));
        return since != null && !world.snapshot.now().isBefore(since.plus(settings.cutAfter()));
    }

    /** Those who go, out of the ledger. */
    private List<Leaves> comeDown(int queue, Bundles bundles) {
        if (!isAbove(queue)) {
            // Others have gone for a queue below it.
            return List.of();
        }
        Excess excess = new Excess(queue, held(queue), numbers(queue));
        List<Leaves> leaving = new ArrayList<>();
        Set<Bundle> gone = new HashSet<>();
        for (Bundle part : bundles.left()) {
            if (!isAbove(queue)) {
                break;
            }
            Bundle bundle = part.elastic().isEmpty()
                    ? part
                    : part.with(part.elastic().stream()
                            .filter(each -> !gone.contains(each))
                            .toList());
            if (helps(bundle, queue) && leavesGuarantees(bundle, queue) && (!bundle.wholeGang || gangs < mostGangs)) {
                gangs += bundle.wholeGang ? 1 : 0;
                bundle.leaveLedger();
                leaving.add(new Leaves(bundle, excess));
                gone.add(part);
            }
        }
        leaving.forEach(each -> bundles.gone(each.bundle));
        return leaving;
    }

    private boolean helps(Bundle bundle, int queue) {
        boolean inside = false;
        for (int q = bundle.queue; q != Ledger.NONE; q = ledger.parent(q)) {
            inside |= q == queue;
        }
        return inside && IntStream.range(0, ledger.width()).anyMatch(r -> bundle.amounts()[r] > 0 && isAbove(queue, r));
    }

    /** Of the queues that give; what one above them is guaranteed stays free for its others. */
    private boolean leavesGuarantees(Bundle bundle, int queue) {
        for (int q = bundle.queue; q != ledger.parent(queue); q = ledger.parent(q)) {
            for (int r = 0; r < ledger.width(); r++) {
                long used = ledger.used(q, r);
                if (bundle.amounts()[r] > 0 && used - bundle.amounts()[r] < Math.min(ledger.guarantee(q, r), used)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whoever need not go stays, the last first: those that lose most. */
    private void fillBack(List<Leaves> leaving, List<Integer> due) {
        for (int i = leaving.size() - 1; i >= 0; i--) {
            Bundle bundle = leaving.get(i).bundle;
            if (bundle.goesWithItsGang(leaving.stream().map(Leaves::bundle))) {
                continue;
            }
            bundle.stayInLedger();
            if (due.stream().noneMatch(queue -> helps(bundle, queue))) {
                leaving.remove(i);
            } else {
                leaving.set(i, new Leaves(leastOf(bundle, due), leaving.get(i).excess));
            }
        }
    }

    /** Of equal pods above the minimum as few as suffice, or all; out of the ledger. */
    private Bundle leastOf(Bundle bundle, List<Integer> due) {
        for (int pods = 1; !bundle.wholeGang && pods < bundle.count(); pods++) {
            LiveAttempt.Held held = bundle.pods.get(0);
            Bundle fewer = new Bundle(world, bundle.attempt, false, List.of(held.withCount(pods)));
            fewer.leaveLedger();
            if (due.stream().noneMatch(queue -> helps(fewer, queue))) {
                return fewer;
            }
            fewer.stayInLedger();
        }
        bundle.leaveLedger();
        return bundle;
    }

    private void decide(List<Leaves> leaving) {
        Map<LiveAttempt, List<Leaves>> byAttempt = new LinkedHashMap<>();
        leaving.forEach(each -> byAttempt
                .computeIfAbsent(each.bundle.attempt, attempt -> new ArrayList<>())
                .add(each));
        byAttempt.forEach((attempt, parts) -> acts.add(decision(attempt, parts)));
    }

    private Decision decision(LiveAttempt attempt, List<Leaves> parts) {
        Excess excess = parts.get(0).excess;
        List<Bundle> bundles = parts.stream().map(Leaves::bundle).toList();
        int pods = bundles.stream().mapToInt(Bundle::count).sum();
        double lost = bundles.stream().mapToDouble(bundle -> bundle.lostWork).sum();
        Map<String, String> numbers = new TreeMap<>(excess.numbers);
        numbers.put("pods", Integer.toString(pods));
        numbers.put("lostCpuSeconds", Long.toString((long) (lost / 1000)));
        Reason reason = new Reason(
                ReasonCode.CAPABILITY_CUT,
                "%d pods give way: queue %s %s since its capability was cut, %d s ago"
                        .formatted(pods, ledger.name(excess.queue), excess.held, seconds(excess.queue)),
                null,
                numbers);
        JobId job = attempt.id().job();
        if (bundles.stream().anyMatch(bundle -> bundle.wholeGang)) {
            return new Decision.Evict(job, attempt.id(), null, reason);
        }
        List<LiveAttempt.Held> going = new ArrayList<>();
        bundles.forEach(bundle -> going.addAll(bundle.pods));
        return new Decision.Shrink(job, going, null, reason);
    }

    private long seconds(int queue) {
        Instant since = world.snapshot.aboveSince().getOrDefault(ledger.name(queue), world.snapshot.now());
        return Duration.between(since, world.snapshot.now()).toSeconds();
    }

    private Map<String, String> numbers(int queue) {
        Map<String, String> numbers = new TreeMap<>();
        numbers.put("queue", ledger.name(queue).value());
        numbers.put("aboveSeconds", Long.toString(seconds(queue)));
        numbers.put("cutAfterSeconds", Long.toString(settings.cutAfter().toSeconds()));
        numbers.put("graceSeconds", Long.toString(settings.grace().toSeconds()));
        for (int r = 0; r < ledger.width(); r++) {
            if (isAbove(queue, r)) {
                String name = world.resource(r);
                numbers.put("used." + world.key(r), Quantity.format(name, ledger.used(queue, r)));
                numbers.put("capability." + world.key(r), Quantity.format(name, ledger.capability(queue, r)));
            }
        }
        return numbers;
    }

    /** {@code holds 12 cpu and may hold 8}, of the first resource. */
    private String held(int queue) {
        int first = IntStream.range(0, ledger.width())
                .filter(r -> isAbove(queue, r))
                .findFirst()
                .orElse(0);
        String name = world.resource(first);
        return "holds %s %s and may hold %s"
                .formatted(
                        Quantity.format(name, ledger.used(queue, first)),
                        world.words(first),
                        Quantity.format(name, ledger.capability(queue, first)));
    }
}
