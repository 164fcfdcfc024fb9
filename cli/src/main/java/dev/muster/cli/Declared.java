package dev.muster.cli;

import dev.muster.api.Metadata;
import dev.muster.api.client.Named;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.function.Function;

/** What is declared by its name with {@code apply}, such as queues: shown as it can be applied again, and deleted. */
record Declared<T>(String word, Named<T> all, Function<T, Metadata> metadata) {
    int show(Screen screen, String name) {
        Print.documents(screen, List.of(all.get(name)));
        return ExitCode.OK;
    }

    /** Unless somebody changed it since it was looked at. */
    int delete(Screen screen, String name) {
        all.delete(name, metadata.apply(all.get(name)).etag());
        screen.print("%s/%s deleted".formatted(word, Text.plain(name)));
        return ExitCode.OK;
    }
}
