package dev.muster.cli.scenario;

import dev.muster.quota.plan.ReasonCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a plan is expected to say of a job: {@code launch train in gpu}, {@code hold big because NODES_FULL}. Words that are
 * not said ({@code in}, {@code because}) may be anything.
 */
public record Expectation(String verb, String job, Map<String, String> words) {
    private static final Map<String, List<String>> VERBS =
            new LinkedHashMap<>(Map.of("launch", List.of("in"), "hold", List.of("because")));

    public Expectation {
        words = Map.copyOf(words);
    }

    /** @throws IllegalArgumentException where the line is not of this form, or names none of {@code jobs} */
    static Expectation parse(String line, Set<String> jobs) {
        String[] tokens = line.strip().split("\\s+");
        List<String> known = tokens.length == 0 ? null : VERBS.get(tokens[0]);
        if (known == null || tokens.length < 2 || tokens.length % 2 != 0) {
            throw new IllegalArgumentException("bad expectation '%s': expected %s".formatted(line, forms()));
        }
        if (!jobs.contains(tokens[1])) {
            throw new IllegalArgumentException("bad expectation '%s': there is no job %s".formatted(line, tokens[1]));
        }
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 2; i < tokens.length; i += 2) {
            if (!known.contains(tokens[i])) {
                throw new IllegalArgumentException("bad expectation '%s': expected %s".formatted(line, forms()));
            }
            words.put(tokens[i], tokens[i + 1]);
        }
        String because = words.get("because");
        if (because != null
                && Arrays.stream(ReasonCode.values())
                        .noneMatch(code -> code.name().equals(because))) {
            throw new IllegalArgumentException(
                    "bad expectation '%s': %s is no reason of docs/reasons.md".formatted(line, because));
        }
        return new Expectation(tokens[0], tokens[1], words);
    }

    /** True where {@code told} says this, and perhaps more. */
    private boolean isMetBy(Expectation told) {
        return verb.equals(told.verb)
                && job.equals(told.job)
                && words.entrySet().stream().allMatch(word -> word.getValue().equals(told.words.get(word.getKey())));
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
                differences.add("expected '%s', but the plan says '%s'".formatted(one, instead));
            }
        }
        for (Expectation one : told) {
            if (!one.verb.equals("hold") && expected.stream().noneMatch(e -> e.isMetBy(one))) {
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
                .sorted()
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return verb + " " + job
                + words.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(word -> " " + word.getKey() + " " + word.getValue())
                        .collect(Collectors.joining());
    }
}
