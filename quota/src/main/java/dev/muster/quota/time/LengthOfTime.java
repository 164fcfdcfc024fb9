package dev.muster.quota.time;

import java.time.Duration;

/** A length of time as people write it and as the policy and scenarios read it: {@code 1h30m}, {@code 7d}, {@code 0s}. */
public final class LengthOfTime {
    private static final long[] SECONDS = {86_400, 3_600, 60, 1};
    private static final String UNITS = "dhms";

    private LengthOfTime() {}

    /** In whole seconds: what is less is left away. A negative one, which nobody writes so, as ISO 8601 has it. */
    public static String spoken(Duration length) {
        if (length.isNegative()) {
            return length.toString();
        }
        StringBuilder text = new StringBuilder();
        long left = length.toSeconds();
        for (int i = 0; i < SECONDS.length; i++) {
            if (left >= SECONDS[i]) {
                text.append(left / SECONDS[i]).append(UNITS.charAt(i));
                left %= SECONDS[i];
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
