package dev.muster.simulation.scheduler;

import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.SiteWatcher;
import java.util.List;
import java.util.Optional;

/** Decides which pods go where. It is told of every change, and asked when something may be done. */
public interface Scheduler extends SiteWatcher {
    /** Does what can be done now; the pods that are left Unschedulable, in the order of their creation. */
    List<Want> decide();

    /** How many gangs may be partly bound at once; below 0 where nobody promises anything. */
    default int permits() {
        return -1;
    }

    /** What it promises and does not keep, if anything. */
    default Optional<String> broken() {
        return Optional.empty();
    }

    /** When time alone may let it decide otherwise; {@link Long#MAX_VALUE} where never. */
    default long again() {
        return Long.MAX_VALUE;
    }
}
