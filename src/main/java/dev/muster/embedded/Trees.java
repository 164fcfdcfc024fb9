package dev.muster.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories. */
final class Trees {
    private Trees() {}

    /** Deletes the directory and everything below it; nothing happens where there is none. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        for (Path path : everything(directory)) {
            Files.deleteIfExists(path);
        }
    }

    /** Everything below the directory and itself, the deepest first. */
    static List<Path> everything(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
