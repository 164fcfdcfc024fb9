package dev.muster.cli;

import dev.muster.api.Pause;
import dev.muster.cli.screen.Print;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plans, and does not act. */
@Command(
        name = "pause",
        description = {
            "Planning goes on and nothing is launched or evicted, in a queue and those below it, or everywhere.",
            "What runs goes on. 'muster why' says of a waiting job what would have been done with it."
        },
        footer = {
            "  muster pause --why 'moving racks'                 the whole cluster",
            "  muster pause --queue vision --why 'bad image'     one queue",
            "  muster unpause --queue vision"
        })
final class PauseCommand extends Verb {
    @Option(names = "--queue", paramLabel = "QUEUE", description = "Only this queue and those below it.")
    private @Nullable String queue;

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "Told to everyone who waits.")
    private String why = "";

    @Override
    public Integer call() {
        Pause pause = client().policies().pause(queue, why);
        if (forPeople()) {
            screen().print("%s is paused: nothing is launched or evicted. End it: muster unpause%s"
                    .formatted(
                            queue == null ? "The cluster" : "Queue " + queue,
                            queue == null ? "" : " --queue " + queue));
        } else {
            Print.one(screen(), pause);
        }
        return ExitCode.OK;
    }
}
