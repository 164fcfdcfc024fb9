package dev.muster.cli;

import dev.muster.api.Diagnosis;
import dev.muster.api.DoctorReport;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Text;
import picocli.CommandLine.Command;

/** What is wrong with an installation, and how to mend it. */
@Command(
        name = "doctor",
        description = {
            "Looks at what new operators get wrong: the database, and in a cluster Volcano, rights, webhook,",
            "configuration, queues, namespaces, clocks. Each answer says what was seen and the mend (docs/doctor.md).",
            "Exit code 1: something failed; a warning alone is 0."
        },
        footer = {"  muster doctor               all checks", "  muster doctor -o json       for programs"})
final class DoctorCommand extends Verb {
    @Override
    public Integer call() {
        DoctorReport report = client().operations().doctor();
        if (forPeople()) {
            report.checks().forEach(this::show);
        } else {
            Print.one(screen(), report);
        }
        return report.verdict().equals("FAIL") ? ExitCode.JOB_FAILED : ExitCode.OK;
    }

    private void show(Diagnosis found) {
        Colour colour =
                switch (found.verdict()) {
                    case "OK" -> Colour.GREEN;
                    case "WARN" -> Colour.YELLOW;
                    default -> Colour.RED;
                };
        screen().print("%s  %s  %s"
                .formatted(
                        screen().paint(colour, Text.padded(found.verdict().toLowerCase(java.util.Locale.ROOT), 4)),
                        Text.padded(found.check(), 22),
                        Text.plain(found.seen())));
        if (!found.mend().isEmpty()) {
            screen().print("      → " + Text.plain(found.mend()));
        }
    }
}
