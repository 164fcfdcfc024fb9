package dev.muster.benchmarks;

/** How long it took until all pods were created and until all were bound, in seconds, and how many requests made and read them. */
record LaunchTimes(double created, double bound, long requests) {
    static final LaunchTimes NONE = new LaunchTimes(0, 0, 0);

    LaunchTimes plus(LaunchTimes other) {
        return new LaunchTimes(created + other.created, bound + other.bound, requests + other.requests);
    }

    @Override
    public String toString() {
        return "all created after %.1f s, all bound after %.1f s, %d requests".formatted(created, bound, requests);
    }
}
