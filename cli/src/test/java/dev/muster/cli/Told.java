package dev.muster.cli;

import dev.muster.cli.screen.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** What a command line gave: its exit code, its results, and what it said besides. */
record Told(int exitCode, String out, String err) {
    static Told by(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(stream(out), stream(err), false, false);
        int code = Muster.run(screen, environment, arguments);
        return new Told(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Set<String> verbs() {
        Screen screen = new Screen(System.out, System.err, false, false);
        return Muster.commandLine(screen, Map.of()).getSubcommands().keySet();
    }

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
