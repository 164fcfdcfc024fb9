package dev.muster.rehearsal;

import dev.muster.Settings;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.PolicyStore;
import dev.muster.postgres.Rehearsal;
import dev.muster.postgres.RehearsalStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.policy.Policy;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets the recorded load happen again under another policy. Asked of any replica; computed by the one that plans, on one thread that takes
 * a part of a processor at most, one at a time. What it finds is kept; a replica that stops leaves its work to the next, one that dies ends it.
 */
@ApplicationScoped
public class Rehearsals {
    /** So many jobs of the past at most: what they need of memory is a few kB each. */
    public static final int MOST_JOBS = 20_000;

    public static final Duration LONGEST = Duration.ofDays(31);

    private static final Logger LOG = Logger.getLogger(Rehearsals.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String KIND = "rehearsal";
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration MOST_PROCESSOR = Duration.ofMinutes(10);
    private static final Duration LAST_STEPS = Duration.ofSeconds(5);

    private final RehearsalStore store;
    private final PolicyStore policies;
    private final Recorded recorded;
    private final InstantSource clock;
    private final double processor;
    private volatile boolean stops;
    private @Nullable Thread work;

    Rehearsals(RehearsalStore store, PolicyStore policies, Recorded recorded, InstantSource clock, Settings settings) {
        this.processor = settings.rehearsals().processor();
        this.store = store;
        this.policies = policies;
        this.recorded = recorded;
        this.clock = clock;
    }

    /** @throws MusterException where another one is open */
    public Rehearsal ask(SortedMap<String, String> tried, Instant from, Instant to, String actor) {
        Policy inForce = policies.current();
        byte[] id = new byte[6];
        RANDOM.nextBytes(id);
        Rehearsal asked = new Rehearsal(
                "r-" + HexFormat.of().formatHex(id),
                Rehearsal.State.WAITING,
                inForce.values(),
                inForce.revision(),
                tried,
                from,
                to,
                actor,
                clock.instant(),
                0,
                null,
                null);
        if (!store.add(asked)) {
            Rehearsal other = store.open().orElse(asked);
            throw MusterException.invalidState(
                    KIND, other.id(), other.state().name(), "another one", List.of("cancel"));
        }
        return asked;
    }

    public List<Rehearsal> latest() {
        return store.latest();
    }

    public Rehearsal find(String id) {
        return store.find(id).orElseThrow(() -> MusterException.notFound(KIND, id));
    }

    /** @throws MusterException where it is over already */
    public Rehearsal cancel(String id) {
        Rehearsal before = find(id);
        if (!store.cancel(id)) {
            throw MusterException.invalidState(KIND, id, before.state().name(), "cancel", List.of());
        }
        return find(id);
    }

    /** Computes what waits, on the replica that planned {@code snapshot}; empty on the others. */
    public synchronized void look(Optional<Snapshot> snapshot) {
        store.giveUp(SILENCE, "The replica that computed it is gone; ask for it again");
        if (stops || snapshot.isEmpty() || (work != null && work.isAlive())) {
            return;
        }
        store.take().ifPresent(asked -> {
            Thread thread = new Thread(() -> compute(asked, snapshot.get()), "muster-rehearsal");
            thread.setDaemon(true);
            thread.start();
            work = thread;
        });
    }

    private void compute(Rehearsal asked, Snapshot cluster) {
        try {
            Rehearsal over = computed(asked, cluster);
            if (stops) {
                store.leave(asked.id());
            } else if (over != null) {
                store.ended(over);
            }
        } catch (RuntimeException e) {
            if (DatabaseUnavailable.in(e).isEmpty()) {
                LOG.errorf(e, "act=rehearsal-failed rehearsal=%s", asked.id());
                store.ended(asked.failed("The service failed: its log says how"));
            }
            // Else nobody hears of it any more, and it is given up.
        }
    }

    /** Null where it was taken back. */
    private @Nullable Rehearsal computed(Rehearsal asked, Snapshot cluster) {
        Comparing[] comparing = new Comparing[1];
        Share share = new Share(
                processor,
                MOST_PROCESSOR,
                () -> stops || !store.goesOn(asked.id(), comparing[0] == null ? 0 : comparing[0].percent()));
        try {
            Recorded.Past past =
                    recorded.between(cluster, asked.from(), asked.to(), clock.instant(), MOST_JOBS, () -> stops);
            comparing[0] = new Comparing(past, asked, share::isOver);
            Rehearsal.Result result = comparing[0].result();
            if (share.isSpent()) {
                return asked.failed(
                        "It took more than %d minutes of a processor: choose a shorter time, or let 'muster record' and 'muster simulate' compute it on another machine"
                                .formatted(MOST_PROCESSOR.toMinutes()));
            }
            return share.isOver() ? null : asked.done(result);
        } catch (Unrehearsed e) {
            return asked.failed(String.valueOf(e.getMessage()));
        }
    }

    /** What is computed is left to another replica, or to the next start. */
    void rest(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        stops = true;
        Thread last;
        synchronized (this) {
            last = work;
        }
        if (last != null) {
            try {
                last.join(LAST_STEPS.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
