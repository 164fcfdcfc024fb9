package dev.muster.cycle;

import dev.muster.job.Job;
import dev.muster.postgres.WaitStore;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the planner would say now of a job that nobody has submitted yet. Nothing is decided by it. */
@ApplicationScoped
public class Prospects {
    private final Board board;

    Prospects(Board board) {
        this.board = board;
    }

    /** The reason of its start or of its wait, as if it came last; without taking anything from others. Empty where another replica plans. */
    public Optional<Reason> of(Job job) {
        return board.view().map(Board.View::snapshot).map(snapshot -> reason(snapshot, job));
    }

    private static @Nullable Reason reason(Snapshot now, Job job) {
        PendingJob wanted =
                Gangs.pending(job, false, WaitStore.Wait.NONE, job.spec().maxRunTime());
        List<PendingJob> pending = new ArrayList<>(now.pending());
        pending.add(wanted);
        Snapshot with = new Snapshot(
                now.now(),
                now.queues(),
                now.nodes(),
                pending,
                now.live(),
                now.settings(),
                now.decayedUse(),
                now.evictedLately(),
                now.expansions(),
                now.launchedLately(),
                now.aboveSince());
        return new Planner()
                .plan(with).decisions().stream()
                        .filter(decision -> decision.job().equals(wanted.id()))
                        .map(Decision::reason)
                        .findFirst()
                        .orElse(null);
    }
}
