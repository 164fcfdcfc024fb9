package dev.muster.simulation.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A record as words with spaces between, in printable ASCII: any other character, and {@code %}, is written as {@code %} and
 * four hexadecimal digits; null is {@code %n}, the empty text {@code %e}. {@link WordReader} reads it back.
 */
public final class WordWriter {
    static final String NULL = "%n";
    static final String EMPTY = "%e";

    private final StringBuilder words = new StringBuilder();

    public WordWriter word(@Nullable String text) {
        if (!words.isEmpty()) {
            words.append(' ');
        }
        if (text == null) {
            words.append(NULL);
        } else if (text.isEmpty()) {
            words.append(EMPTY);
        } else {
            escape(text);
        }
        return this;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7f && c != '%') {
                words.append(c);
            } else {
                words.append('%');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    words.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            }
        }
    }

    public WordWriter number(@Nullable Number number) {
        return word(number == null ? null : number.toString());
    }

    public WordWriter flag(boolean flag) {
        return word(flag ? "y" : "n");
    }

    public WordWriter instant(@Nullable Instant instant) {
        return word(instant == null ? null : instant.getEpochSecond() + "." + instant.getNano());
    }

    public WordWriter duration(Duration duration) {
        return word(duration.getSeconds() + "." + duration.getNano());
    }

    /** The number of elements, then each. */
    public <T> WordWriter all(Collection<T> elements, Consumer<T> each) {
        number(elements.size());
        elements.forEach(each);
        return this;
    }

    public WordWriter words(Collection<String> elements) {
        return all(elements, this::word);
    }

    public WordWriter map(Map<String, String> map) {
        return all(map.entrySet(), entry -> word(entry.getKey()).word(entry.getValue()));
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
