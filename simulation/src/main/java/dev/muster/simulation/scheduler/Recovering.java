package dev.muster.simulation.scheduler;

import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.AttemptEnd;
import dev.muster.simulation.site.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attempts that run with fewer pods than their gang since nodes were lost: they get them again before a deadline, or are released whole. */
final class Recovering {
    private static final long DEADLINE = 10 * 60_000;

    private final Site site;
    private final Placing placing;
    private final Map<Attempt, Long> since = new LinkedHashMap<>();

    Recovering(Site site) {
        this.site = site;
        this.placing = new Placing(site, Scoring.BINPACK);
    }

    /** Its pods are others than they were. */
    void look(Attempt attempt) {
        if (!attempt.isBelowMinimum()) {
            since.remove(attempt);
        } else if (since.putIfAbsent(attempt, site.now()) == null) {
            long begun = site.now();
            site.at(begun + DEADLINE, () -> {
                if (Long.valueOf(begun).equals(since.get(attempt)) && !attempt.ended()) {
                    site.end(attempt, AttemptEnd.RELEASED);
                }
            });
        }
    }

    void ended(Attempt attempt) {
        since.remove(attempt);
    }

    /** Pods that were lost are made again, and are bound where there is room; whose they are. */
    List<Attempt> fill() {
        List<Attempt> some = List.copyOf(since.keySet());
        for (Attempt attempt : some) {
            for (int role = 0; role < attempt.job.asks.length; role++) {
                int least = Math.min(attempt.job.roles().get(role).gang(), attempt.wanted(role));
                if (attempt.bound(role) < least) {
                    placing.bindWhatFits(attempt, role, least - attempt.bound(role));
                }
            }
            look(attempt);
        }
        return some;
    }

    /** What they still miss. */
    List<Want> wants() {
        List<Want> wants = new ArrayList<>();
        for (Attempt attempt : since.keySet()) {
            for (int role = 0; role < attempt.job.asks.length; role++) {
                int least = Math.min(attempt.job.roles().get(role).gang(), attempt.wanted(role));
                if (attempt.bound(role) < least) {
                    wants.add(Wants.of(site, attempt.job, role, least - attempt.bound(role)));
                }
            }
        }
        return wants;
    }

    Optional<String> broken() {
        return since.entrySet().stream()
                .filter(entry -> site.now() > entry.getValue() + DEADLINE)
                .findFirst()
                .map(entry -> "%s is below its minimum beyond its deadline"
                        .formatted(entry.getKey().job.load.id()));
    }
}
