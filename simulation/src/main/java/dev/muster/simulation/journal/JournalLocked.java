package dev.muster.simulation.journal;

/** Another process has the journal open. */
public final class JournalLocked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalLocked(String message) {
        super(message);
    }
}
