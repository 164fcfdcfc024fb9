package dev.muster.cli.scenario;

import dev.muster.cli.manifest.Spelling;
import dev.muster.quota.plan.ReasonCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a plan is expected to say of a job: {@code launch train in gpu}, {@code evict sweep for train because RECLAIMED}. Words
 * that are not said may be anything.
 */
public record Expectation(String verb, String job, Map<String, String> words) {
    private static final Map<String, List<String>> VERBS = new LinkedHashMap<>();
    private static final List<String> CODES =
            Arrays.stream(ReasonCode.values()).map(Enum::name).toList();

    static {
        VERBS.put("launch", List.of("in"));
        VERBS.put("grow", List.of("by", "in"));
        VERBS.put("shrink", List.of("by", "for", "because"));
        VERBS.put("evict", List.of("for", "because"));
        VERBS.put("hold", List.of("because", "also", "behind", "starts"));
    }

    public Expectation {
        words = Map.copyOf(words);
    }

    /** @throws IllegalArgumentException where the line is not of this form, or names none of {@code jobs} */
    static Expectation parse(String line, Set<String> jobs) {
        String[] tokens = line.strip().split("\\s+");
        List<String> known = VERBS.get(tokens[0]);
        if (known == null || tokens.length < 2 || tokens.length % 2 != 0) {
            throw bad(line, "expected " + forms());
        }
        if (!jobs.contains(tokens[1])) {
            throw bad(line, "there is no job " + tokens[1] + meant(tokens[1], jobs));
        }
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 2; i < tokens.length; i += 2) {
            if (!known.contains(tokens[i])) {
                throw bad(line, "expected " + forms());
            }
            if (words.put(tokens[i], tokens[i + 1]) != null) {
                throw bad(line, "'%s' is there twice".formatted(tokens[i]));
            }
        }
        for (String word : List.of("because", "also")) {
            for (String code : Optional.ofNullable(words.get(word))
                    .map(text -> text.split(","))
                    .orElse(new String[0])) {
                if (!CODES.contains(code)) {
                    throw bad(line, code + " is no reason of docs/reasons.md" + meant(code, CODES));
                }
            }
        }
        String starts = words.get("starts");
        if (starts != null) {
            words.put("starts", starts(line, starts));
        }
        for (String word : List.of("for", "behind")) {
            if (words.containsKey(word) && !jobs.contains(words.get(word))) {
                throw bad(line, "there is no job " + words.get(word) + meant(words.get(word), jobs));
            }
        }
        return new Expectation(tokens[0], tokens[1], words);
    }

    /** In the words of {@link Starts}: {@code 90m} is the same as {@code 1h30m}. */
    private static String starts(String line, String text) {
        if (text.equals(Starts.NEVER) || text.equals(Starts.UNKNOWN)) {
            return text;
        }
        String[] ends = text.split("\\.\\.", 2);
        try {
            String earliest = Times.words(Times.length(ends[0]));
            return ends.length == 1
                    ? earliest
                    : earliest + ".." + (ends[1].equals(Starts.UNKNOWN) ? ends[1] : Times.words(Times.length(ends[1])));
        } catch (IllegalArgumentException e) {
            throw bad(line, "'starts %s' is no start: expected such as 1h, 1h..2h, 1h..unknown, never".formatted(text));
        }
    }

    private static IllegalArgumentException bad(String line, String why) {
        return new IllegalArgumentException("bad expectation '%s': %s".formatted(line, why));
    }

    private static String meant(String word, Collection<String> known) {
        return Spelling.meant(word, known)
                .map(meant -> "; did you mean " + meant + "?")
                .orElse("");
    }

    /** True where {@code told} says this, and perhaps more. */
    private boolean isMetBy(Expectation told) {
        return verb.equals(told.verb)
                && job.equals(told.job)
                && words.entrySet().stream().allMatch(word -> isMet(word, told.words.get(word.getKey())));
    }

    /** Of what may be several ({@code also}) all must be told, of a single thing that one. */
    private static boolean isMet(Map.Entry<String, String> word, @org.jspecify.annotations.Nullable String told) {
        return told != null
                && (word.getKey().equals("also")
                        ? Arrays.asList(told.split(","))
                                .containsAll(Arrays.asList(word.getValue().split(",")))
                        : told.equals(word.getValue()));
    }

    /**
     * What of {@code expected} the plan does not say, and what it does that nobody expected; empty where all is as it should
     * be. A job that is held needs no word.
     */
    public static List<String> differences(List<Expectation> expected, List<Expectation> told) {
        List<String> differences = new ArrayList<>();
        for (Expectation one : expected) {
            if (told.stream().noneMatch(one::isMetBy)) {
                String instead = told.stream()
                        .filter(t -> t.job.equals(one.job))
                        .map(Expectation::toString)
                        .collect(Collectors.joining("; "));
                differences.add(
                        instead.isEmpty()
                                ? "expected '%s', but the plan says nothing of %s".formatted(one, one.job)
                                : "expected '%s', but the plan says '%s'".formatted(one, instead));
            }
        }
        for (Expectation one : told) {
            if (!one.verb.equals("hold")
                    && expected.stream().noneMatch(e -> e.verb.equals(one.verb) && e.job.equals(one.job))) {
                differences.add("nobody expected '%s'".formatted(one));
            }
        }
        return differences;
    }

    private static String forms() {
        return VERBS.entrySet().stream()
                .map(verb -> "'%s <job>%s'"
                        .formatted(
                                verb.getKey(),
                                verb.getValue().stream()
                                        .map(w -> " [" + w + " …]")
                                        .collect(Collectors.joining())))
                .collect(Collectors.joining(", "));
    }

    /** What becomes of the job: all but its name, and when it is expected to start. */
    public String withoutJob() {
        return verb + spoken(word -> !word.equals("starts"));
    }

    private String spoken(Predicate<String> which) {
        return VERBS.getOrDefault(verb, List.of()).stream()
                .filter(which)
                .filter(word -> !words.getOrDefault(word, "").isEmpty())
                .map(word -> " " + word + " " + words.get(word))
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return verb + " " + job + spoken(word -> true);
    }
}
