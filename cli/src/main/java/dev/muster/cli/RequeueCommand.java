package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.client.JobQuery;
import dev.muster.api.client.Jobs;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Print;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Jobs that are to begin anew. */
@Command(
        name = "requeue",
        description = {
            "Lets jobs begin anew: one that runs goes back to its queue, its pods go, none of its retries is spent;",
            "one that has ended is submitted again as a new job, because what has ended stays as it ended."
        },
        footer = {
            "  muster requeue train --why 'wrong data'",
            "  muster requeue --team vision --filter 'state=FAILED label.day=2026-01-31' --why 'the store was away'"
        })
final class RequeueCommand extends Verb {
    private static final int MOST = 1_000;

    @Parameters(arity = "0..*", paramLabel = "JOB", description = "Id, beginning of an id, or name.")
    private List<String> meant = List.of();

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "For whoever reads it later.")
    private String why = "";

    @Option(names = "--team", paramLabel = "TEAM", description = "With --filter: of this team only.")
    private @Nullable String team;

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "All jobs like that, as in 'muster jobs --filter', 1000 at most.")
    private @Nullable String filter;

    @Override
    public Integer call() {
        if (meant.isEmpty() == (filter == null || filter.isBlank())) {
            throw new BadInput("Expected jobs, or --filter", "'muster jobs --filter …' shows which they are.");
        }
        MusterClient client = client();
        // All are found before the first is touched: a typing error changes nothing.
        List<Job> found = found(client);
        List<Job> after = new ArrayList<>();
        for (Job job : found) {
            after.add(again(client, job));
        }
        if (!forPeople()) {
            Print.all(screen(), after);
        } else if (found.isEmpty()) {
            screen().note("No jobs like that.");
        }
        return ExitCode.OK;
    }

    private List<Job> found(MusterClient client) {
        if (filter == null) {
            JobFinder finder = new JobFinder(client);
            return meant.stream().map(finder::find).toList();
        }
        List<Job> all =
                client.jobs().find(new JobQuery(team == null ? JobQuery.ALL_TEAMS : team, filter, null, 500), MOST + 1);
        if (all.size() > MOST) {
            throw new BadInput("More than %d jobs are like that".formatted(MOST), "Narrow the filter.");
        }
        return all;
    }

    private Job again(MusterClient client, Job job) {
        boolean ended = States.isFinal(States.of(job));
        Job after = ended
                ? client.jobs().rerun(JobFinder.team(job), JobFinder.id(job), Jobs.newKey())
                : client.jobs().requeue(JobFinder.team(job), JobFinder.id(job), why);
        if (forPeople()) {
            screen().print("job/%s %s %s%s"
                    .formatted(
                            after.metadata().name(),
                            JobFinder.id(after),
                            screen().state(States.of(after)),
                            ended ? ", anew after " + JobFinder.id(job) : ""));
        }
        return after;
    }
}
