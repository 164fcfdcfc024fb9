package dev.muster.cli;

import dev.muster.api.Pause;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Where nothing is launched. */
@Command(
        name = "pauses",
        description = "Shows where planning goes on and nothing is launched, since when, by whom and why.",
        footer = {
            "  muster pauses",
            "  muster pause --queue vision --why 'bad image'",
            "  muster unpause --queue vision"
        })
final class PausesCommand extends Verb {
    @Override
    public Integer call() {
        List<Pause> pauses = client().policies().pauses();
        if (!forPeople()) {
            Print.all(screen(), pauses);
            return ExitCode.OK;
        }
        if (pauses.isEmpty()) {
            screen().note("Nothing is paused.");
            return ExitCode.OK;
        }
        Table table = new Table("PAUSED", "SINCE", "BY", "WHY");
        pauses.forEach(pause -> table.row(
                pause.queue() == null ? "the cluster" : text(pause.queue()),
                text(pause.since()),
                text(pause.actor()),
                text(pause.why())));
        table.print(screen());
        return ExitCode.OK;
    }

    private static String text(@Nullable Object value) {
        return Text.plain(Objects.requireNonNullElse(value, "").toString());
    }
}
