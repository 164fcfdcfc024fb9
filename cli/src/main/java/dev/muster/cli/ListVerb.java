package dev.muster.cli;

import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** A verb that shows a list: once, as people or as programs read it, or drawn anew until somebody ends it. */
abstract class ListVerb extends Verb {
    @Option(
            names = {"-w", "--watch"},
            description = "Draw anew every second until Ctrl-C.")
    private boolean watch;

    /** Shows all; {@code none} is said to people where there is nothing. Returns what was shown. */
    final <T> List<T> list(Function<MusterClient, List<T>> all, Function<List<T>, Table> table, String none) {
        if (watch) {
            MusterClient patient = patientClient();
            watch(() -> table.apply(all.apply(patient)));
        }
        List<T> listed = all.apply(client());
        if (!forPeople()) {
            Print.all(screen(), listed);
        } else if (listed.isEmpty()) {
            screen().note(none);
        } else {
            table.apply(listed).print(screen());
        }
        return listed;
    }
}
