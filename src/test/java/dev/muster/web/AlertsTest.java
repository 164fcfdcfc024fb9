package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alert rules and the dashboard name what the service exposes, and each alert tells what to do. */
@QuarkusTest
class AlertsTest {
    private static final Pattern METRIC = Pattern.compile("\\bmuster_[a-z_]+\\b");
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (muster_\\w+) (\\w+)$");
    private static final Pattern ALERT = Pattern.compile("(?m)^ *- alert: (\\w+)$");
    private static final Pattern RUNBOOK = Pattern.compile("(?m)^ *runbook: (\\S+)$");
    private static final String ALERTS = "deploy/prometheus/alerts.yaml";

    @ParameterizedTest
    @ValueSource(strings = {ALERTS, "deploy/grafana/muster.json"})
    void every_metric_that_is_named_is_exposed(String file) {
        String exposed = Api.call().accept("*/*").get("/q/metrics").asString();
        Set<String> samples = FAMILY.matcher(exposed)
                .results()
                .flatMap(family -> samples(family.group(1), family.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found(METRIC, file)).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(samples)
                .contains(name));
    }

    @Test
    void every_alert_has_a_section_that_says_what_to_do() {
        List<String> alerts = found(ALERT, ALERTS);
        String page = text("docs/operations.md");
        assertThat(alerts).hasSizeGreaterThan(5).allSatisfy(alert -> assertThat(page)
                .containsPattern("(?m)^### " + alert + "$"));
        assertThat(found(RUNBOOK, ALERTS))
                .isEqualTo(alerts.stream()
                        .map(alert -> "docs/operations.md#" + alert.toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static Stream<String> samples(String family, String type) {
        return switch (type) {
            case "histogram" -> Stream.of(family + "_bucket", family + "_sum", family + "_count");
            case "counter" -> Stream.of(family.endsWith("_total") ? family : family + "_total");
            default -> Stream.of(family);
        };
    }

    private static List<String> found(Pattern pattern, String file) {
        return pattern.matcher(text(file))
                .results()
                .map(AlertsTest::last)
                .distinct()
                .toList();
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of("..", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String last(MatchResult result) {
        return result.group(result.groupCount());
    }
}
