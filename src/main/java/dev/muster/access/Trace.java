package dev.muster.access;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id that ties an answer, a problem and lines of the log together: the caller's own (W3C traceparent), or a new one. */
final class Trace {
    private static final Pattern PARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    private Trace() {}

    static String of(@Nullable String traceparent) {
        if (traceparent != null) {
            Matcher form = PARENT.matcher(traceparent);
            if (form.matches()) {
                return form.group(1);
            }
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }
}
