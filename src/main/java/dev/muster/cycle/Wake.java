package dev.muster.cycle;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Calls for the next cycle. Any number of calls before it begins are one; a call is never lost. Safe for any thread. */
@ApplicationScoped
public class Wake {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private boolean calls;

    /** Something changed: look soon. */
    public void now() {
        lock.lock();
        try {
            calls = true;
            called.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a call and takes it; false where none came in time. */
    boolean await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!calls && left > 0) {
                left = called.awaitNanos(left);
            }
            boolean came = calls;
            calls = false;
            return came;
        } finally {
            lock.unlock();
        }
    }

    /** A call waits to be taken. */
    boolean isCalled() {
        lock.lock();
        try {
            return calls;
        } finally {
            lock.unlock();
        }
    }

    static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, time.toNanos()));
    }
}
