package dev.muster.simulation.journal;

/** The journal cannot be read as it is; nothing was changed in it. */
public final class JournalDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalDamaged(String message, Throwable cause) {
        super(message, cause);
    }

    public JournalDamaged(String message) {
        super(message);
    }
}
