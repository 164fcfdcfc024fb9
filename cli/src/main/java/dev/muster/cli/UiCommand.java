package dev.muster.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The way to the pages. */
@Command(
        name = "ui",
        description = "Prints a link that opens the pages: it works once, for some minutes.",
        footer = {"  muster ui           prints it", "  muster ui --open    opens it in the browser"})
final class UiCommand extends Verb {
    @Option(names = "--open", description = "Open it in the browser of this machine, too.")
    private boolean open;

    @Override
    public Integer call() {
        String link = client().newUiLink().url();
        screen().print(link);
        if (open && !opened(link)) {
            screen().note("No browser can be opened from here: open the link yourself.");
        }
        return ExitCode.OK;
    }

    private static boolean opened(String link) {
        for (String opener : List.of("xdg-open", "open", "wslview")) {
            try {
                Process process = new ProcessBuilder(opener, link)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor() == 0;
            } catch (IOException e) {
                // Not on this machine; the next one perhaps.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }
}
