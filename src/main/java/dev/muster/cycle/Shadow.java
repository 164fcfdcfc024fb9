package dev.muster.cycle;

import dev.muster.postgres.ShadowStore;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.policy.PlanDifference;
import dev.muster.quota.policy.Policy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another policy that plans what was planned, next to what happens, and tells where it would do otherwise. It knows neither
 * the cluster nor what writes jobs: it cannot touch anything. On the replica that plans; what it found is lost with it.
 */
@ApplicationScoped
public class Shadow {
    private static final int MOST_KEPT = 200;

    private final ShadowStore store;
    private final Board board;
    private @Nullable Policy policy;
    private Board.@Nullable View seen;
    private long plans;
    private long differing;
    private @Nullable Instant comparedAt;
    private final Map<PlanDifference.Act, Long> onlyReal = new EnumMap<>(PlanDifference.Act.class);
    private final Map<PlanDifference.Act, Long> onlyShadow = new EnumMap<>(PlanDifference.Act.class);
    private final Deque<Found> latest = new ArrayDeque<>();
    private Map<String, PlanDifference> standing = Map.of();

    Shadow(ShadowStore store, Board board) {
        this.store = store;
        this.board = board;
    }

    /** A difference and when it was found first; it is told once while it stands. */
    public record Found(Instant at, PlanDifference difference) {}

    /**
     * What was found: {@code plans} compared, of which {@code differing} differ; acts that only one side takes, by kind; the
     * latest differences, newest first; null where nothing was compared yet.
     */
    public record Report(
            Policy policy,
            long plans,
            long differing,
            Map<PlanDifference.Act, Long> onlyReal,
            Map<PlanDifference.Act, Long> onlyShadow,
            List<Found> latest,
            @Nullable Instant comparedAt) {}

    /** Compares the last plan, unless it has been. */
    public synchronized void look() {
        Policy wanted = store.current().orElse(null);
        if (wanted == null || !wanted.equals(policy)) {
            forget(wanted);
        }
        Board.View view = board.view().orElse(null);
        if (wanted == null || view == null || view == seen) {
            return;
        }
        seen = view;
        Snapshot real = view.snapshot();
        PlanSettings settings = wanted.settings();
        Snapshot other = real.with(settings);
        note(PlanDifference.between(view.planned(), new Planner().plan(other)), real.now());
    }

    /** Empty where no policy plans in the shadow. */
    public synchronized Optional<Report> report() {
        Policy wanted = store.current().orElse(null);
        if (wanted == null) {
            return Optional.empty();
        }
        return Optional.of(
                wanted.equals(policy)
                        ? new Report(
                                wanted,
                                plans,
                                differing,
                                Map.copyOf(onlyReal),
                                Map.copyOf(onlyShadow),
                                new ArrayList<>(latest),
                                comparedAt)
                        : new Report(wanted, 0, 0, Map.of(), Map.of(), List.of(), null));
    }

    private void forget(@Nullable Policy next) {
        policy = next;
        seen = null;
        plans = 0;
        differing = 0;
        comparedAt = null;
        onlyReal.clear();
        onlyShadow.clear();
        latest.clear();
        standing = Map.of();
    }

    /** What differed in the plan before too is the same difference, still there. */
    private void note(List<PlanDifference> differences, Instant at) {
        plans++;
        comparedAt = at;
        differing += differences.isEmpty() ? 0 : 1;
        Map<String, PlanDifference> now = new HashMap<>();
        for (PlanDifference difference : differences) {
            String key = difference.job() + " " + difference.real() + " " + difference.shadow();
            now.put(key, difference);
            if (!standing.containsKey(key)) {
                latest.addFirst(new Found(at, difference));
                count(onlyReal, difference.real());
                count(onlyShadow, difference.shadow());
            }
        }
        while (latest.size() > MOST_KEPT) {
            latest.removeLast();
        }
        standing = now;
    }

    private static void count(Map<PlanDifference.Act, Long> counts, PlanDifference.Act act) {
        if (act != PlanDifference.Act.STAY) {
            counts.merge(act, 1L, Long::sum);
        }
    }
}
