package dev.muster.cli;

import java.io.IOException;
import java.util.List;

/** The browser of this machine, if it has one. */
final class Browser {
    private Browser() {}

    static boolean opens(String link) {
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
