package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.cycle.Wake;
import dev.muster.postgres.PolicyStore;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.quota.policy.Policy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads and applies revisions of the policy; each says why, and none is applied over one that its author has not seen. */
@ApplicationScoped
public class PolicyEdits {
    private final PolicyStore store;
    private final Caller caller;
    private final Wake wake;
    private final InstantSource clock;

    PolicyEdits(PolicyStore store, Caller caller, Wake wake, InstantSource clock) {
        this.store = store;
        this.caller = caller;
        this.wake = wake;
        this.clock = clock;
    }

    Policy current() {
        return store.current();
    }

    List<Policy> latest(int most) {
        return store.latest(most);
    }

    /** @throws MusterException where there is no such revision */
    Policy revision(long revision) {
        return store.find(revision).orElseThrow(() -> MusterException.notFound("revision", Long.toString(revision)));
    }

    /** {@code seen} is the revision that the author knows as the last, null for whatever it is. */
    Policy apply(SortedMap<String, String> values, @Nullable Long seen, @Nullable String why, boolean dry) {
        Policy current = store.current();
        if (seen != null && seen != current.revision()) {
            throw mismatch(seen, current);
        }
        Policy next = new Policy(current.revision() + 1, values, caller.actor().name(), reason(why), clock.instant());
        if (dry || current.changesTo(values).isEmpty()) {
            return dry ? next : current;
        }
        Policy applied = store.apply(current.revision(), values, next.actor(), next.why(), next.at())
                .orElseThrow(() -> mismatch(current.revision(), store.current()));
        wake.now();
        return applied;
    }

    static String reason(@Nullable String why) {
        if (why == null || why.isBlank()) {
            throw MusterException.invalid(new Fault(
                    "/why",
                    Fault.Kind.REQUIRED,
                    "expected a sentence that says why",
                    "Whoever reads the record later will ask"));
        }
        if (why.length() > Policy.LONGEST_WHY) {
            throw MusterException.invalid(new Fault(
                    "/why",
                    Fault.Kind.TOO_LONG,
                    "%d characters: expected at most %d".formatted(why.length(), Policy.LONGEST_WHY)));
        }
        return why.strip();
    }

    private static MusterException mismatch(long seen, Policy current) {
        return MusterException.etagMismatch("policy", "policy", "\"" + seen + "\"", PolicyWords.etag(current));
    }
}
