package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.JobForecast;
import dev.muster.api.JobStatus;
import dev.muster.api.client.Jobs;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.manifest.Kind;
import dev.muster.cli.manifest.Manifest;
import dev.muster.cli.manifest.ManifestFiles;
import dev.muster.cli.screen.Print;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Submits jobs of files, as new ones each time. */
@Command(
        name = "submit",
        description = "Submits the jobs of YAML files, each time as new ones; those of one team all together or none.",
        footer = {
            "  muster submit -f examples/job.yaml           one job",
            "  muster submit -f job.yaml --wait             and wait for its end: exit code 0 or 1",
            "  id=$(muster submit -f job.yaml -o json | jq -r '.[0].metadata.id')"
        })
final class SubmitCommand extends Verb {
    @Option(
            names = {"-f", "--file"},
            required = true,
            arity = "1",
            paramLabel = "FILE",
            description = "YAML file or directory; - is standard input; may be repeated.")
    private List<String> files = List.of();

    @Option(names = "--team", paramLabel = "TEAM", description = "Team of the jobs; wins over metadata.team.")
    private @Nullable String team;

    @Option(names = "--set", paramLabel = "SET", description = "The job set of all of them; wins over spec.jobSet.")
    private @Nullable String set;

    @Option(
            names = "--dry-run",
            description =
                    "Run every check and change nothing; says what a run would take and cost, where its length is known.")
    private boolean dryRun;

    @Option(names = "--wait", description = "Wait until all have ended; exit code 1 where one did not succeed.")
    private boolean wait;

    @Override
    public Integer call() {
        List<Manifest> manifests = ManifestFiles.read(files, System.in);
        manifests.stream().filter(m -> m.kind() != Kind.JOB).findFirst().ifPresent(other -> {
            throw new BadInput(
                    "%s: a %s cannot be submitted"
                            .formatted(other.where(), other.kind().word()),
                    "'muster apply' takes every kind.");
        });
        MusterClient client = client();
        List<Job> accepted = new Submission(client, muster().environment(), team, set, dryRun)
                .submit(manifests, jobs -> Jobs.newKey());
        show(this, accepted, dryRun);
        return wait && !dryRun ? new Waiting(client, screen()).forEnd(accepted) : ExitCode.OK;
    }

    static void show(Verb verb, List<Job> accepted, boolean dryRun) {
        if (!verb.forPeople()) {
            Print.all(verb.screen(), accepted);
            return;
        }
        for (Job job : accepted) {
            String id = job.metadata().id();
            String state =
                    job.status() == null ? "" : verb.screen().state(job.status().state());
            verb.screen()
                    .print(
                            dryRun
                                    ? "job/%s would be accepted"
                                            .formatted(job.metadata().name())
                                    : "job/%s %s %s".formatted(job.metadata().name(), id, state));
            if (job.status() != null) {
                tell(verb, job.status());
            }
        }
    }

    private static void tell(Verb verb, JobStatus tried) {
        Objects.requireNonNullElse(tried.forecasts(), List.<JobForecast>of())
                .forEach(run -> verb.screen().print("  " + sentence(run)));
        Objects.requireNonNullElse(tried.podSizes(), Map.<String, Map<String, String>>of())
                .forEach((role, pools) -> pools.forEach((pool, sentence) ->
                        verb.screen().print("  %s in pool %s: %s".formatted(role, pool, sentence))));
    }

    /** On spot nodes or on none: how long, how often anew, and what it costs. */
    private static String sentence(JobForecast run) {
        String pools = run.pools().values().stream().distinct().collect(Collectors.joining(", "));
        String nodes = "%s: at most %d nodes (%s) for %s".formatted(run.capacity(), run.nodes(), pools, run.work());
        if (run.expected() == null) {
            return nodes + " would be interrupted so often that it never ended without saving its work";
        }
        String again = run.interruptions() == null || run.interruptions() < 0.005
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; interrupted %.2f times it takes %s where it begins anew each time",
                        run.interruptions(),
                        run.expected());
        return nodes + again + (run.cost() == null ? "" : "; costs " + run.cost());
    }
}
