package dev.muster.cli;

import dev.muster.api.NodeAffinitySpec;
import dev.muster.api.SparkDriverSpec;
import dev.muster.api.SparkExecutorSpec;
import dev.muster.api.SparkSpec;
import dev.muster.api.TolerationSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is run: a command, a jar, or a Python file, with the files that go along; the latter two also by Spark. */
record Program(
        List<String> given,
        @Nullable Path jar,
        @Nullable String mainClass,
        @Nullable Path pyFile,
        List<Path> files,
        List<String> argumentsGiven,
        @Nullable String sparkVersion,
        int executors) {
    static final String DRIVER = "driver";
    private static final String ARTIFACT = "artifact:";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    /** @throws BadInput where it is none, or two */
    void check() {
        long ways = Stream.of(given.isEmpty() ? null : given, jar, pyFile)
                .filter(Objects::nonNull)
                .count();
        if (ways != 1) {
            throw new BadInput(
                    ways == 0 ? "Nothing to run" : "Two things to run",
                    "Expected a command after --, or --jar FILE, or --py-file FILE; see 'muster run --help'.");
        }
        if (mainClass != null && (jar == null || !mainClass.matches("[A-Za-z_$][A-Za-z0-9_.$]*"))) {
            throw new BadInput("Bad --class '%s': expected the whole name of a class in --jar".formatted(mainClass));
        }
        if (!argumentsGiven.isEmpty() && !given.isEmpty()) {
            throw new BadInput("--arg is for --jar and --py-file", "A command's arguments stand behind it.");
        }
        if (isSpark() && !given.isEmpty()) {
            throw new BadInput("--spark runs a jar or a Python file", "Name one with --jar or --py-file.");
        }
        if (executors < 1) {
            throw new BadInput("Bad --executors %d: expected 1 or more".formatted(executors));
        }
        List<Path> all = brought();
        all.forEach(Program::nameOf);
        if (all.stream().map(Program::nameOf).distinct().count() < all.size()) {
            throw new BadInput("Two files of the same name: %s".formatted(all), "They would lie in one directory.");
        }
        all.stream().filter(file -> !Files.isRegularFile(file)).findFirst().ifPresent(file -> {
            throw new BadInput("There is no file %s".formatted(file));
        });
    }

    boolean isSpark() {
        return sparkVersion != null;
    }

    /** The files that go along, the main one first. */
    List<Path> brought() {
        List<Path> all = new ArrayList<>();
        Stream.of(jar, pyFile).filter(Objects::nonNull).forEach(all::add);
        all.addAll(files);
        return all;
    }

    /** What the pod runs. Where the files lie only it knows, so a shell puts that in. */
    List<String> command() {
        if (jar != null) {
            String how = mainClass == null ? "-jar \"$MUSTER_ARTIFACTS/%s\"" : "-cp \"$MUSTER_ARTIFACTS/%s\" '%s'";
            return shell("java " + how.formatted(nameOf(jar), mainClass));
        }
        return pyFile != null ? shell("python3 \"$MUSTER_ARTIFACTS/%s\"".formatted(nameOf(pyFile))) : given;
    }

    List<String> arguments() {
        return argumentsGiven;
    }

    /** By what a job without a name is named. */
    List<String> words() {
        return given.isEmpty() ? List.of(nameOf(brought().get(0))) : given;
    }

    SparkSpec spark(
            @Nullable String image,
            int count,
            Map<String, String> resources,
            Map<String, String> environment,
            @Nullable NodeAffinitySpec where,
            @Nullable List<TolerationSpec> tolerating) {
        if (count != 1) {
            throw new BadInput("--count is not for Spark: a driver is one", "Say --executors.");
        }
        Map<String, String> env = environment.isEmpty() ? null : environment;
        return new SparkSpec(
                Objects.requireNonNull(sparkVersion),
                pyFile == null ? "Java" : "Python",
                image,
                mainClass,
                ARTIFACT + nameOf(brought().get(0)),
                argumentsGiven.isEmpty() ? null : argumentsGiven,
                null,
                files.isEmpty()
                        ? null
                        : files.stream().map(file -> ARTIFACT + nameOf(file)).toList(),
                null,
                null,
                null,
                null,
                null,
                null,
                new SparkDriverSpec(
                        null,
                        resources.get("cpu"),
                        sparkMemory(resources.get("memory")),
                        null,
                        env,
                        null,
                        null,
                        where,
                        tolerating,
                        null,
                        null,
                        null),
                new SparkExecutorSpec(
                        executors,
                        null,
                        null,
                        null,
                        null,
                        resources.get("cpu"),
                        sparkMemory(resources.get("memory")),
                        null,
                        null,
                        null,
                        env,
                        null,
                        null,
                        where,
                        tolerating,
                        null,
                        null,
                        null));
    }

    /** @throws BadInput where the service would not take it */
    static String nameOf(Path file) {
        Path last = file.getFileName();
        if (last == null || !last.toString().matches(NAME)) {
            throw new BadInput(
                    "Bad name of a file '%s': expected A-Z, a-z, 0-9, '.', '_', '-', 100 at most".formatted(last),
                    "Give it another name.");
        }
        return last.toString();
    }

    /** Spark says {@code 2g} where Kubernetes says {@code 2Gi}. */
    private static @Nullable String sparkMemory(@Nullable String said) {
        return said == null
                ? null
                : said.replaceFirst("(?<=\\d)([KMGT])i$", "$1").toLowerCase(Locale.ROOT);
    }

    private static List<String> shell(String line) {
        return List.of("/bin/sh", "-c", "exec " + line + " \"$@\"", "run");
    }
}
