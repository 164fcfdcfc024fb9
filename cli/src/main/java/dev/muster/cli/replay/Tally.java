package dev.muster.cli.replay;

import dev.muster.cli.trace.Defect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what could not be replayed, and remembers the first few of each kind by their lines. */
public final class Tally {
    /** So many lines are named of each kind. */
    private static final int NAMED = 5;

    private final Map<Defect.Kind, List<Defect>> first = new EnumMap<>(Defect.Kind.class);
    private final Map<Defect.Kind, Integer> counts = new EnumMap<>(Defect.Kind.class);
    private final List<Refusal> refusals = new ArrayList<>();
    private int accepted;

    /** A recorded job that the service refused, and why. */
    public record Refusal(long line, String id, String why) {}

    void accepted(int jobs) {
        accepted += jobs;
    }

    void defect(Defect defect) {
        counts.merge(defect.kind(), 1, Integer::sum);
        List<Defect> named = first.computeIfAbsent(defect.kind(), kind -> new ArrayList<>());
        if (named.size() < NAMED) {
            named.add(defect);
        }
    }

    void refused(Refusal refusal) {
        refusals.add(refusal);
    }

    public int accepted() {
        return accepted;
    }

    public int defects() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public List<Refusal> refusals() {
        return refusals;
    }

    /** One sentence a kind: {@code 25 × no run time: line 28 (run time is -1), …}. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        counts.forEach((kind, count) -> {
            StringBuilder sentence = new StringBuilder("%d × %s:".formatted(count, kind.words()));
            List<Defect> named = first.getOrDefault(kind, List.of());
            named.forEach(defect -> sentence.append(" line %d (%s),".formatted(defect.line(), defect.detail())));
            sentence.setLength(sentence.length() - 1);
            sentences.add(count > named.size() ? sentence + ", …" : sentence.toString());
        });
        return sentences;
    }
}
