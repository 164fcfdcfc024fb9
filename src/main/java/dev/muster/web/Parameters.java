package dev.muster.web;

import dev.muster.problem.MusterException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parameters and headers of a request: what they say, or a problem that names them. */
final class Parameters {
    private Parameters() {}

    static boolean flag(String name, @Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw MusterException.invalidParameter(name, text, "true or false");
    }

    /** At most {@code most}: a page is as large as it may be. */
    static int pageSize(@Nullable String text) {
        long size = number("pageSize", text, 0);
        return size == 0 ? Limits.USUAL_PAGE : (int) Math.min(size, Limits.PAGE);
    }

    static long number(String name, @Nullable String text, long usual) {
        if (text == null || text.isEmpty()) {
            return usual;
        }
        if (!text.matches("\\d{1,18}")) {
            throw MusterException.invalidParameter(name, text, "a whole number, 0 or more");
        }
        return Long.parseLong(text);
    }

    /** A name in a path. */
    static <T> T name(String what, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw MusterException.invalidParameter(
                    what, text, "1 to 63 characters of a-z, 0-9 and '-', letter or digit first and last");
        }
    }
}
