package dev.muster.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** 200 pods that write a line with the time each second, each followed by one reader at once: how late a line comes, and what that costs. */
final class OutputMeasurement {
    private static final int GANGS = 20;
    private static final int PODS = 10;
    private static final int LINES = 90;
    private static final double MEBIBYTE = 1 << 20;
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private OutputMeasurement() {}

    /** What one reader saw: all lines, and by how much those came late that were written after it had begun. */
    private record Read(int lines, List<Long> lags) {}

    static List<Figure> run(Service service) throws Exception {
        try (HttpConnection connection = service.connect()) {
            World.applyLocal(connection);
            List<String> jobs = new ArrayList<>();
            for (int gang = 0; gang < GANGS; gang++) {
                HttpConnection.Answer answer =
                        connection.call("POST", World.JOBS, job(gang)).expect(201);
                jobs.add(new JsonMapper()
                        .readTree(answer.body())
                        .at("/metadata/id")
                        .textValue());
            }
            awaitRunning(connection);
            return followed(service, jobs);
        }
    }

    private static String job(int gang) {
        return """
                {"metadata":{"name":"writes-%d"},"spec":{"roles":[{"name":"main","count":%d,"resources":{"cpu":"100m","memory":"16Mi"},\
                "command":["sh","-c","i=0; while [ $i -lt %d ]; do date +%%s%%N; sleep 1; i=$((i+1)); done"]}]}}""".formatted(gang, PODS, LINES);
    }

    private static void awaitRunning(HttpConnection connection) throws Exception {
        long begin = System.nanoTime();
        int running = 0;
        while (running < GANGS) {
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new IllegalStateException("%d of %d gangs ran after %s".formatted(running, GANGS, LONGEST));
            }
            TimeUnit.MILLISECONDS.sleep(200);
            JsonNode page = new JsonMapper()
                    .readTree(connection
                            .call("GET", World.JOBS + "?filter=state%3DRUNNING&pageSize=1000", "")
                            .expect(200)
                            .body());
            running = page.required("items").size();
        }
    }

    private static List<Figure> followed(Service service, List<String> jobs) throws Exception {
        double before = service.liveHeap() / MEBIBYTE;
        double cpu = service.cpuSeconds();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService readers = Executors.newFixedThreadPool(GANGS * PODS);
        try {
            List<Future<Read>> reads = new ArrayList<>();
            for (String job : jobs) {
                for (int index = 0; index < PODS; index++) {
                    String path = World.JOBS + "/%s/logs?follow=true&index=%d".formatted(job, index);
                    reads.add(readers.submit(reader(client, service, path)));
                }
            }
            TimeUnit.SECONDS.sleep(LINES / 3);
            double during = service.liveHeap() / MEBIBYTE;
            long lines = 0;
            List<Long> lags = new ArrayList<>();
            for (Future<Read> read : reads) {
                Read one = read.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
                lines += one.lines();
                lags.addAll(one.lags());
            }
            Latencies lag =
                    new Latencies(lags.stream().mapToLong(Long::longValue).toArray());
            return List.of(
                    new Figure("logs.followed", reads.size(), "logs"),
                    new Figure("logs.lines", lags.size(), "lines"),
                    new Figure("logs.lost", (double) GANGS * PODS * LINES - lines, "lines"),
                    new Figure("logs.lag.p50", lag.percentile(0.5), "ms"),
                    new Figure("logs.lag.p99", lag.percentile(0.99), "ms"),
                    new Figure("logs.heap.before", before, "MiB"),
                    new Figure("logs.heap", during - before, "MiB"),
                    new Figure("logs.cpu", service.cpuSeconds() - cpu, "s"));
        } finally {
            readers.shutdownNow();
        }
    }

    private static Callable<Read> reader(HttpClient client, Service service, String path) {
        return () -> {
            long begin = nanosOf(Instant.now());
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(URI.create(service.url() + path))
                            .header("Authorization", "Bearer " + service.token())
                            .header("Accept", "text/plain")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("GET %s: status %d".formatted(path, answer.statusCode()));
            }
            return read(answer.body(), begin);
        };
    }

    private static Read read(InputStream body, long begin) throws IOException {
        int lines = 0;
        List<Long> lags = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines++;
                long written = Long.parseLong(line);
                if (written > begin) {
                    lags.add(Math.max(0, nanosOf(Instant.now()) - written));
                }
            }
        }
        return new Read(lines, lags);
    }

    private static long nanosOf(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }
}
