package dev.muster.quota.plan;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may still be ended in this cycle, in the order in which it is to go. */
final class Bundles {
    private final World world;
    private List<Piece> order;
    private final Object who;
    private final Set<AttemptId> gone = new HashSet<>();
    private boolean someAreGone;
    /** Made when somebody goes through them: most often it is known that nobody gives way. */
    private @Nullable List<Bundle> bundles;

    /** {@code leaving} go already. */
    Bundles(World world, Exits exits, List<Bundle> leaving) {
        this.world = world;
        order = exits.of(world);
        who = exits.who();
        leaving.forEach(this::gone);
    }

    /** What is left, whatever world it is in; the same object as long as it is all that there was. */
    List<Piece> order() {
        if (someAreGone) {
            order = order.stream()
                    .filter(piece -> !gone.contains(piece.attempt.id()))
                    .toList();
            if (bundles != null) {
                bundles.removeIf(bundle -> gone.contains(bundle.attempt.id()));
            }
            someAreGone = false;
        }
        return order;
    }

    /** The same object as long as the same may go, in whatever order. */
    Object who() {
        return gone.isEmpty() ? who : this;
    }

    /** What is left. */
    List<Bundle> left() {
        List<Piece> pieces = order();
        List<Bundle> known = bundles;
        if (known == null) {
            known = new ArrayList<>(pieces.size());
            Map<Piece, Bundle> elastic = new IdentityHashMap<>();
            for (Piece piece : pieces) {
                // Pods above the minimum come before all whole gangs.
                Bundle bundle = new Bundle(
                        world, piece, piece.elastic.stream().map(elastic::get).toList());
                if (!piece.wholeGang) {
                    elastic.put(piece, bundle);
                }
                known.add(bundle);
            }
            bundles = known;
        }
        return known;
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
        return jobs.stream().limit(5).map(JobId::value).collect(Collectors.joining(", "))
                + (jobs.size() > 5 ? " and %d more".formatted(jobs.size() - 5) : "");
    }
}
