package dev.muster.cycle;

import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.Horizon;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Step 3: plans; where that fails, without what it fails for, which is found, left aside and told of. Used by one thread. */
@ApplicationScoped
public class CarefulPlanner {
    private static final Logger LOG = Logger.getLogger(CarefulPlanner.class);
    /** Culprits of one cycle; the next one looks for more. */
    private static final int MOST = 16;

    private final Planning planning;
    private final InForce inForce;
    private final LeftAside aside;

    CarefulPlanner(Planning planning, InForce inForce, LeftAside aside) {
        this.planning = planning;
        this.inForce = inForce;
        this.aside = aside;
    }

    /** What the planner {@code wanted} of a snapshot, what is left of it where something is paused, and when time alone may change it. */
    record Planned(Snapshot snapshot, Plan wanted, Plan plan, Optional<Instant> again) {}

    /** {@code freeze} gives the world as it is now, without what was left aside meanwhile. */
    Planned plan(Supplier<Snapshot> freeze, World world, Instant now) {
        Snapshot snapshot = freeze.get();
        try {
            return plan(snapshot, world);
        } catch (RuntimeException e) {
            return search(freeze, world, now, e);
        }
    }

    private Planned plan(Snapshot snapshot, World world) {
        Plan wanted = planning.plan(snapshot);
        Plan plan = inForce.withhold(wanted, snapshot, world);
        return new Planned(snapshot, wanted, plan, Horizon.of(snapshot, plan));
    }

    private Planned search(Supplier<Snapshot> freeze, World world, Instant now, RuntimeException first) {
        RuntimeException failure = first;
        List<PendingJob> found = new ArrayList<>();
        for (int culprits = 0; culprits < MOST; culprits++) {
            Snapshot snapshot = freeze.get();
            try {
                // The first time: nothing is at fault but what the planner remembered.
                Planned planned = plan(snapshot, world);
                if (culprits == 0) {
                    LOG.errorf(first, "act=planned-anew why=\"what the planner remembered did not hold\"");
                }
                return planned;
            } catch (RuntimeException e) {
                failure = e;
            }
            RuntimeException ofTheWhole = failure;
            Culprit.Found culprit =
                    Culprit.in(snapshot, ofTheWhole, part -> plan(part, world)).orElseThrow(() -> ofTheWhole);
            List<Suspect> suspects = new ArrayList<>(List.of(culprit.suspect()));
            alike(culprit.suspect(), snapshot, found)
                    .forEach(id -> suspects.add(new Suspect(Suspect.Kind.WAITING, id.value())));
            aside.leave(suspects, "plan", culprit.failure(), world, now);
        }
        throw failure;
    }

    /** The second of equal jobs speaks for all of them: a thousand of an array would be a thousand searches. */
    private static List<JobId> alike(Suspect suspect, Snapshot snapshot, List<PendingJob> found) {
        if (suspect.kind() != Suspect.Kind.WAITING) {
            return List.of();
        }
        PendingJob culprit = snapshot.pending().stream()
                .filter(job -> job.id().value().equals(suspect.name()))
                .findFirst()
                .orElseThrow();
        boolean isSecond = found.stream().anyMatch(earlier -> isAlike(earlier, culprit));
        found.add(culprit);
        return isSecond
                ? snapshot.pending().stream()
                        .filter(job -> isAlike(job, culprit))
                        .map(PendingJob::id)
                        .filter(id -> !id.equals(culprit.id()))
                        .toList()
                : List.of();
    }

    private static boolean isAlike(PendingJob job, PendingJob other) {
        return job.queue().equals(other.queue())
                && job.priority() == other.priority()
                && job.roles().equals(other.roles());
    }
}
