package dev.muster.simulation.event;

import java.nio.charset.StandardCharsets;

/**
 * Numbers by lot (SplitMix64), the same for the same seed and purpose on every machine. Each purpose has numbers of its own, so
 * that a policy which asks more often does not change what happens to the others.
 */
public final class Chance {
    private long state;

    private Chance(long state) {
        this.state = state;
    }

    public static Chance of(long seed, String purpose) {
        long mixed = seed;
        for (byte letter : purpose.getBytes(StandardCharsets.UTF_8)) {
            mixed = mix(mixed * 31 + letter);
        }
        return new Chance(mixed);
    }

    public long bits() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** From 0 (included) to 1 (excluded). */
    public double share() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** From 0 (included) to {@code bound} (excluded). */
    public int below(int bound) {
        return (int) (share() * bound);
    }

    /** How long until something that happens with this mean comes. */
    public double waitFor(double mean) {
        return -StrictMath.log(1 - share()) * mean;
    }

    /** Of the normal distribution. */
    public double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - share()));
        return radius * StrictMath.cos(2 * StrictMath.PI * share());
    }

    /** True with this probability. */
    public boolean happens(double probability) {
        return share() < probability;
    }
}
