package dev.muster.quota.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that an operator may turn: its path in the policy, what it means, its unit in {@code type}, its default, and from
 * where to where it goes (whole numbers; seconds of a length of time; nothing for a switch), or which {@code words} there are.
 */
public record PolicyField(
        String path, Type type, String standard, long least, long most, List<String> words, String meaning) {
    private static final Pattern LENGTH =
            Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m)?(?:(\\d{1,9})s)?");

    /** How the text of a value is read. */
    public enum Type {
        WHOLE_NUMBER("a whole number"),
        LENGTH_OF_TIME("a length of time such as 90s, 10m, 1h30m, 2d"),
        PERCENTAGE("a percentage such as 50%"),
        SWITCH("true or false"),
        CHOICE("one of");

        private final String expected;

        Type(String expected) {
            this.expected = expected;
        }
    }

    static PolicyField number(String path, long standard, long least, long most, String meaning) {
        return new PolicyField(path, Type.WHOLE_NUMBER, Long.toString(standard), least, most, List.of(), meaning);
    }

    static PolicyField length(String path, String standard, Duration most, String meaning) {
        return new PolicyField(path, Type.LENGTH_OF_TIME, standard, 0, most.toSeconds(), List.of(), meaning);
    }

    /** Not shorter than so many seconds. */
    static PolicyField lengthFrom(String path, String standard, long least, Duration most, String meaning) {
        return new PolicyField(path, Type.LENGTH_OF_TIME, standard, least, most.toSeconds(), List.of(), meaning);
    }

    /** Of a whole that may be more than one; those that may not be less than one begin there. */
    static PolicyField percent(String path, long standard, long most, String meaning) {
        return new PolicyField(
                path, Type.PERCENTAGE, standard + "%", standard > 100 ? 100 : 1, most, List.of(), meaning);
    }

    static PolicyField flag(String path, boolean standard, String meaning) {
        return new PolicyField(path, Type.SWITCH, Boolean.toString(standard), 0, 0, List.of(), meaning);
    }

    /** One of the words of {@code standard}'s kind. */
    static PolicyField choice(String path, Enum<?> standard, String meaning) {
        List<String> words = Arrays.stream(standard.getDeclaringClass().getEnumConstants())
                .map(Enum::name)
                .toList();
        return new PolicyField(path, Type.CHOICE, standard.name(), 0, 0, words, meaning);
    }

    /** @throws IllegalArgumentException where {@code text} is no value of this field, saying what was expected */
    public void check(String text) {
        switch (type) {
            case WHOLE_NUMBER -> within(text, text.matches("-?\\d{1,18}") ? Long.parseLong(text) : Long.MIN_VALUE);
            case LENGTH_OF_TIME -> within(text, isLength(text) ? lengthOf(text).toSeconds() : Long.MIN_VALUE);
            case PERCENTAGE ->
                within(text, text.matches("\\d{1,6}%") ? Math.round(partOf(text) * 100) : Long.MIN_VALUE);
            case SWITCH -> {
                if (!text.equals("true") && !text.equals("false")) {
                    throw refused(text);
                }
            }
            case CHOICE -> {
                if (!words.contains(text)) {
                    throw refused(text);
                }
            }
        }
    }

    private void within(String text, long value) {
        if (value < least || value > most) {
            throw refused(text);
        }
    }

    private IllegalArgumentException refused(String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new IllegalArgumentException("Bad %s '%s': expected %s".formatted(path, shown, expected()));
    }

    /** What a value must be, in words. */
    public String expected() {
        return switch (type) {
            case WHOLE_NUMBER -> "%s, %d to %d".formatted(type.expected, least, most);
            case LENGTH_OF_TIME ->
                "%s, %sat most %dd"
                        .formatted(
                                type.expected,
                                least > 0 ? "%ds at least, ".formatted(least) : "",
                                Duration.ofSeconds(most).toDays());
            case PERCENTAGE -> "%s, %d%% to %d%%".formatted(type.expected, least, most);
            case SWITCH -> type.expected;
            case CHOICE -> type.expected + " " + String.join(", ", words);
        };
    }

    static double partOf(String text) {
        return Long.parseLong(text.substring(0, text.length() - 1)) / 100.0;
    }

    private static boolean isLength(String text) {
        return !text.isEmpty() && LENGTH.matcher(text).matches();
    }

    static Duration lengthOf(String text) {
        Matcher match = LENGTH.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("Bad length of time '%s'".formatted(text));
        }
        return Duration.ofDays(number(match, 1))
                .plusHours(number(match, 2))
                .plusMinutes(number(match, 3))
                .plusSeconds(number(match, 4));
    }

    private static long number(Matcher match, int group) {
        return match.group(group) == null ? 0 : Long.parseLong(match.group(group));
    }
}
