package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.client.MusterClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits for the end of jobs. */
@Command(
        name = "wait",
        description = "Waits until jobs have ended; exit code 1 where one did not succeed.",
        footer = {"  muster wait train && echo trained", "  muster wait --set nightly"})
final class WaitCommand extends Verb {
    @Parameters(
            arity = "0..*",
            paramLabel = "JOB",
            description = "Id, beginning of an id, or name; several may be given.")
    private List<String> meant = List.of();

    @Option(
            names = "--set",
            paramLabel = "SET",
            description = "Wait for all jobs of this set, also for those that come meanwhile.")
    private @Nullable String set;

    @Option(
            names = "--team",
            paramLabel = "TEAM",
            description = "With --set: whose it is (default MUSTER_TEAM, the only team, or 'default').")
    private @Nullable String team;

    @Override
    public Integer call() {
        if (meant.isEmpty() == (set == null)) {
            throw new BadInput(set == null ? "Wait for which jobs?" : "Both JOB and --set", "Name jobs, or a --set.");
        }
        if (set == null && team != null) {
            throw new BadInput("--team without --set", "Jobs that are named are found in whichever team they are.");
        }
        MusterClient client = patientClient();
        if (set != null) {
            return new Waiting(client, screen()).forEnd(Teams.of(team, muster().environment(), client), set);
        }
        JobFinder finder = new JobFinder(client);
        List<Job> jobs = meant.stream().map(finder::find).toList();
        return new Waiting(client, screen()).forEnd(jobs);
    }
}
