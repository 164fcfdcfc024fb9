package dev.muster.cli;

import picocli.CommandLine.Command;

/** What the planner of the service looked at last, as a scenario. */
@Command(
        name = "snapshot",
        description = {
            "Writes what the planner of the service looked at last as a scenario file: nodes, queues, policy, pauses,",
            "what runs and what waits. 'muster plan' makes the same plan of it as the service did."
        },
        footer = {
            "  muster snapshot > world.yaml",
            "  muster plan world.yaml                         the plan that the service published",
            "  muster plan world.yaml --diff policy.yaml      what another policy would make of it"
        })
final class SnapshotCommand extends Verb {
    @Override
    public Integer call() {
        screen().out().print(client().plannerSnapshot());
        return ExitCode.OK;
    }
}
