package dev.muster.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * From a change in the database to the snapshot that has it, with 100,000 jobs that wait: the service's own histogram
 * {@code muster_snapshot_seconds} while jobs are submitted one at a time.
 */
final class SnapshotMeasurement {
    private static final int JOBS = 100_000;
    private static final int BATCH = 1_000;
    private static final int CHANGES = 200;
    private static final int WARM_UP = 100;
    private static final long EVERY_MILLIS = 250;
    private static final String HISTOGRAM = "muster_snapshot_seconds";

    private SnapshotMeasurement() {}

    /** What the histogram says: how many took at most so many seconds, all of them, and their sum. */
    private record Seen(TreeMap<Double, Double> upTo, double count, double sum) {
        Seen since(Seen before) {
            TreeMap<Double, Double> grown = new TreeMap<>();
            upTo.forEach((bound, many) -> grown.put(bound, many - before.upTo.getOrDefault(bound, 0.0)));
            return new Seen(grown, count - before.count, sum - before.sum);
        }

        /** The upper bound of the class in which that part of all ends, in ms. */
        double percentile(double part) {
            return upTo.entrySet().stream()
                            .filter(each -> each.getValue() >= part * count)
                            .findFirst()
                            .orElseThrow()
                            .getKey()
                    * 1e3;
        }
    }

    static List<Figure> run(Service service) throws Exception {
        List<Figure> figures = new ArrayList<>();
        List<HttpConnection> connections = service.connect(4);
        HttpConnection one = connections.get(0);
        World.apply(one);
        AtomicLong names = new AtomicLong();
        OpenLoop.run(
                connections.stream()
                        .<OpenLoop.Lane>map(connection -> i -> connection
                                .call(
                                        "POST",
                                        World.BATCH,
                                        World.batch(BATCH, job -> World.plannedJob("job-" + names.incrementAndGet())))
                                .expect(201))
                        .toList(),
                JOBS / BATCH,
                Double.POSITIVE_INFINITY);
        change(one, WARM_UP, "warm");
        Seen before = look(one);
        change(one, CHANGES, "change");
        Seen seen = look(one).since(before);
        figures.add(new Figure("snapshot.changes", seen.count, ""));
        figures.add(new Figure("snapshot.mean", seen.sum / seen.count * 1e3, "ms"));
        figures.add(new Figure("snapshot.p50", seen.percentile(0.5), "ms at most"));
        figures.add(new Figure("snapshot.p99", seen.percentile(0.99), "ms at most"));
        for (HttpConnection connection : connections) {
            connection.close();
        }
        return figures;
    }

    /** One job after the other, each in a cycle of its own. */
    private static void change(HttpConnection service, int times, String name) throws Exception {
        for (int i = 0; i < times; i++) {
            service.call("POST", World.JOBS, World.plannedJob(name + "-" + i)).expect(201);
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
    }

    private static Seen look(HttpConnection service) throws IOException {
        TreeMap<Double, Double> upTo = new TreeMap<>();
        double count = 0;
        double sum = 0;
        for (String line :
                service.call("GET", "/q/metrics", "").expect(200).body().split("\n")) {
            double value = line.startsWith(HISTOGRAM) ? number(line.substring(line.lastIndexOf(' ') + 1)) : 0;
            if (line.startsWith(HISTOGRAM + "_bucket")) {
                upTo.put(number(line.replaceAll(".*le=\"([^\"]*)\".*", "$1")), value);
            } else if (line.startsWith(HISTOGRAM + "_count")) {
                count = value;
            } else if (line.startsWith(HISTOGRAM + "_sum")) {
                sum = value;
            }
        }
        return new Seen(upTo, count, sum);
    }

    private static double number(String text) {
        return text.toLowerCase(Locale.ROOT).endsWith("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
