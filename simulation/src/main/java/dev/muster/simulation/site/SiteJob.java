package dev.muster.simulation.site;

import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import java.util.List;

/** A job of the simulation and what became of it so far; times in milliseconds, below 0 where not yet. */
public final class SiteJob {
    public final LoadJob load;
    /** By role, dense. */
    public final long[][] asks;
    /** By role: in which pools it may run. */
    final boolean[][] allowed;
    /** Jobs of one kind ask the same, and have the same number. */
    public final int kind;

    public State state = State.WAITING;
    public int attempts;
    public int failures;
    public int losses;
    public long waitsSince;
    public long firstStart = -1;
    public long ended = -1;
    /** Work that is saved, in pod seconds. */
    double saved;

    SiteJob(LoadJob load, long[][] asks, boolean[][] allowed, int kind) {
        this.load = load;
        this.asks = asks;
        this.allowed = allowed;
        this.kind = kind;
        this.waitsSince = load.arrival();
    }

    public List<LoadRole> roles() {
        return load.roles();
    }

    public boolean mayRunIn(int role, int pool) {
        return allowed[role][pool];
    }

    /** Where a job stands. */
    public enum State {
        WAITING,
        LIVE,
        DONE,
        FAILED
    }
}
