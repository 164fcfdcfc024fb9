package dev.muster.quota.plan;

import dev.muster.quota.fit.Collocation;
import dev.muster.quota.fit.Placement;
import dev.muster.quota.fit.PoolChoice;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts places into a {@link Decision.Launch}. */
final class Launches {
    private Launches() {}

    /** {@code choice}: how the pool was chosen where there were several as good. */
    static Decision.Launch launch(PendingJob job, List<LiveAttempt.Held> promise, PoolChoice choice) {
        Map<RoleName, Map<PoolName, Integer>> pools = new TreeMap<>();
        promise.forEach(pods -> pools.computeIfAbsent(pods.role(), role -> new TreeMap<>())
                .merge(pods.pool(), pods.count(), Integer::sum));
        return new Decision.Launch(job.id(), pools, promise, reason(job, pools, choice));
    }

    /** Where its pods are to be, by role and node. */
    static List<LiveAttempt.Held> promise(PendingJob job, Placement placement) {
        Map<RoleName, Resources> pods = job.roles().stream().collect(Collectors.toMap(Ask::role, Ask::pod));
        return placement.byNode().stream()
                .map(spot ->
                        new LiveAttempt.Held(spot.role(), spot.pool(), spot.node(), pods.get(spot.role()), spot.pods()))
                .toList();
    }

    /** The same for a gang that makes pools grow. */
    static Decision.Launch withPermits(Decision.Launch launch, List<Permit> permits) {
        Map<String, String> numbers = new TreeMap<>(launch.reason().numbers());
        permits.forEach(permit -> numbers.put("nodes." + permit.offering(), Integer.toString(permit.nodes())));
        String asked = permits.stream()
                .map(permit -> "%d more node%s of %s within %s"
                        .formatted(
                                permit.nodes(),
                                permit.nodes() == 1 ? "" : "s",
                                permit.offering(),
                                permit.deadline().toSeconds() + " s"))
                .collect(Collectors.joining(", "));
        Reason reason = new Reason(
                ReasonCode.SCALES_UP,
                "may ask for %s; then it %s".formatted(asked, launch.reason().message()),
                null,
                numbers);
        return new Decision.Launch(launch.job(), launch.pools(), launch.promise(), reason, permits);
    }

    private static Reason reason(PendingJob job, Map<RoleName, Map<PoolName, Integer>> pools, PoolChoice choice) {
        Map<String, String> numbers = new TreeMap<>();
        pools.forEach((role, counts) ->
                counts.forEach((pool, count) -> numbers.put("pods." + role + "." + pool, count.toString())));
        String where = job.roles().stream()
                .filter(ask -> pools.containsKey(ask.role()))
                .map(ask -> pools.get(ask.role()).entrySet().stream()
                        .map(to -> "%d × (%s) %s in pool %s"
                                .formatted(to.getValue(), ask.pod().spoken(), ask.role(), to.getKey()))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        String chosen =
                switch (choice.order()) {
                    case AS_LISTED -> "";
                    case FULLEST -> "; of pools that it likes alike it is given the fullest first";
                    case CHEAPEST -> "; of pools that it likes alike it is given the cheapest first";
                };
        if (!chosen.isEmpty()) {
            numbers.put("poolChoice", choice.order().name());
        }
        String wish = job.roles().stream()
                .filter(ask -> pools.containsKey(ask.role()) && ask.collocation() != Collocation.NONE)
                .map(ask -> "; %s %s"
                        .formatted(
                                ask.role(),
                                ask.collocation() == Collocation.PACK ? "close together" : "spread over nodes"))
                .collect(Collectors.joining());
        return new Reason(ReasonCode.FITS, "fits: " + where + wish + chosen, null, numbers);
    }
}
