package dev.muster.rehearsal;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A part of a processor at most, for the thread that asks: after each turn on it, it rests. {@code told} is asked about once a second whether to go on. */
final class Share {
    private static final long TURN = Duration.ofMillis(50).toNanos();
    private static final long BETWEEN = Duration.ofSeconds(1).toNanos();
    /** So that signs of life come in time also after a long turn. */
    private static final long LONGEST_REST = Duration.ofSeconds(20).toNanos();

    /** The processor's time is not asked for at every step of a simulation. */
    private static final int STEPS = 64;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final double rest;
    private final long most;
    private final BooleanSupplier told;
    private final long begun = used();
    private long turn = begun;
    private int steps;
    private long askedAt = System.nanoTime();
    private boolean over;
    private boolean spent;

    /** {@code part}: from 0.01 to 1. */
    Share(double part, Duration most, BooleanSupplier told) {
        if (!(part >= 0.01 && part <= 1)) {
            throw new IllegalArgumentException("Bad part of a processor %s: expected 0.01 to 1".formatted(part));
        }
        this.rest = 1 / part - 1;
        this.most = most.toNanos();
        this.told = told;
    }

    /** True where it is to stop: it was told so, or has used up what it may. */
    boolean isOver() {
        if (over || ++steps % STEPS != 0) {
            return over;
        }
        long now = used();
        if (now - turn >= TURN) {
            spent = now - begun > most;
            over = spent || Thread.currentThread().isInterrupted() || (isTime() && told.getAsBoolean());
            if (!over) {
                LockSupport.parkNanos((long) Math.min(LONGEST_REST, rest * (now - turn)));
            }
            turn = now;
        }
        return over;
    }

    private boolean isTime() {
        long now = System.nanoTime();
        if (now - askedAt < BETWEEN) {
            return false;
        }
        askedAt = now;
        return true;
    }

    /** It has used up what it may. */
    boolean isSpent() {
        return spent;
    }

    private long used() {
        return threads.getCurrentThreadCpuTime();
    }
}
