package dev.muster.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs the measurements named on the command line, or all, in the clone's directory; 1 where a limit is broken. */
final class Measure {
    private static final List<String> ALL =
            List.of("planner", "cycles", "start", "submit", "memory", "snapshot", "mix", "may", "million", "pages");
    /** Not among all, for they take minutes of waiting: schedules that tick, output that is followed. */
    private static final List<String> WAITING = List.of("schedules", "logs", "sessions");

    /** Not among all: they need a control plane, which Go builds, and a quarter of an hour each. */
    private static final List<String> LAUNCHES = List.of("launch-gangs", "launch-singles", "launch-executors");

    /** Those whose service has as much heap as a small installation gives it. */
    private static final List<String> SMALL = List.of("snapshot", "mix", "schedules", "logs", "sessions", "pages");

    private Measure() {}

    public static void main(String[] args) throws Exception {
        List<String> wanted = args.length == 0 ? ALL : List.of(args);
        for (String name : wanted) {
            if (!ALL.contains(name) && !WAITING.contains(name) && !LAUNCHES.contains(name)) {
                System.err.printf(
                        "Unknown measurement '%s': expected one of %s, %s, %s%n",
                        name, String.join(", ", ALL), String.join(", ", WAITING), String.join(", ", LAUNCHES));
                System.exit(2);
            }
        }
        Path clone = Path.of("").toAbsolutePath();
        Limits limits = Limits.read(clone.resolve("benchmarks/limits.yaml"));
        List<Figure> figures = new ArrayList<>();
        for (String name : wanted) {
            figures.addAll(measured(name, clone));
        }
        print(figures, limits);
        List<String> broken = limits.broken(figures);
        broken.forEach(System.err::println);
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    private static List<Figure> measured(String name, Path clone) throws Exception {
        System.err.println("measuring " + name);
        if (name.equals("planner")) {
            return PlannerMeasurement.run();
        }
        if (name.equals("cycles")) {
            return CycleMeasurement.run();
        }
        if (name.equals("may")) {
            return MayMeasurement.run();
        }
        Path data = Files.createTempDirectory("muster-benchmark");
        List<Figure> figures = figures(name, clone, data);
        delete(data); // what a measurement that failed leaves is kept: the service's log says why
        return figures;
    }

    private static List<Figure> figures(String name, Path clone, Path data) throws Exception {
        if (name.equals("start")) {
            return StartMeasurement.run(clone, data);
        }
        if (name.equals("million")) {
            return MillionMeasurement.run(clone, data);
        }
        if (LAUNCHES.contains(name)) {
            return switch (name) {
                case "launch-gangs" -> LaunchMeasurement.gangs(data);
                case "launch-singles" -> LaunchMeasurement.singles(data);
                default -> ExecutorMeasurement.run(data);
            };
        }
        try (Service service = Service.start(clone, data, settings(name))) {
            return switch (name) {
                case "submit" -> SubmitMeasurement.run(service);
                case "memory" -> MemoryMeasurement.run(service);
                case "snapshot" -> SnapshotMeasurement.run(service);
                case "mix" -> MixMeasurement.run(service);
                case "schedules" -> ScheduleMeasurement.run(service);
                case "logs" -> OutputMeasurement.run(service);
                case "sessions" -> SessionMeasurement.run(service);
                case "pages" -> LivePagesMeasurement.run(service);
                default -> throw new IllegalArgumentException("No measurement " + name);
            };
        } catch (Exception e) {
            System.err.println("measuring " + name + " failed; the service's data and log are in " + data);
            throw e;
        }
    }

    private static List<String> settings(String name) {
        List<String> settings = new ArrayList<>(SMALL.contains(name) ? List.of("-Xmx512m") : List.of());
        if (name.equals("logs") || name.equals("sessions")) {
            settings.add("-Dmuster.local-processes.allowed=true");
        }
        return settings;
    }

    private static void print(List<Figure> figures, Limits limits) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.printf("%n%-28s %14s  %-14s %s%n", "figure", "measured", "unit", "limit");
        for (Figure figure : figures) {
            Limits.Limit limit = limits.byFigure().get(figure.name());
            out.printf(
                    "%-28s %14s  %-14s %s%n",
                    figure.name(), Figure.number(figure.value()), figure.unit(), limit == null ? "" : limit.shown());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
