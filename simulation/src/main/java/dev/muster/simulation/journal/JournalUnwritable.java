package dev.muster.simulation.journal;

import java.io.IOException;

/** The journal could not be written, as when the disk is full. What was appended is kept and written with the next flush. */
public final class JournalUnwritable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalUnwritable(String message, IOException cause) {
        super(message, cause);
    }
}
