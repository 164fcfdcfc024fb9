package dev.muster.simulation.scheduler;

import dev.muster.quota.plan.Permit;
import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gangs that wait for nodes with permits. Their placeholders ask the autoscaler and take the nodes that come; at the first node
 * that does not come, or at the deadline, the gang is given up whole.
 */
final class Holders {
    private final Site site;
    private final Instant beginning;
    private final Offerings offerings;
    private final Placing placeholders;
    private final BiConsumer<Holder, String> giveUp;
    private final Map<Attempt, Holder> all = new LinkedHashMap<>();
    private @Nullable String brokenPromise;

    /** {@code giveUp} releases all of it. */
    Holders(Site site, Instant beginning, Offerings offerings, BiConsumer<Holder, String> giveUp) {
        this.site = site;
        this.beginning = beginning;
        this.offerings = offerings;
        this.placeholders = new Placing(site, Scoring.LEAST_ALLOCATED);
        this.giveUp = giveUp;
    }

    @Nullable
    Holder of(Attempt attempt) {
        return all.get(attempt);
    }

    void add(Holder holder) {
        for (Permit permit : holder.permits()) {
            if (!offerings.mayAsk(permit, now())) {
                brokenPromise = "%s may ask for %d nodes of %s, whose breaker is open"
                        .formatted(holder.attempt().job.load.id(), permit.nodes(), permit.offering());
            }
        }
        all.put(holder.attempt(), holder);
        offerings.asks(holder);
        long deadline = Duration.between(beginning, holder.deadline()).toMillis();
        site.at(deadline, () -> {
            if (all.get(holder.attempt()) == holder) {
                giveUp.accept(holder, "nodes did not come in time");
            }
        });
    }

    void ended(Attempt attempt) {
        Holder holder = all.remove(attempt);
        if (holder != null) {
            offerings.forget(holder);
        }
    }

    /** So many nodes will not come: those who have waited longest for such give up. */
    void refused(int pool, int offering, int count) {
        int left = count;
        for (Holder holder : offerings.waitingFor(pool, offering)) {
            if (left <= 0) {
                break;
            }
            left -= offerings.missing(holder);
            giveUp.accept(holder, "%d nodes did not come".formatted(count));
        }
    }

    /** Placeholders take the nodes that have come; when the whole gang has room, its pods take their place. */
    void fill(Consumer<Attempt> touched, Consumer<Attempt> filled) {
        for (Holder holder : List.copyOf(all.values())) {
            Attempt attempt = holder.attempt();
            int missing = 0;
            for (int role = 0; role < attempt.job.asks.length; role++) {
                if (attempt.missing(role) > 0) {
                    placeholders.bindWhatFits(attempt, role);
                    touched.accept(attempt);
                }
                missing += attempt.missing(role);
            }
            if (missing == 0) {
                all.remove(attempt);
                offerings.filled(holder, now());
                filled.accept(attempt);
            }
        }
    }

    /** What their placeholders still ask for. */
    List<Want> wants() {
        List<Want> wants = new ArrayList<>();
        for (Holder holder : all.values()) {
            Attempt attempt = holder.attempt();
            for (int role = 0; role < attempt.job.asks.length; role++) {
                if (attempt.missing(role) > 0) {
                    wants.add(new Want(
                            attempt.job.asks[role], offerings.of(holder, attempt.job, role), attempt.missing(role)));
                }
            }
        }
        return wants;
    }

    Optional<String> broken() {
        if (brokenPromise != null) {
            return Optional.of(brokenPromise);
        }
        return all.values().stream()
                .filter(holder -> holder.deadline().isBefore(now()))
                .findFirst()
                .map(holder -> "%s waits for nodes beyond its deadline, %s"
                        .formatted(holder.attempt().job.load.id(), holder.deadline()));
    }

    private Instant now() {
        return beginning.plusMillis(site.now());
    }
}
