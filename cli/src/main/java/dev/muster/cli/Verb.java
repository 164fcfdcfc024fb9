package dev.muster.cli;

import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Live;
import dev.muster.cli.screen.Output;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Table;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** One verb of the command; {@link #call} says the exit code. */
@Command(mixinStandardHelpOptions = true, footerHeading = "%nExamples:%n")
abstract class Verb implements Callable<Integer> {
    private static final Duration BEAT = Duration.ofSeconds(1);

    @ParentCommand
    private @Nullable Muster muster;

    final Muster muster() {
        if (muster == null) {
            throw new IllegalStateException("Verb without its command: " + getClass());
        }
        return muster;
    }

    final Screen screen() {
        return muster().screen();
    }

    final MusterClient client() {
        return muster().connection().client();
    }

    /** For verbs that stay for long. */
    final MusterClient patientClient() {
        return muster().connection().patientClient();
    }

    /** Draws it anew every second, until somebody ends the command. */
    final int watch(Supplier<Table> table) {
        Live live = new Live(screen());
        while (true) {
            live.draw(table.get().lines(screen()));
            Live.pause(BEAT);
        }
    }

    final boolean forPeople() {
        return screen().output() == Output.TABLE;
    }
}
