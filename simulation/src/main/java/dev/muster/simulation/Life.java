package dev.muster.simulation;

import dev.muster.cluster.PodEnd;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How simulated pods of one role live, as their annotations {@code simulation.muster.dev/…} say. Without any they start when
 * they are bound and end at once with exit code 0. {@code fault} is what is wrong with the annotations, null if nothing is.
 */
record Life(
        Duration startDelay,
        Duration runTime,
        Duration stopTime,
        int exitCode,
        @Nullable PodEnd failAs,
        Set<Integer> failIndexes,
        int failAttempts,
        @Nullable String fault) {
    static final String PREFIX = "simulation.muster.dev/";
    /** Longest time that is understood: ten years. */
    static final Duration LONGEST = Duration.ofDays(3650);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(\\.\\d{1,3})?(ms|s|m|h|d)");
    private static final Pattern DURATIONS = Pattern.compile("(" + DURATION.pattern() + "){1,5}");
    private static final Life AT_ONCE =
            new Life(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, null, Set.of(), Integer.MAX_VALUE, null);

    static Life of(Map<String, String> annotations) {
        if (annotations.keySet().stream().noneMatch(key -> key.startsWith(PREFIX))) {
            return AT_ONCE;
        }
        try {
            String failAs = annotations.get(PREFIX + "fail-as");
            PodEnd cause = failAs == null ? null : cause(failAs);
            int usualExit = cause == null ? 0 : cause == PodEnd.OOM_KILLED ? 137 : 1;
            return new Life(
                    duration(annotations, "start-delay"),
                    duration(annotations, "run-time"),
                    duration(annotations, "stop-time"),
                    number(annotations, "exit-code", usualExit, 255),
                    cause,
                    indexes(annotations.getOrDefault(PREFIX + "fail-indexes", "")),
                    number(annotations, "fail-attempts", Integer.MAX_VALUE, Integer.MAX_VALUE),
                    null);
        } catch (IllegalArgumentException e) {
            return new Life(
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    1,
                    PodEnd.CONFIG,
                    Set.of(),
                    Integer.MAX_VALUE,
                    e.getMessage());
        }
    }

    /** True where the {@code index}th pod of the role fails in this attempt. */
    boolean fails(int attempt, int index) {
        return (failAs != null || exitCode != 0)
                && attempt <= failAttempts
                && (failIndexes.isEmpty() || failIndexes.contains(index));
    }

    /** True where the pod's containers never start: its image or its configuration is at fault. */
    boolean neverStarts(int attempt, int index) {
        return fails(attempt, index) && (failAs == PodEnd.IMAGE || failAs == PodEnd.CONFIG);
    }

    private static PodEnd cause(String text) {
        for (PodEnd cause : PodEnd.values()) {
            if (cause.name().equals(text) && cause != PodEnd.RELEASED && cause != PodEnd.DISMISSED) {
                return cause;
            }
        }
        throw bad(
                "fail-as",
                text,
                "one of EXITED, OOM_KILLED, JVM_OOM, UNCAUGHT, UNREACHABLE, DISK_FULL, SCRATCH_FAILED, IMAGE, CONFIG, SPOT_INTERRUPTED,"
                        + " DECOMMISSIONED, NODE_LOST, PREEMPTED, OTHER");
    }

    private static Set<Integer> indexes(String text) {
        if (text.isEmpty()) {
            return Set.of();
        }
        if (!text.matches("\\d{1,6}(,\\d{1,6}){0,999}")) {
            throw bad("fail-indexes", text, "numbers with commas between, such as 0,3");
        }
        return Arrays.stream(text.split(",")).map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    private static int number(Map<String, String> annotations, String name, int usual, int most) {
        String text = annotations.get(PREFIX + name);
        if (text == null) {
            return usual;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
            throw bad(name, text, "a whole number from 0 to " + most);
        }
        return Integer.parseInt(text);
    }

    private static Duration duration(Map<String, String> annotations, String name) {
        String text = annotations.get(PREFIX + name);
        if (text == null) {
            return Duration.ZERO;
        }
        if (text.length() > 40 || !DURATIONS.matcher(text).matches()) {
            throw bad(name, text, "a duration such as 500ms, 20s or 1h30m");
        }
        Duration sum = Duration.ZERO;
        Matcher part = DURATION.matcher(text);
        while (part.find()) {
            double amount = Double.parseDouble(part.group(1) + (part.group(2) == null ? "" : part.group(2)));
            sum = sum.plusMillis(Math.round(amount * milliseconds(part.group(3))));
        }
        if (sum.compareTo(LONGEST) > 0) {
            throw bad(name, text, "at most " + LONGEST.toDays() + "d");
        }
        return sum;
    }

    private static long milliseconds(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }

    private static IllegalArgumentException bad(String name, String text, String expected) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new IllegalArgumentException(
                "Bad annotation %s%s '%s': expected %s".formatted(PREFIX, name, shown, expected));
    }
}
