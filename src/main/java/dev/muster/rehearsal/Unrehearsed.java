package dev.muster.rehearsal;

/** It cannot be computed; the message says why, to who asked. */
final class Unrehearsed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unrehearsed(String message) {
        super(message);
    }
}
