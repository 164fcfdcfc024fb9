package dev.muster.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.muster.cli.manifest.ManifestFiles;
import dev.muster.cli.screen.Output;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Text;
import dev.muster.cli.spark.SparkImport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns manifests of the Spark operator into jobs and schedules, without a service. */
@Command(
        name = "import",
        description = {
            "Prints SparkApplications and ScheduledSparkApplications (sparkoperator.k8s.io/v1beta2) as jobs and schedules of",
            "Muster, and says in comments above each what was changed or left out. What Muster would never run is refused by",
            "its field, and nothing is printed. Needs no service."
        },
        footer = {
            "  muster import spark-pi.yaml > job.yaml",
            "  muster import spark-pi.yaml --team vision | muster submit -f -",
            "  kubectl get scheduledsparkapplications -o yaml | muster import - > schedules.yaml"
        })
final class ImportCommand extends Verb {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "YAML files or directories; other kinds in them are passed over; - is standard input.")
    private List<String> files = List.of();

    @Option(names = "--team", paramLabel = "TEAM", description = "The team that the jobs and schedules become.")
    private @Nullable String team;

    @Override
    public Integer call() {
        List<SparkImport.Imported> imported = new ArrayList<>();
        ManifestFiles.texts(files, System.in, (name, text) -> documents(name, text)
                .forEach(document -> imported.add(SparkImport.read(document, team))));
        if (imported.isEmpty()) {
            throw new BadInput(
                    "No SparkApplication in " + String.join(", ", files),
                    "Expected documents with apiVersion sparkoperator.k8s.io/v1beta2 and kind SparkApplication or ScheduledSparkApplication.");
        }
        List<String> refused = imported.stream()
                .flatMap(one -> one.notes().refusals().stream().map(what -> one.title() + " " + what))
                .map(Text::plain)
                .toList();
        if (!refused.isEmpty()) {
            throw new BadInput("Not imported:\n  " + String.join("\n  ", refused), "Nothing was printed.");
        }
        boolean json = screen().output() == Output.JSON;
        if (json) {
            Print.all(
                    screen(),
                    imported.stream().map(SparkImport.Imported::resource).toList());
            return ExitCode.OK;
        }
        imported.forEach(one -> {
            screen().print("# %s, imported%s"
                    .formatted(Text.plain(one.title()), one.notes().changes().isEmpty() ? "" : "; changed:"));
            one.notes().changes().forEach(change -> screen().print("#   " + Text.plain(change)));
            Print.documents(screen(), List.of(one.resource()));
        });
        return ExitCode.OK;
    }

    /** Those of the operator, also inside of a List. */
    private static List<JsonNode> documents(String name, String text) {
        List<JsonNode> found = new ArrayList<>();
        try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(text)) {
            while (all.hasNext()) {
                JsonNode document = all.next();
                if (SparkImport.isOne(document)) {
                    found.add(document);
                }
                document.path("items").forEach(item -> {
                    if (SparkImport.isOne(item)) {
                        found.add(item);
                    }
                });
            }
        } catch (JsonProcessingException e) {
            throw new BadInput("%s: no YAML: %s".formatted(name, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new BadInput("%s: cannot be read: %s".formatted(name, e.getMessage()));
        }
        return found;
    }
}
