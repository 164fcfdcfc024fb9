package dev.muster.quota.plan;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.queue.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may be ended at all in this cycle: elastic pods first, then whole gangs, services last, the least lost work first. */
final class Bundles {
    private static final Comparator<Bundle> ORDER = (a, b) -> {
        if (a.wholeGang != b.wholeGang) {
            return a.wholeGang ? 1 : -1;
        }
        // What has no end holds what its queue is guaranteed first: others go before it.
        boolean firstStays = a.attempt.traits().endless();
        if (firstStays != b.attempt.traits().endless()) {
            return firstStays ? 1 : -1;
        }
        int byLoss = Double.compare(a.lostWork, b.lostWork);
        return byLoss != 0 ? byLoss : a.attempt.id().compareTo(b.attempt.id());
    };

    private final World world;
    private final PlanSettings.Eviction settings;
    private final List<Bundle> all = new ArrayList<>();
    private final Set<AttemptId> gone = new HashSet<>();
    private boolean someAreGone;
    /** Who began by then has run for the protected time. */
    private final Instant ranLongEnough;

    Bundles(World world, List<Bundle> leaving) {
        this.world = world;
        this.settings = world.snapshot.settings().eviction();
        this.ranLongEnough = world.snapshot.now().minus(settings.minRunTime());
        Set<AttemptId> leavingAlready = new HashSet<>();
        leaving.forEach(bundle -> leavingAlready.add(bundle.attempt.id()));
        LivingTable living = LivingTable.of(Roster.ofLiving(world.snapshot.live()));
        for (int c = 0; c < living.chunks(); c++) {
            LivingTable.Chunk chunk = living.chunk(c);
            for (int at = 0; at < chunk.size(); at++) {
                // Where pods have no node yet, or leave already, the attempt stays.
                LiveAttempt attempt = chunk.attempt(at);
                if (!chunk.noted()[at] && mayGiveWay(attempt) && !leavingAlready.contains(attempt.id())) {
                    add(attempt, chunk.above()[at]);
                }
            }
        }
        all.sort(ORDER);
    }

    private void add(LiveAttempt attempt, boolean isAboveItsMinimum) {
        if (!isAboveItsMinimum) {
            all.add(new Bundle(world, attempt, true, attempt.pods()));
            return;
        }
        List<LiveAttempt.Held> gang = new ArrayList<>(attempt.pods());
        List<Bundle> elastic = elastic(attempt, gang);
        all.addAll(elastic);
        Bundle whole = new Bundle(world, attempt, true, gang);
        whole.elastic(elastic);
        all.add(whole);
    }

    /** Nobody is ended in the instant in which it began. */
    private boolean mayGiveWay(LiveAttempt attempt) {
        return !attempt.roles().isEmpty()
                && attempt.traits().evictions() < settings.budget()
                && attempt.since().isBefore(world.snapshot.now())
                && !attempt.since().isAfter(ranLongEnough)
                && world.ledger.number(attempt.queue()) != Ledger.NONE;
    }

    /** Takes what is above the minimum out of {@code gang}, each role's on each node a bundle of its own. */
    private List<Bundle> elastic(LiveAttempt attempt, List<LiveAttempt.Held> gang) {
        List<Bundle> elastic = new ArrayList<>();
        Map<RoleName, Integer> above = new HashMap<>();
        for (Ask ask : attempt.roles()) {
            int held = gang.stream()
                    .filter(pods -> pods.role().equals(ask.role()))
                    .mapToInt(LiveAttempt.Held::count)
                    .sum();
            above.put(ask.role(), Math.max(0, held - ask.minimum()));
        }
        for (int i = gang.size() - 1; i >= 0; i--) {
            LiveAttempt.Held held = gang.get(i);
            int take = Math.min(held.count(), above.getOrDefault(held.role(), 0));
            if (take > 0) {
                above.merge(held.role(), -take, Integer::sum);
                elastic.add(new Bundle(world, attempt, false, List.of(held.withCount(take))));
                if (take == held.count()) {
                    gang.remove(i);
                } else {
                    gang.set(i, held.withCount(held.count() - take));
                }
            }
        }
        return elastic;
    }

    /** What is left, in the order in which it is to go. */
    List<Bundle> left() {
        if (someAreGone) {
            all.removeIf(bundle -> gone.contains(bundle.attempt.id()));
            someAreGone = false;
        }
        return all;
    }

    /** Its room is spoken for; of the same attempt nothing more is taken in this cycle. */
    void gone(Bundle bundle) {
        gone.add(bundle.attempt.id());
        someAreGone = true;
    }

    /** The jobs, for sentences. */
    static String names(List<Bundle> bundles) {
        List<JobId> jobs = bundles.stream()
                .map(bundle -> bundle.attempt.id().job())
                .distinct()
                .sorted()
                .toList();
        return jobs.stream().limit(5).map(JobId::value).collect(java.util.stream.Collectors.joining(", "))
                + (jobs.size() > 5 ? " and %d more".formatted(jobs.size() - 5) : "");
    }
}
