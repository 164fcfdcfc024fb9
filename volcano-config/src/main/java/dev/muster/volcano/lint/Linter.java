package dev.muster.volcano.lint;

import dev.muster.volcano.conf.Configuration;
import dev.muster.volcano.conf.Input;
import dev.muster.volcano.conf.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** All rules over configurations: pure, and the same for a file, for what is rendered, and for what is in force. */
public final class Linter {
    private static final List<Check> CHECKS = List.of(
            Writing::look,
            Writing::words,
            Values::look,
            Basics::look,
            Quotas::look,
            Placing::look,
            Waiting::look,
            Evictions::look,
            Tiers::look);

    private Linter() {}

    public static List<Finding> lint(Configuration conf, Surroundings around) {
        Findings found = new Findings(conf.source());
        if (Writing.isMapping(conf, found)) {
            CHECKS.forEach(check -> check.look(conf, around, found));
        }
        return found.sorted();
    }

    /** Everything in some files; each configuration is judged with all nodes and queues that any file shows. */
    public static List<Finding> lint(Input input) {
        List<Finding> all = new ArrayList<>();
        for (Input.Broken broken : input.broken()) {
            all.add(new Finding(
                    broken.source(),
                    broken.line(),
                    Rule.NOT_READABLE,
                    Severity.ERROR,
                    "This is no YAML: " + broken.what(),
                    "Mend the text at this line; 'muster lint' reads it as Volcano does."));
        }
        input.configurations().forEach(conf -> all.addAll(lint(conf, input.surroundings())));
        return all.stream().sorted(Finding.ORDER).toList();
    }
}
