package dev.muster.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** From the first line of the command to "ready": on an empty data directory, and again on what that left. */
final class StartMeasurement {
    private StartMeasurement() {}

    static List<Figure> run(Path clone, Path data) throws IOException, InterruptedException {
        double first = once(clone, data);
        double second = once(clone, data);
        double third = once(clone, data);
        return List.of(new Figure("start.first", first, "s"), new Figure("start.second", Math.max(second, third), "s"));
    }

    private static double once(Path clone, Path data) throws IOException, InterruptedException {
        try (Service service = Service.start(clone, data, List.of())) {
            return service.secondsToReady();
        }
    }
}
