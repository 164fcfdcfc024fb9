package dev.muster.web;

import dev.muster.problem.MusterException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bytes that a header {@code Range} asks for, from the first on; {@code last} null: as many as there are. */
record ByteRange(long first, @Nullable Long last) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");

    /** Null where none is asked for, or one of a kind that is not given: then all is answered, as HTTP has it. */
    static @Nullable ByteRange of(@Nullable String header) {
        Matcher range = ONE.matcher(header == null ? "" : header.strip());
        if (!range.matches()) {
            return null;
        }
        long first = Long.parseLong(range.group(1));
        Long last = range.group(2) == null ? null : Long.valueOf(range.group(2));
        if (last != null && last < first) {
            throw MusterException.invalidParameter(
                    "Range", String.valueOf(header), "bytes=FIRST-LAST, FIRST not after LAST");
        }
        return new ByteRange(first, last);
    }
}
