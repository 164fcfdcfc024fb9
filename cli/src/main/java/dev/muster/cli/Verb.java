package dev.muster.cli;

import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Output;
import dev.muster.cli.screen.Screen;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** One verb of the command; {@link #call} says the exit code. */
@Command(mixinStandardHelpOptions = true, footerHeading = "%nExamples:%n")
abstract class Verb implements Callable<Integer> {
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

    final boolean forPeople() {
        return screen().output() == Output.TABLE;
    }
}
