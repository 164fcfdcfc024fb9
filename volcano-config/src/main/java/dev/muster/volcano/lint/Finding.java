package dev.muster.volcano.lint;

import java.util.Comparator;

/** One thing that is not as its author thinks: where, which rule, what exactly, and what to write instead. */
public record Finding(String source, int line, Rule rule, Severity severity, String what, String mend) {
    /** In the order of the text; at one place the worst first. */
    static final Comparator<Finding> ORDER = Comparator.comparing(Finding::source)
            .thenComparing(Finding::line)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::what);

    public String why() {
        return rule.why();
    }
}
