package dev.muster.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Acting goes on. */
@Command(
        name = "unpause",
        description = "Ends a pause: what waits is launched again.",
        footer = {"  muster unpause", "  muster unpause --queue vision --why 'image mended'"})
final class UnpauseCommand extends Verb {
    @Option(names = "--queue", paramLabel = "QUEUE", description = "The queue that was paused; absent: the cluster.")
    private @Nullable String queue;

    @Option(names = "--why", paramLabel = "TEXT", description = "Kept in the record.")
    private @Nullable String why;

    @Override
    public Integer call() {
        client().policies().unpause(queue, why);
        if (forPeople()) {
            screen().print("%s goes on.".formatted(queue == null ? "The cluster" : "Queue " + queue));
        }
        return ExitCode.OK;
    }
}
