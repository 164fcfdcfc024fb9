package dev.muster.cli.plan;

import dev.muster.cli.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The scenario files that a command line names: files, and of folders all YAML files below them, by name. */
public final class ScenarioFiles {
    private static final int DEEPEST = 32;

    private ScenarioFiles() {}

    /** @throws BadInput where one is not there, or a folder has none */
    public static List<Path> of(List<Path> named) {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> below = Files.walk(path, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
                List<Path> found = below.filter(Files::isRegularFile)
                        .filter(file -> file.toString().endsWith(".yaml")
                                || file.toString().endsWith(".yml"))
                        .sorted()
                        .toList();
                if (found.isEmpty()) {
                    throw new BadInput(path + ": no scenario there", "Expected files that end with .yaml or .yml.");
                }
                files.addAll(found);
            } catch (IOException | UncheckedIOException e) {
                throw new BadInput("%s: cannot be read: %s".formatted(path, e.getMessage()));
            }
        }
        return files;
    }
}
