package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.client.Jobs;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class RequeueCommand extends SteerCommand {
    private static final Set<String> RUNS = Set.of("LAUNCHING", "RUNNING");

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "For whoever reads it later.")
    private String why = "";

    @Override
    boolean isFor(String state) {
        return RUNS.contains(state) || States.isFinal(state);
    }

    @Override
    Job act(Jobs jobs, String team, String id) {
        return States.isFinal(States.of(jobs.get(team, id)))
                ? jobs.rerun(team, id, Jobs.newKey())
                : jobs.requeue(team, id, why);
    }
}
