package dev.muster.volcano.lint;

import java.util.ArrayList;
import java.util.List;

/** Collects what the rules find in one configuration. */
final class Findings {
    private final String source;
    private final List<Finding> found = new ArrayList<>();

    Findings(String source) {
        this.source = source;
    }

    void add(Rule rule, int line, String what, String mend) {
        add(rule, rule.severity(), line, what, mend);
    }

    /** Where the surroundings make it better or worse than usual. */
    void add(Rule rule, Severity severity, int line, String what, String mend) {
        found.add(new Finding(source, Math.max(1, line), rule, severity, what, mend));
    }

    List<Finding> sorted() {
        return found.stream().distinct().sorted(Finding.ORDER).toList();
    }
}
