package dev.muster.admission;

import java.util.Collection;
import java.util.stream.Collectors;

/** Values from elsewhere as they stand in sentences: short, on one line, without control characters. */
final class Shown {
    private static final int LONGEST = 80;
    private static final int MOST = 10;

    private Shown() {}

    static String of(String value) {
        String plain = value.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.length() < value.length() ? plain + "… (" + value.length() + " characters)" : plain;
    }

    static String list(Collection<?> values) {
        if (values.isEmpty()) {
            return "none";
        }
        String first = values.stream().limit(MOST).map(Object::toString).collect(Collectors.joining(", "));
        return values.size() > MOST ? first + " and " + (values.size() - MOST) + " more" : first;
    }
}
