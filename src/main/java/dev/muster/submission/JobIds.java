package dev.muster.submission;

import dev.muster.quota.name.JobId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Gives out the ids of jobs: ULIDs whose time part is the clock's and that grow with every one, also inside of a millisecond
 * and where the clock goes back. Safe for several threads.
 */
@Singleton
public class JobIds {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    /** Bits of the random part are held as two numbers of 40. */
    private static final long FORTY_BITS = (1L << 40) - 1;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private long millis = -1;
    private long high;
    private long low;

    JobIds(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized JobId next() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            // The topmost bit stays free, so that counting on never overflows.
            high = random.nextLong() & (FORTY_BITS >> 1);
            low = random.nextLong() & FORTY_BITS;
        } else {
            low = (low + 1) & FORTY_BITS;
            high += low == 0 ? 1 : 0;
        }
        char[] text = new char[26];
        write(text, 0, 10, millis);
        write(text, 10, 8, high);
        write(text, 18, 8, low);
        return new JobId(new String(text));
    }

    private static void write(char[] text, int at, int digits, long value) {
        long left = value;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = DIGITS[(int) (left & 31)];
            left >>>= 5;
        }
    }
}
