package dev.muster.quota.plan;

import dev.muster.quota.breaker.BreakerRules;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.offering.Offering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Which nodes are asked for before others are gone. A provider says some time before that it takes a node back; a gang that will lose
 * pods with it needs another one, whoever runs there next, and the rest of its nodes stand idle until that one is there. So the next
 * node is asked for at the notice: by a forerunner, a placeholder for each pod that will be lost.
 */
public final class Forerunners {
    private Forerunners() {}

    /** Pods that a running gang cannot do without, on a node of that offering that is being taken back. */
    public record Loss(AttemptId attempt, RoleName role, Offering offering, NodeName node, int pods) {}

    /**
     * Those for which a node may be asked for now, the first ones first: one for each node that goes, within what breakers allow and
     * pools may grow. A market from which a storm takes nodes is asked for none. {@code stay}: how many nodes of the market of an
     * offering are there beside those that go.
     */
    public static List<Loss> allowed(
            List<Loss> losses, ToIntFunction<Offering> stay, List<Expansion> expansions, PlanSettings settings) {
        if (losses.isEmpty() || !settings.permits().atNotice()) {
            return List.of();
        }
        List<Expansion> left = Expansion.joined(expansions);
        Set<NodeName> asked = new HashSet<>();
        List<Loss> allowed = new ArrayList<>();
        for (Loss loss : losses) {
            if (isStorm(loss.offering(), losses, stay.applyAsInt(loss.offering()), settings.breaker())) {
                continue;
            }
            if (!asked.contains(loss.node())) {
                if (left.stream().noneMatch(each -> mayGive(each, loss.offering()))) {
                    continue;
                }
                asked.add(loss.node());
                Permit one = new Permit(loss.offering(), 1, Duration.ZERO);
                left = left.stream().map(each -> each.after(one)).toList();
            }
            allowed.add(loss);
        }
        return allowed;
    }

    private static boolean mayGive(Expansion expansion, Offering wanted) {
        return expansion.spec().offering().equals(wanted)
                && expansion.nodes() > 0
                && (expansion.breaker() == BreakerState.CLOSED || expansion.within() > 0);
    }

    private static boolean isStorm(Offering offering, List<Loss> losses, int stay, BreakerRules rules) {
        long go = losses.stream()
                .filter(loss -> loss.offering().sharesMarketWith(offering))
                .map(Loss::node)
                .distinct()
                .count();
        return rules.isStorm(go, go + stay);
    }
}
