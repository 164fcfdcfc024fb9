package dev.muster.simulation.experiment;

import dev.muster.simulation.scheduler.Scheduler;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteNode;
import dev.muster.simulation.site.Touched;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be true after every step, whoever decides; and what Muster promises beside. After each step it is asked of all that the
 * step changed, and every so often, and at the end, of everything: what escaped the first would be seen by the second.
 */
final class Laws {
    private static final int STEPS_BETWEEN = 1_000;

    private final Site site;
    private final Scheduler scheduler;
    private final Set<Attempt> partial = new HashSet<>();
    private int steps;
    private int mostPartial;

    Laws(Site site, Scheduler scheduler) {
        this.site = site;
        this.scheduler = scheduler;
    }

    /** How many gangs are partly bound now. */
    int partial() {
        return partial.size();
    }

    /** The most that were. */
    int mostPartial() {
        return mostPartial;
    }

    /** What is broken, if anything. To be asked once after every step. */
    Optional<String> broken() {
        Touched touched = site.touched();
        String wrong = wrong(touched.nodes(), touched.attempts());
        touched.clear();
        mostPartial = Math.max(mostPartial, partial.size());
        if (wrong == null && ++steps % STEPS_BETWEEN == 0) {
            wrong = everything();
        }
        if (wrong == null && scheduler.permits() >= 0 && partial.size() > scheduler.permits()) {
            wrong = "%d gangs are partly bound, %d may".formatted(partial.size(), scheduler.permits());
        }
        return wrong == null ? scheduler.broken() : Optional.of(wrong);
    }

    private @Nullable String wrong(List<SiteNode> nodes, List<Attempt> attempts) {
        for (int i = 0; i < nodes.size(); i++) {
            String wrong = nodes.get(i).wrong();
            if (wrong != null) {
                return wrong;
            }
        }
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            String wrong = attempt.wrong();
            if (wrong != null) {
                return wrong;
            }
            if (!attempt.ended() && attempt.isPartial()) {
                partial.add(attempt);
            } else {
                partial.remove(attempt);
            }
        }
        return null;
    }

    /** The same of all there is; and that the sums agree: what attempts that live hold is what nodes have given. */
    @Nullable
    String everything() {
        List<Attempt> live = List.copyOf(site.live());
        String wrong = wrong(site.nodes(), live);
        if (wrong != null) {
            return wrong;
        }
        long[] ledger = new long[site.resources().length];
        for (Attempt attempt : live) {
            if (attempt.ended()) {
                return "%s has ended and lives".formatted(attempt.job.load.id());
            }
            for (int role = 0; role < attempt.job.asks.length; role++) {
                add(ledger, attempt.job.asks[role], attempt.bound(role));
            }
        }
        long[] used = new long[ledger.length];
        for (SiteNode node : site.nodes()) {
            add(used, node.shape(), 1);
            add(used, node.free(), -1);
        }
        return Arrays.equals(ledger, used)
                ? null
                : "the ledger has %s, the nodes %s".formatted(Arrays.toString(ledger), Arrays.toString(used));
    }

    private static void add(long[] sum, long[] amounts, int times) {
        for (int r = 0; r < sum.length; r++) {
            sum[r] += amounts[r] * times;
        }
    }
}
