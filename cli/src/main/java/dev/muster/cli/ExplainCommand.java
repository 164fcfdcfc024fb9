package dev.muster.cli;

import dev.muster.cli.manifest.Fields;
import dev.muster.cli.scenario.SchemaFields;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What the fields of files are. */
@Command(
        name = "explain",
        description = "Says what the fields of a file for 'apply', 'policy' or 'plan' are; needs no service.",
        footer = {
            "  muster explain job                    what a job may say",
            "  muster explain job.spec.retry.rules   and there",
            "  muster explain queue.spec",
            "  muster explain policy.eviction.minRunTime",
            "  muster explain scenario.pools"
        })
final class ExplainCommand extends Verb {
    @Parameters(
            paramLabel = "FIELD",
            description =
                    "A kind (job, queue, team, pool, schedule, template, priorityClass, policy, scenario), and fields after dots.")
    private String path = "";

    @Override
    public Integer call() {
        Fields.Found found;
        try {
            found = SchemaFields.at(path).orElseGet(() -> Fields.at(path, SchemaFields.KINDS));
        } catch (Fields.Unknown e) {
            throw new BadInput(String.valueOf(e.getMessage()), e.advice());
        }
        if (!forPeople()) {
            Map<String, Map<String, String>> all = new LinkedHashMap<>();
            found.fields()
                    .forEach(field -> all.put(field.name(), Map.of("type", field.type(), "is", field.sentence())));
            Print.one(screen(), all);
            return ExitCode.OK;
        }
        Fields.Field self = found.field();
        if (self != null) {
            screen().print("%s  %s"
                    .formatted(screen().paint(Colour.BOLD, found.path()), screen().paint(Colour.DIM, self.type())));
            screen().print("  " + self.sentence());
        }
        if (!found.fields().isEmpty()) {
            Table table = new Table("FIELD", "TYPE", "WHAT IT IS");
            found.fields().forEach(field -> table.row(field.name(), field.type(), field.sentence()));
            table.print(screen());
        }
        return ExitCode.OK;
    }
}
