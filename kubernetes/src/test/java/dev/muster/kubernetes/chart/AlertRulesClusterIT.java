package dev.muster.kubernetes.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.controlplane.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The alert rules in the hands of Prometheus' own promtool: they can be read, fire when they should, and not when they should not. */
@Tag("cluster") // no cluster is asked, but the programs that are built for those tests
class AlertRulesClusterIT {
    private static final String RULES = "../deploy/prometheus/alerts.yaml";
    private static final String TESTS = "../deploy/prometheus/tests/alerts.yaml";
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    /** An alert that a test expects: its name, then what it carries. */
    private static final Pattern FIRES = Pattern.compile("alertname: (\\w+)\\s+exp_alerts:\\s+- exp_labels");
    /** One that a test expects not to fire at a given time. */
    private static final Pattern SILENT = Pattern.compile("alertname: (\\w+)}");

    private final Programs programs = Programs.of("promtool");

    @Test
    void promtool_finds_no_fault_in_them() {
        passes("check", "rules", "--lint=all", "--lint-fatal", RULES);
    }

    @Test
    void they_fire_when_they_should_and_only_then() {
        passes("test", "rules", TESTS);
    }

    @Test
    void each_of_them_is_tried_firing_and_silent() throws IOException {
        Set<String> alerts = names(ALERT, RULES);
        assertThat(alerts).hasSizeGreaterThan(5);
        assertThat(names(FIRES, TESTS)).isEqualTo(alerts);
        assertThat(names(SILENT, TESTS)).isEqualTo(alerts);
    }

    private void passes(String... arguments) {
        Programs.Run run = programs.run("promtool", List.of(arguments));
        assertThat(run.code()).as(run.text()).isZero();
        assertThat(run.text()).contains("SUCCESS");
    }

    private static Set<String> names(Pattern pattern, String file) throws IOException {
        return pattern.matcher(Files.readString(Path.of(file)))
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toSet());
    }
}
