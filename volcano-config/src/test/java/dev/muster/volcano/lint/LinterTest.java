package dev.muster.volcano.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.volcano.conf.Input;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinterTest {
    @Test
    void every_rule_has_its_sample() {
        assertThat(Samples.ofRules().keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(Rule.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void a_rule_finds_its_sample_at_the_line_that_is_wrong(Rule rule) {
        String sample = Samples.ofRules().get(rule.name());
        int here = sample.substring(0, sample.indexOf("# here")).split("\n", -1).length;
        assertThat(lint(sample))
                .filteredOn(finding -> finding.rule() == rule)
                .as("all findings: %s", lint(sample))
                .extracting(Finding::line)
                .contains(here);
    }

    @Test
    void a_configuration_found_in_articles_gets_the_findings_it_deserves() {
        assertThat(lint(Samples.text("seed.conf")))
                .extracting(Finding::line, Finding::severity, Finding::rule, Finding::what)
                .containsExactly(
                        tuple(
                                1,
                                Severity.WARNING,
                                Rule.ENQUEUE_HIDES_WAITING,
                                "'enqueue' with 'proportion' hides from preempt who waits for a full queue"),
                        tuple(
                                1,
                                Severity.WARNING,
                                Rule.RIGID_GANGS_NEVER_VICTIMS,
                                "'preempt' while 'gang' protects every pod that its gang needs"),
                        tuple(1, Severity.WARNING, Rule.VOLCANO_EVICTS, "'preempt' lets Volcano evict beside Muster"),
                        tuple(
                                1,
                                Severity.NOTE,
                                Rule.BACKFILL_NO_REQUESTS,
                                "'backfill' fills no gaps in front of a waiting gang"),
                        tuple(
                                6,
                                Severity.WARNING,
                                Rule.ORDER_OF_FILTERS,
                                "'conformance' stands after 'gang' and can name again whom that one refused to 'preempt'"),
                        tuple(
                                8,
                                Severity.ERROR,
                                Rule.LATER_TIERS_OVERRULE,
                                "'drf' in tier 2 names victims of 'preempt' that tier 1 protected"),
                        tuple(10, Severity.WARNING, Rule.PROPORTION_BY_WEIGHT, "Queues share by weight alone"),
                        tuple(
                                11,
                                Severity.WARNING,
                                Rule.SPREADING_AGAINST_BINPACK,
                                "'nodeorder' spreads what 'binpack' packs: balancedresource.weight is 1 (unset),"
                                        + " leastrequested.weight is 1 (unset), podtopologyspread.weight is 2 (unset)"));
    }

    @Test
    void every_finding_says_what_why_and_what_to_write_instead() {
        Samples.ofRules().values().forEach(sample -> assertThat(lint(sample)).allSatisfy(finding -> {
            assertThat(finding.what()).isNotBlank().doesNotContain("\n");
            assertThat(finding.why()).isNotBlank();
            assertThat(finding.mend()).endsWith(".");
        }));
    }

    @Test
    void a_block_in_a_config_map_keeps_the_lines_of_its_file_and_a_quoted_one_names_its_key() {
        String quoted = "{kind: ConfigMap, apiVersion: v1, data: {volcano-scheduler.conf: \"actions: x\\ntiers: []\"}}";
        assertThat(lint(quoted)).first().satisfies(finding -> {
            assertThat(finding.source()).isEqualTo("file (volcano-scheduler.conf)");
            assertThat(finding.line()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "---",
                "null",
                "just words",
                "[]",
                "- a\n- b",
                "actions: [allocate]",
                "actions: {a: b}",
                "actions: 7",
                "actions: \",,,\"",
                "tiers: 3",
                "tiers: [3, [], {plugins: 3}, {plugins: [gang, [], {name: {}}, {}]}]",
                "configurations: {}",
                "configurations: [{name: [], arguments: []}, 3]",
                "metrics: [a]",
                "metrics: {type: [a]}",
                "tiers: [{plugins: [{name: binpack, arguments: [1]}]}]",
                "a: &a [*a]",
                "a: &a {b: c}\nb: *a",
                "<<: {actions: allocate}",
                "? [a]\n: b",
                "!!java.lang.ProcessBuilder [ls]",
                "a: !!python/object/apply:os.system [ls]",
                "\u0000",
                "\t- x",
                "{kind: ConfigMap, apiVersion: v1}",
                "{kind: ConfigMap, apiVersion: v1, data: 3}",
                "{kind: ConfigMap, apiVersion: v1, data: {x.conf: [1]}}",
                "{kind: ConfigMap, apiVersion: v1, data: {x.conf: '{'}}",
                "{kind: List, apiVersion: v1, items: 3}",
                "{kind: Queue, apiVersion: v1, metadata: 3, spec: 4}",
                "{kind: Node, apiVersion: v1, metadata: {labels: 3}, status: {allocatable: 1}}"
            })
    void hostile_text_is_judged_and_never_breaks_the_linter(String text) {
        assertThat(lint(text)).allSatisfy(finding -> assertThat(finding.line()).isPositive());
    }

    @Test
    void a_text_that_grows_without_bound_is_refused_before_it_does() {
        String deep = "[".repeat(100_000);
        String laughs = "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\ntiers: *c\n";
        assertThat(List.of(lint(deep), lint(laughs))).allSatisfy(found -> assertThat(found)
                .singleElement()
                .extracting(Finding::rule)
                .isEqualTo(Rule.NOT_READABLE));
    }

    @Test
    void a_name_of_the_file_cannot_write_lines_of_its_own() {
        assertThat(lint("actions: \"a\\nb\\e[31m" + "x".repeat(500) + "\""))
                .filteredOn(finding -> finding.rule() == Rule.UNKNOWN_ACTION)
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .hasSizeLessThan(120)
                        .doesNotContain("\n")
                        .doesNotContain("\u001b"));
    }

    static List<Finding> lint(String text) {
        return Linter.lint(Input.read("file", text));
    }
}
