package dev.muster.cli;

import java.util.List;

/** The command line or a file is wrong: what, where, and on the lines after it what can be done. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> hints;

    public BadInput(String message, String... hints) {
        super(message);
        this.hints = List.of(hints);
    }

    public List<String> hints() {
        return hints;
    }
}
