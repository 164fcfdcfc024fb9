package dev.muster.cli;

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
        if (open && !Browser.opens(link)) {
            screen().note("No browser can be opened from here: open the link yourself.");
        }
        return ExitCode.OK;
    }
}
