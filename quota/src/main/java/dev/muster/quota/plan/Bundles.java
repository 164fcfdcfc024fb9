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

/** What may be ended at all in this cycle: elastic pods first, then whole gangs, the least lost work first. */
final class Bundles {
    private final World world;
    private final PlanSettings.Eviction settings;
    private final List<Bundle> all = new ArrayList<>();
    private final Set<AttemptId> gone = new HashSet<>();

    Bundles(World world, List<Bundle> leaving) {
        this.world = world;
        this.settings = world.snapshot.settings().eviction();
        Set<AttemptId> leavingAlready = new HashSet<>();
        leaving.forEach(bundle -> leavingAlready.add(bundle.attempt.id()));
        for (LiveAttempt attempt : world.snapshot.live()) {
            if (!leavingAlready.contains(attempt.id()) && mayGiveWay(attempt)) {
                List<LiveAttempt.Held> gang = new ArrayList<>(attempt.pods());
                List<Bundle> elastic = elastic(attempt, gang);
                Bundle whole = new Bundle(world, attempt, true, gang);
                whole.elastic(elastic);
                all.addAll(elastic);
                all.add(whole);
            }
        }
        all.sort(Comparator.comparing((Bundle bundle) -> bundle.wholeGang)
                .thenComparingDouble(bundle -> bundle.lostWork)
                .thenComparing(bundle -> bundle.attempt.id()));
    }

    /** Nobody is ended in the instant in which it began. */
    private boolean mayGiveWay(LiveAttempt attempt) {
        Instant protectedUntil = attempt.since().plus(settings.minRunTime());
        return !attempt.roles().isEmpty()
                && world.ledger.number(attempt.queue()) != Ledger.NONE
                && attempt.pods().stream().allMatch(pods -> !pods.leaving() && pods.node() != null)
                && attempt.traits().evictions() < settings.budget()
                && attempt.since().isBefore(world.snapshot.now())
                && !world.snapshot.now().isBefore(protectedUntil);
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
        return all.stream()
                .filter(bundle -> !gone.contains(bundle.attempt.id()))
                .toList();
    }

    /** Its room is spoken for; of the same attempt nothing more is taken in this cycle. */
    void gone(Bundle bundle) {
        gone.add(bundle.attempt.id());
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
