package dev.muster.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** 100 sessions at once, each a process of this machine that one person asks twice a second, for longer than they may be idle. */
final class SessionMeasurement {
    private static final int SESSIONS = 100;
    private static final int CALLS = 100;
    private static final long EVERY_NANOS = 500_000_000L;
    private static final double MEBIBYTE = 1 << 20;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String RUNNING = World.JOBS + "?filter=state%3DRUNNING&pageSize=1000";

    private SessionMeasurement() {}

    /** What one person saw. */
    private record Use(int answered, List<Long> lags) {}

    static List<Figure> run(Service service) throws Exception {
        try (HttpConnection connection = service.connect()) {
            World.applyLocal(connection);
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            List<String> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(new JsonMapper()
                        .readTree(connection
                                .call("POST", World.JOBS, job(i))
                                .expect(201)
                                .body())
                        .at("/metadata/id")
                        .textValue());
            }
            await("run", () -> running(connection) == SESSIONS);
            List<URI> doors = new ArrayList<>();
            for (String id : sessions) {
                doors.add(door(client, service, id));
            }
            for (URI door : doors) {
                await("answer", () -> status(client, door) == 200);
            }
            return used(service, connection, client, doors);
        }
    }

    private static String job(int number) {
        return """
                {"metadata":{"name":"session-%d"},"spec":{"interactive":{"port":8888},"idleTimeout":"30s","roles":[{"name":"main",\
                "resources":{"cpu":"100m","memory":"16Mi"},\
                "command":["sh","-c","exec python3 -m http.server --bind 127.0.0.1 $MUSTER_PAGE_PORT"]}]}}""".formatted(number);
    }

    private static int running(HttpConnection connection) throws Exception {
        JsonNode page = new JsonMapper()
                .readTree(connection.call("GET", RUNNING, "").expect(200).body());
        return page.required("items").size();
    }

    private static URI door(HttpClient client, Service service, String id) throws Exception {
        HttpResponse<Void> answer = client.send(
                HttpRequest.newBuilder(URI.create(service.url() + World.JOBS + "/" + id + "/links/session"))
                        .header("Authorization", "Bearer " + service.token())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        return service.url().resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    private static int status(HttpClient client, URI door) throws Exception {
        return client.send(HttpRequest.newBuilder(door).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void await(String what, Callable<Boolean> done) throws Exception {
        long begin = System.nanoTime();
        while (!done.call()) {
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new IllegalStateException("Not all sessions did %s within %s".formatted(what, LONGEST));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static List<Figure> used(Service service, HttpConnection connection, HttpClient client, List<URI> doors)
            throws Exception {
        double before = service.liveHeap() / MEBIBYTE;
        double cpu = service.cpuSeconds();
        ExecutorService people = Executors.newFixedThreadPool(SESSIONS);
        try {
            List<Future<Use>> uses = new ArrayList<>();
            for (int i = 0; i < doors.size(); i++) {
                long first = System.nanoTime() + EVERY_NANOS * i / SESSIONS;
                uses.add(people.submit(person(client, doors.get(i), first)));
            }
            TimeUnit.NANOSECONDS.sleep(EVERY_NANOS * CALLS / 2);
            double during = service.liveHeap() / MEBIBYTE;
            int answered = 0;
            List<Long> lags = new ArrayList<>();
            for (Future<Use> use : uses) {
                Use one = use.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
                answered += one.answered();
                lags.addAll(one.lags());
            }
            Latencies lag =
                    new Latencies(lags.stream().mapToLong(Long::longValue).toArray());
            return List.of(
                    new Figure("sessions.answered", answered, "calls"),
                    new Figure("sessions.lost", (double) SESSIONS * CALLS - answered, "calls"),
                    new Figure("sessions.ended", (double) SESSIONS - running(connection), "sessions"),
                    new Figure("sessions.lag.p50", lag.percentile(0.5), "ms"),
                    new Figure("sessions.lag.p99", lag.percentile(0.99), "ms"),
                    new Figure("sessions.heap.before", before, "MiB"),
                    new Figure("sessions.heap", during - before, "MiB"),
                    new Figure("sessions.cpu", service.cpuSeconds() - cpu, "s"));
        } finally {
            people.shutdownNow();
        }
    }

    /** Each call is due at its time, and late from then, whatever the one before took. */
    private static Callable<Use> person(HttpClient client, URI door, long first) {
        return () -> {
            int answered = 0;
            List<Long> lags = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                long due = first + i * EVERY_NANOS;
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                if (status(client, door) == 200) {
                    answered++;
                    lags.add(System.nanoTime() - due);
                }
            }
            return new Use(answered, lags);
        };
    }
}
