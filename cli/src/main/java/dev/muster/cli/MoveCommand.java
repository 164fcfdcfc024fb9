package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.JobPatch;
import dev.muster.api.client.Jobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Jobs that wait elsewhere. */
@Command(
        name = "move",
        description = {
            "Moves jobs that wait to another queue, checked as if they were submitted there.",
            "One that runs is requeued first: muster requeue JOB --why …"
        },
        footer = "  muster move train --to research")
final class MoveCommand extends SteerCommand {
    @Option(names = "--to", required = true, paramLabel = "QUEUE", description = "Where they are to wait.")
    private String queue = "";

    @Override
    Job act(Jobs jobs, String team, String id) {
        return jobs.patch(team, id, new JobPatch(null, queue), null);
    }
}
