package dev.muster.cycle;

import dev.muster.postgres.WaitStore;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts how often later jobs started before one that waits for nodes. Written now and then: a crash costs some of the count,
 * which makes the job wait a little longer, no more. Used by the cycle's thread alone.
 */
@ApplicationScoped
public class WaitBook {
    private static final Duration WRITE_EVERY = Duration.ofSeconds(10);

    private final WaitStore store;
    private final Map<JobId, WaitStore.Wait> unwritten = new HashMap<>();
    private long writtenAt = System.nanoTime();

    WaitBook(WaitStore store) {
        this.store = store;
    }

    /** Whom the plan passed, unless it is launched after all. */
    void passed(Plan plan, World world) {
        for (JobId id : plan.passed()) {
            if (world.attempt(id).isEmpty() && world.job(id).isPresent()) {
                WaitStore.Wait wait = world.wait(id).passedOnceMore();
                world.remember(id, wait);
                unwritten.put(id, wait);
            }
        }
        plan.launches().forEach(launch -> unwritten.remove(launch.job()));
    }

    void flush() {
        if (!unwritten.isEmpty() && System.nanoTime() - writtenAt >= WRITE_EVERY.toNanos()) {
            writtenAt = System.nanoTime();
            store.write(unwritten);
            unwritten.clear();
        }
    }
}
