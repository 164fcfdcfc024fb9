package dev.muster.quota.plan;

import dev.muster.quota.name.PriorityClassName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the rules look at in a job beside what it asks. {@code user} may be empty; {@code mayPreempt} is its class's
 * preemptionPolicy; {@code oneZone} wants the whole gang in one zone; {@code runTime} is how long it runs at most
 * (maxRunTime, which is enforced, or what its template's history says), null where nobody knows; {@code passed} is how often
 * later jobs started before it while it waited for nodes; {@code evictions} how often it was evicted;
 * {@code endless}: a service, which gives way last.
 */
public record Traits(
        String user,
        @Nullable PriorityClassName priorityClass,
        boolean mayPreempt,
        boolean oneZone,
        @Nullable Duration runTime,
        int passed,
        int evictions,
        boolean endless) {
    /** One that ends by itself. */
    public Traits(
            String user,
            @Nullable PriorityClassName priorityClass,
            boolean mayPreempt,
            boolean oneZone,
            @Nullable Duration runTime,
            int passed,
            int evictions) {
        this(user, priorityClass, mayPreempt, oneZone, runTime, passed, evictions, false);
    }

    /** Nothing special, nothing known. */
    public static final Traits PLAIN = new Traits("", null, false, false, null, 0, 0);

    public Traits {
        if (passed < 0 || evictions < 0 || (runTime != null && runTime.isNegative())) {
            throw new IllegalArgumentException("Bad traits: passed %d, evictions %d, run time %s: expected 0 or more"
                    .formatted(passed, evictions, runTime));
        }
    }

    public Traits withOneZone() {
        return new Traits(user, priorityClass, mayPreempt, true, runTime, passed, evictions, endless);
    }

    public Traits withPreemption() {
        return new Traits(user, priorityClass, true, oneZone, runTime, passed, evictions, endless);
    }

    public Traits withRunTime(@Nullable Duration most) {
        return new Traits(user, priorityClass, mayPreempt, oneZone, most, passed, evictions, endless);
    }

    public Traits withPassed(int times) {
        return new Traits(user, priorityClass, mayPreempt, oneZone, runTime, times, evictions, endless);
    }

    public Traits withEvictions(int times) {
        return new Traits(user, priorityClass, mayPreempt, oneZone, runTime, passed, times, endless);
    }

    public Traits of(String owner, @Nullable PriorityClassName ownClass) {
        return new Traits(owner, ownClass, mayPreempt, oneZone, runTime, passed, evictions, endless);
    }
}
