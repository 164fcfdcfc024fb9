package dev.muster.cli;

import dev.muster.cli.manifest.ManifestFiles;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Print;
import dev.muster.volcano.conf.Input;
import dev.muster.volcano.conf.Surroundings;
import dev.muster.volcano.lint.Finding;
import dev.muster.volcano.lint.Linter;
import dev.muster.volcano.lint.Severity;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges configurations of Volcano's scheduler, without a cluster and without a service. */
@Command(
        name = "lint",
        description = {
            "Says what a volcano-scheduler.conf really does: each finding with its line, why, and the mend.",
            "The file may be the text itself or the ConfigMap around it. Nodes and Queues given beside it",
            "(kubectl get nodes,queues -o yaml) let more rules be sure. All rules: docs/volcano-lint.md.",
            "Exit code 1: something was found at or above --fail-on."
        },
        footer = {
            "  muster lint volcano-scheduler.conf",
            "  kubectl -n volcano-system get configmap volcano-scheduler-configmap -o yaml | muster lint -",
            "  muster lint volcano-scheduler.conf cluster.yaml        with the cluster's nodes and queues",
            "  muster lint conf.yaml --fail-on error -o json          for programs"
        })
final class LintCommand extends Verb {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Configurations, ConfigMaps, Nodes, Queues; a directory of YAML files; - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "WARNING",
            description = "The least of ${COMPLETION-CANDIDATES} that gives exit code 1 (default ${DEFAULT-VALUE}).")
    private Severity failOn = Severity.WARNING;

    /** A finding as programs read it. */
    record Told(String file, int line, String rule, String severity, String what, String why, String mend) {}

    @Override
    public Integer call() {
        Input[] input = {new Input(List.of(), List.of(), Surroundings.UNKNOWN)};
        ManifestFiles.texts(files, System.in, (name, text) -> input[0] = input[0].plus(Input.read(name, text)));
        if (input[0].configurations().isEmpty() && input[0].broken().isEmpty()) {
            throw new BadInput(
                    "No configuration of Volcano in " + String.join(", ", files),
                    "Expected the text of volcano-scheduler.conf, or a ConfigMap with a key that ends with .conf.");
        }
        List<Finding> findings = Linter.lint(input[0]);
        if (forPeople()) {
            findings.forEach(this::show);
            screen().print(summary(findings));
        } else {
            Print.one(screen(), findings.stream().map(LintCommand::told).toList());
        }
        boolean failed =
                findings.stream().anyMatch(finding -> finding.severity().compareTo(failOn) <= 0);
        return failed ? ExitCode.JOB_FAILED : ExitCode.OK;
    }

    private void show(Finding finding) {
        Colour colour =
                switch (finding.severity()) {
                    case ERROR -> Colour.RED;
                    case WARNING -> Colour.YELLOW;
                    case NOTE -> Colour.CYAN;
                };
        screen().print("%s:%d: %s %s: %s"
                .formatted(
                        finding.source(),
                        finding.line(),
                        screen().paint(colour, word(finding.severity())),
                        finding.rule(),
                        finding.what()));
        screen().print("    why: " + finding.why());
        screen().print("    → " + finding.mend());
    }

    private static String summary(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "Nothing found.";
        }
        long errors = count(findings, Severity.ERROR);
        long warnings = count(findings, Severity.WARNING);
        return "%d error%s, %d warning%s, %d note%s"
                .formatted(
                        errors,
                        plural(errors),
                        warnings,
                        plural(warnings),
                        count(findings, Severity.NOTE),
                        plural(count(findings, Severity.NOTE)));
    }

    private static String plural(long count) {
        return count == 1 ? "" : "s";
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static Told told(Finding finding) {
        return new Told(
                finding.source(),
                finding.line(),
                finding.rule().name(),
                finding.severity().name(),
                finding.what(),
                finding.why(),
                finding.mend());
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
