package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.client.MusterClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Waits for the end of jobs. */
@Command(
        name = "wait",
        description = "Waits until jobs have ended; exit code 1 where one did not succeed.",
        footer = "  muster wait train && echo trained")
final class WaitCommand extends Verb {
    @Parameters(
            arity = "1..*",
            paramLabel = "JOB",
            description = "Id, beginning of an id, or name; several may be given.")
    private List<String> meant = List.of();

    @Override
    public Integer call() {
        MusterClient client = patientClient();
        JobFinder finder = new JobFinder(client);
        List<Job> jobs = meant.stream().map(finder::find).toList();
        return new Waiting(client, screen()).forEnd(jobs);
    }
}
