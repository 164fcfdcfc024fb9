package dev.muster.simulation.site;

import dev.muster.simulation.measure.Use;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One launch of a job: which of its pods are where, and how far its work is. */
public final class Attempt {
    public final SiteJob job;
    public final int number;
    public final long since;
    final List<Seat> seats = new ArrayList<>();
    final int[] bound;
    final int[] wanted;
    boolean started;
    boolean ended;
    boolean touched;
    /** Pods of its gang have no node, before it has started. */
    boolean lacks = true;
    /** When its first pod was bound, below 0 before. */
    long held = -1;
    /** Work of the stage that is left, in pod seconds, as of {@code settled}. */
    double left;

    int stage;
    int working;
    long settled;
    double done;
    double share;
    /** Events that were noted for an earlier state of it do nothing. */
    int token;

    int startToken;

    Attempt(SiteJob job, int number, long now) {
        this.job = job;
        this.number = number;
        this.since = now;
        int roles = job.roles().size();
        this.bound = new int[roles];
        this.wanted = new int[roles];
        for (int r = 0; r < roles; r++) {
            wanted[r] = job.roles().get(r).gang();
        }
    }

    /** Pods of a role that it wants and that are bound nowhere. */
    public int missing(int role) {
        return Math.max(0, wanted[role] - bound[role]);
    }

    public int bound(int role) {
        return bound[role];
    }

    public int wanted(int role) {
        return wanted[role];
    }

    /** True once the whole gang has run. */
    public boolean started() {
        return started;
    }

    public boolean ended() {
        return ended;
    }

    /** True where some pods of its gang are bound and others are not, before it has started. */
    public boolean isPartial() {
        if (started || held < 0) {
            return false;
        }
        for (int r = 0; r < bound.length; r++) {
            if (bound[r] < job.roles().get(r).gang()) {
                return true;
            }
        }
        return false;
    }

    /** What its books say that cannot be: of how many pods it has, and where; null where all is right. */
    public @Nullable String wrong() {
        if (ended && !seats.isEmpty()) {
            return "%s has ended and has pods".formatted(job.load.id());
        }
        for (int r = 0; r < bound.length; r++) {
            int seated = 0;
            for (int i = 0; i < seats.size(); i++) {
                seated += seats.get(i).role == r ? seats.get(i).count : 0;
            }
            if (seated != bound[r]) {
                return "%s holds %d pods of %s, nodes have %d"
                        .formatted(job.load.id(), bound[r], job.roles().get(r).name(), seated);
            }
        }
        return null;
    }

    /** True where it runs with fewer pods than its gang, or than its stage can use where that is less. */
    public boolean isBelowMinimum() {
        for (int r = 0; started && r < bound.length; r++) {
            if (bound[r] < Math.min(job.roles().get(r).gang(), wanted[r])) {
                return true;
            }
        }
        return false;
    }

    boolean isWhole() {
        for (int r = 0; r < bound.length; r++) {
            if (bound[r] < job.roles().get(r).gang()) {
                return false;
            }
        }
        return true;
    }

    /** What the room that it holds brings. */
    Use use() {
        if (working > 0) {
            return Use.PROGRESS;
        }
        return lacks ? Use.PART : Use.STARTS;
    }

    /** Where its pods are: one call for each role and node. */
    public void seats(SeatVisitor visitor) {
        for (Seat seat : seats) {
            visitor.seat(seat.role, seat.node, seat.count);
        }
    }

    /** Is told of pods of a role on a node. */
    public interface SeatVisitor {
        void seat(int role, SiteNode node, int count);
    }
}
