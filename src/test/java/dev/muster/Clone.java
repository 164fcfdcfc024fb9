package dev.muster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the clone that the tests run in; for tests that hold pages, manifests and code together. */
final class Clone {
    static final List<String> MODULES = List.of(
            "platform-api",
            "quota",
            "simulation",
            "admission",
            "cluster-test",
            "kubernetes",
            "volcano-config",
            "src",
            "cli",
            "benchmarks");

    /** The root: surefire runs the tests of a module in the module's own directory. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private Clone() {}

    /** Files below {@code directory} of the root whose path ends in {@code suffix}, sorted; nothing that a build made. */
    static List<Path> files(String directory, String suffix) {
        Path start = ROOT.resolve(directory);
        try (Stream<Path> paths = Files.walk(start)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> path.toString().endsWith(suffix))
                    .filter(path -> !start.relativize(path).startsWith("target"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Java sources of all modules; {@code kind} is main or test. */
    static List<Path> sources(String kind) {
        return MODULES.stream()
                .map(module -> module.equals("src") ? "src/" + kind : module + "/src/" + kind)
                .filter(directory -> Files.isDirectory(ROOT.resolve(directory)))
                .flatMap(directory -> files(directory, ".java").stream())
                .toList();
    }

    static String text(String file) {
        return text(ROOT.resolve(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
