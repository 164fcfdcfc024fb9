package dev.muster.simulation.experiment;

/** A simulation's time for people. */
final class Times {
    private Times() {}

    static String shown(long millis) {
        long seconds = millis / 1000;
        return "%dd %02d:%02d:%02d".formatted(seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    }
}
