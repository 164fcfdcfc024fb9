package dev.muster.quota.plan;

import dev.muster.quota.fit.Future;
import dev.muster.quota.fit.Packer;
import dev.muster.quota.fit.Placement;
import dev.muster.quota.fit.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Room kept for jobs that wait for nodes, within one pass over the waiting jobs. A later job passes if it ends before the room
 * is needed, or if it fits into what is left beside it.
 */
final class Reservations {
    private final World world;
    private final Acts acts;
    private final PlanSettings.Backfill settings;
    private final List<Reservation> made = new ArrayList<>();
    private final Set<PendingJob> waiting = new LinkedHashSet<>();
    private final Set<Integer> queues = new HashSet<>();
    /** What later jobs may use that end too late or nobody knows when; null as long as nothing is reserved. */
    private @Nullable Room rest;

    private @Nullable Packer restPacker;
    private @Nullable Instant needed;
    private boolean noMore;

    /** {@code at} null: nobody knows when; its nodes take nobody else until it starts. */
    record Reservation(
            PendingJob job, Group group, @Nullable Instant at, Room then) {}

    Reservations(World world, Acts acts) {
        this.world = world;
        this.acts = acts;
        this.settings = world.snapshot.settings().backfill();
    }

    /** True where no more are made in this pass. */
    boolean areAll() {
        return noMore || queues.size() >= settings.depth();
    }

    /** They would hold back nobody. */
    void noMore() {
        noMore = true;
    }

    /** A job, in its turn, was found to wait for nodes; the first of its queue counts. */
    void waits(PendingJob job, Group group) {
        if (areAll() || !queues.add(group.queue)) {
            return;
        }
        waiting.add(job);
        boolean drain = job.traits().passed() >= settings.maxPassed();
        Ends ends = acts.ends();
        List<Future.End> expected = drain ? ends.all() : ends.known();
        Future.Fit fit = expected.isEmpty()
                ? null
                : new Future(world.room, expected, world.quota(group.queue)).soonest(group.shape);
        if (fit != null) {
            reserve(new Reservation(job, group, ends.at(fit.ends()), fit.room()));
        }
    }

    private void reserve(Reservation reservation) {
        made.add(reservation);
        Instant now = world.snapshot.now();
        Instant at = reservation.at() == null ? now : reservation.at();
        needed = needed == null || at.isBefore(needed) ? at : needed;
        Room left = rest == null ? world.room.copy() : rest;
        for (int node = 0; node < left.nodes(); node++) {
            left.lesserOf(left, reservation.then(), node);
        }
        rest = left;
        restPacker = new Packer(left);
    }

    /** True where the job surely ends before any reserved room is needed. */
    private boolean endsInTime(PendingJob job) {
        Duration runTime = job.traits().runTime();
        return needed == null
                || (runTime != null && !world.snapshot.now().plus(runTime).isAfter(needed));
    }

    /** True where a job may use only what is left beside the reservations. */
    boolean restricts(PendingJob job) {
        return rest != null && !endsInTime(job);
    }

    /** Packs a job where it delays nobody before it, and takes the room; null where it cannot. */
    @Nullable
    Placement pack(PendingJob job, Group group) {
        if (!restricts(job) || restPacker == null) {
            Placement placement = world.packer.pack(group.shape, world.quota(group.queue));
            if (placement != null) {
                follow(placement);
            }
            return placement;
        }
        Placement placement = restPacker.pack(group.shape, world.quota(group.queue));
        if (placement != null) {
            placement.takeFrom(world.room);
            made.forEach(reservation -> placement.takeFrom(reservation.then()));
        }
        return placement;
    }

    private void follow(Placement placement) {
        Room left = rest;
        if (left != null) {
            placement.nodes().forEach(node -> left.lesserOf(left, world.room, node));
        }
    }

    /** Room was taken for somebody whose room is being made. */
    void followAll() {
        Room left = rest;
        if (left != null) {
            for (int node = 0; node < left.nodes(); node++) {
                left.lesserOf(left, world.room, node);
            }
        }
    }

    /** What the jobs that wait for nodes ask of their queues; a later job that stays must leave it. */
    boolean leavesQuota(PendingJob job, Group group) {
        if (!restricts(job)) {
            return true;
        }
        made.forEach(each -> world.ledger.add(each.group().queue, each.group().asked));
        boolean leaves = world.ledger.refusal(group.queue, group.asked) == null;
        made.forEach(each -> world.ledger.remove(each.group().queue, each.group().asked));
        return leaves;
    }

    List<Reservation> made() {
        return made;
    }

    /** The jobs before all that came later in this pass. */
    Set<PendingJob> waiting() {
        return waiting;
    }
}
