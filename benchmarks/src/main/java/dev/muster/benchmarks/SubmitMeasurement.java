package dev.muster.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Submitting over REST, and next to it plain JDBC that does the same inserts and commits in the same database, in turns, so
 * that a noisy machine disturbs both alike.
 */
final class SubmitMeasurement {
    private static final int CONNECTIONS = 32;
    private static final int BATCH = 1_000;
    /** So many batches at once keep two cores busy; more only wait for each other, and then for a connection in vain. */
    private static final int BATCH_LANES = 4;

    private static final int ROUNDS = 3;
    private static final double AS_FAST_AS_POSSIBLE = Double.POSITIVE_INFINITY;

    private final List<HttpConnection> http;
    private final PlainJdbc jdbc;
    private final AtomicLong names = new AtomicLong();
    private final List<Figure> figures = new ArrayList<>();

    private SubmitMeasurement(List<HttpConnection> http, PlainJdbc jdbc) {
        this.http = http;
        this.jdbc = jdbc;
    }

    static List<Figure> run(Service service) throws Exception {
        List<HttpConnection> http = service.connect(CONNECTIONS);
        World.apply(http.get(0));
        http.get(0).call("POST", World.JOBS, World.waitingJob("template")).expect(201);
        try (PlainJdbc jdbc = PlainJdbc.open(service.data(), CONNECTIONS)) {
            SubmitMeasurement measurement = new SubmitMeasurement(http, jdbc);
            measurement.warmUp();
            measurement.single();
            measurement.batches();
            return measurement.figures;
        } finally {
            for (HttpConnection connection : http) {
                connection.close();
            }
        }
    }

    private void warmUp() throws Exception {
        OpenLoop.run(restSingle().subList(0, 4), 2_000, AS_FAST_AS_POSSIBLE);
        OpenLoop.run(restSingle(), 6_000, AS_FAST_AS_POSSIBLE);
        OpenLoop.run(restBatch().subList(0, BATCH_LANES), 15, AS_FAST_AS_POSSIBLE);
        OpenLoop.run(jdbc.single(), 3_000, AS_FAST_AS_POSSIBLE);
    }

    private void single() throws Exception {
        OpenLoop.Result steady = OpenLoop.run(restSingle(), 7_500, 500);
        found(new Figure("submit.single.p50", steady.latencies().percentile(0.5), "ms"));
        found(new Figure("submit.single.p99", steady.latencies().percentile(0.99), "ms"));
        found(new Figure("submit.single.max", steady.latencies().percentile(1), "ms"));
        List<Double> rest = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rest.add(OpenLoop.run(restSingle(), 5_000, AS_FAST_AS_POSSIBLE).perSecond());
            plain.add(OpenLoop.run(jdbc.single(), 5_000, AS_FAST_AS_POSSIBLE).perSecond());
        }
        rates("submit.single", rest, plain, 1);
    }

    private void batches() throws Exception {
        OpenLoop.Result steady = OpenLoop.run(restBatch(), 50, 5);
        found(new Figure("submit.batch.p50", steady.latencies().percentile(0.5), "ms"));
        found(new Figure("submit.batch.p99", steady.latencies().percentile(0.99), "ms"));
        List<Double> rest = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rest.add(OpenLoop.run(restBatch().subList(0, BATCH_LANES), 30, AS_FAST_AS_POSSIBLE)
                    .perSecond());
            plain.add(OpenLoop.run(jdbc.batches(BATCH).subList(0, BATCH_LANES), 30, AS_FAST_AS_POSSIBLE)
                    .perSecond());
        }
        rates("submit.batch", rest, plain, BATCH);
    }

    private void rates(String name, List<Double> rest, List<Double> plain, int jobsPerRequest) {
        found(new Figure(name + ".rate", median(rest) * jobsPerRequest, "jobs/s"));
        found(new Figure(name + ".jdbc.rate", median(plain) * jobsPerRequest, "jobs/s"));
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ratios.add(rest.get(round) / plain.get(round));
        }
        found(new Figure(name + ".ratio", median(ratios), "of plain JDBC"));
    }

    /** Also told at once: what comes after it may fail. */
    private void found(Figure figure) {
        System.err.println(figure.name() + " " + figure.shown());
        figures.add(figure);
    }

    private List<OpenLoop.Lane> restSingle() {
        return http.stream()
                .<OpenLoop.Lane>map(connection -> i -> connection
                        .call("POST", World.JOBS, World.waitingJob("single-" + names.incrementAndGet()))
                        .expect(201))
                .toList();
    }

    private List<OpenLoop.Lane> restBatch() {
        return http.stream()
                .<OpenLoop.Lane>map(connection -> i -> connection
                        .call(
                                "POST",
                                World.BATCH,
                                World.batch(BATCH, job -> World.waitingJob("batch-" + names.incrementAndGet())))
                        .expect(201))
                .toList();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
