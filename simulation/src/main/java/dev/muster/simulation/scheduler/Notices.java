package dev.muster.simulation.scheduler;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.plan.Forerunners;
import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes that Muster asks for at the notice that others are taken back, by its forerunners. */
final class Notices {
    private final Site site;
    private final Offerings offerings;

    Notices(Site site, Offerings offerings) {
        this.site = site;
        this.offerings = offerings;
    }

    private record Doomed(Attempt attempt, int role, SiteNode node) {}

    List<Want> wants(Instant now) {
        if (site.leaving().isEmpty()) {
            return List.of();
        }
        Map<Forerunners.Loss, Doomed> losses = losses();
        List<Want> wants = new ArrayList<>();
        for (Forerunners.Loss loss : offerings.allowed(List.copyOf(losses.keySet()), now)) {
            Doomed doomed = losses.get(loss);
            long[] where = new long[site.pools()];
            where[doomed.node.pool] = 1L << doomed.node.offering;
            wants.add(new Want(doomed.attempt.job.asks[doomed.role], where, loss.pods()));
        }
        return wants;
    }

    /** What running gangs will have lost when the nodes that leave are gone, as far as they cannot do without. */
    private Map<Forerunners.Loss, Doomed> losses() {
        Map<Forerunners.Loss, Doomed> losses = new LinkedHashMap<>();
        Map<Attempt, int[]> left = new HashMap<>();
        for (SiteNode node : site.leaving()) {
            node.seats((attempt, role, count) -> {
                if (attempt.started()) {
                    int[] bound = left.computeIfAbsent(attempt, Notices::bound);
                    bound[role] -= count;
                    int least = Math.min(attempt.job.roles().get(role).gang(), attempt.wanted(role));
                    int pods = Math.min(count, least - bound[role]);
                    if (pods > 0) {
                        losses.put(loss(attempt, role, node, pods), new Doomed(attempt, role, node));
                    }
                }
            });
        }
        return losses;
    }

    private Forerunners.Loss loss(Attempt attempt, int role, SiteNode node, int pods) {
        return new Forerunners.Loss(
                new AttemptId(attempt.job.load.id(), attempt.number),
                attempt.job.roles().get(role).name(),
                offerings.of(node),
                new NodeName(node.name),
                pods);
    }

    private static int[] bound(Attempt attempt) {
        int[] bound = new int[attempt.job.asks.length];
        for (int role = 0; role < bound.length; role++) {
            bound[role] = attempt.bound(role);
        }
        return bound;
    }
}
