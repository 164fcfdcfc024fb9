package dev.muster.simulation.load;

/** A part of a job's work, in seconds of one pod of its last role; more than {@code width} pods do not make it faster. */
public record Stage(int width, double podSeconds) {
    public Stage {
        if (width < 1 || !(podSeconds >= 0)) {
            throw new IllegalArgumentException("Bad stage: width %d, work %s".formatted(width, podSeconds));
        }
    }
}
