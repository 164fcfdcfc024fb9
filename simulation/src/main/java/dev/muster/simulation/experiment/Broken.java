package dev.muster.simulation.experiment;

import java.util.List;

/** A law was broken in a simulation: which, when, and what had happened last. */
public final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> log;

    Broken(String what, List<String> log) {
        super(what);
        this.log = List.copyOf(log);
    }

    /** The last events before it. */
    public List<String> log() {
        return log;
    }
}
