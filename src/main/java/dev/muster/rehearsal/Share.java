package dev.muster.rehearsal;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Half a processor at most, for the thread that asks: after each turn on it, it rests as long. {@code told} is asked about once a second
 * whether to go on.
 */
final class Share {
    private static final long TURN = Duration.ofMillis(50).toNanos();
    private static final int TURNS_BETWEEN = 10;
    /** The processor's time is not asked for at every step of a simulation. */
    private static final int STEPS = 64;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long most;
    private final BooleanSupplier told;
    private final long begun = used();
    private long turn = begun;
    private int steps;
    private int turns;
    private boolean over;
    private boolean spent;

    Share(Duration most, BooleanSupplier told) {
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
            over = spent
                    || Thread.currentThread().isInterrupted()
                    || (++turns % TURNS_BETWEEN == 0 && told.getAsBoolean());
            if (!over) {
                LockSupport.parkNanos(now - turn);
            }
            turn = now;
        }
        return over;
    }

    /** It has used up what it may. */
    boolean isSpent() {
        return spent;
    }

    private long used() {
        return threads.getCurrentThreadCpuTime();
    }
}
