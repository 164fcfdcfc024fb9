package dev.muster.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.muster.api.Job;
import dev.muster.api.client.Json;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.manifest.Kind;
import dev.muster.cli.manifest.Manifest;
import dev.muster.cli.manifest.ManifestFiles;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Creates or replaces what files say. */
@Command(
        name = "apply",
        description = {
            "Creates or replaces the teams, queues, pools, priority classes and schedules of YAML files, and submits their",
            "jobs.",
            "The order in the files does not matter. The same job is submitted once: applying the same text again",
            "within a day finds the first one ('submit' always makes a new one)."
        },
        footer = {
            "  muster apply -f examples/                   a directory of YAML files",
            "  muster apply -f queues.yaml -f pools.yaml   several files",
            "  cat job.yaml | muster apply -f -            standard input",
            "  muster apply --dry-run -f queues.yaml       every check, no change"
        })
final class ApplyCommand extends Verb {
    @Option(
            names = {"-f", "--file"},
            required = true,
            arity = "1",
            paramLabel = "FILE",
            description = "YAML file or directory; - is standard input; may be repeated.")
    private List<String> files = List.of();

    @Option(names = "--team", paramLabel = "TEAM", description = "Team of the jobs; wins over metadata.team.")
    private @Nullable String team;

    @Option(names = "--dry-run", description = "Run every check and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        List<Manifest> manifests = ManifestFiles.read(files, System.in);
        MusterClient client = client();
        Application application = new Application(client, dryRun);
        application.resources(manifests, this::tell);
        List<Manifest> jobs = manifests.stream()
                .filter(m -> m.kind() == Kind.JOB && application.lacks(m).isEmpty())
                .toList();
        List<Job> accepted =
                new Submission(client, muster().environment(), team, null, dryRun).submit(jobs, ApplyCommand::keyOf);
        SubmitCommand.show(this, accepted, dryRun);
        return ExitCode.OK;
    }

    private void tell(Manifest manifest, String what) {
        if (forPeople()) {
            screen().print("%s %s".formatted(manifest.title(), what));
        }
    }

    /** The same text gives the same key, so that the service finds the first submission. */
    private static String keyOf(List<Job> jobs) {
        try {
            return UUID.nameUUIDFromBytes(Json.mapper().writeValueAsBytes(jobs)).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot be written as JSON: " + jobs, e);
        }
    }
}
