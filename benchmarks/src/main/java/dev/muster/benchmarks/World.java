package dev.muster.benchmarks;

import java.io.IOException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the measurements submit to: one pool, one queue, one team. Bodies are written as text, so that writing them costs nothing. */
final class World {
    static final String JOBS = "/api/v1/teams/bench/jobs";
    static final String BATCH = JOBS + ":batchCreate";

    /** Not looked at by the planner while a measurement runs. */
    private static final String LATER = "2100-01-01T00:00:00Z";

    private World() {}

    static void apply(HttpConnection service) throws IOException {
        put(
                service,
                "/api/v1/pools/bench",
                "{\"nodes\":100,\"resources\":{\"cpu\":\"16\",\"memory\":\"64Gi\"}}",
                "Pool",
                "bench");
        applyTeam(service);
    }

    /** The same with a pool whose pods are processes of this machine. */
    static void applyLocal(HttpConnection service) throws IOException {
        put(
                service,
                "/api/v1/pools/here",
                "{\"nodes\":1,\"resources\":{\"cpu\":\"1000\",\"memory\":\"100Gi\"},\"maxPodsPerNode\":300,\"localProcesses\":true}",
                "Pool",
                "here");
        applyTeam(service);
    }

    private static void applyTeam(HttpConnection service) throws IOException {
        put(service, "/api/v1/queues/bench", "{\"weight\":1}", "Queue", "bench");
        put(service, "/api/v1/teams/bench", "{\"queue\":\"bench\"}", "Team", "bench");
    }

    static void put(HttpConnection service, String path, String spec, String kind, String name) throws IOException {
        String body = "{\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"},\"spec\":%s}".formatted(kind, name, spec);
        HttpConnection.Answer answer = service.call("PUT", path, body);
        if (answer.status() != 200 && answer.status() != 201) {
            throw new IllegalStateException("PUT %s: status %d: %s".formatted(path, answer.status(), answer.body()));
        }
    }

    /** A job of four pods with what jobs usually carry, that waits. */
    static String waitingJob(String name) {
        return job(name, "\"notBefore\":\"" + LATER + "\",", "0s");
    }

    /** A job that the planner looks at, and that runs for an hour once it is launched. */
    static String plannedJob(String name) {
        return job(name, "", "1h");
    }

    private static String job(String name, String notBefore, String runTime) {
        return """
                {"metadata":{"name":"%s","labels":{"app":"bench","stage":"nightly"},"annotations":{"simulation.muster.dev/run-time":"%s"}},\
                "spec":{"queue":"bench","priorityClass":"routine",%s"maxRunTime":"2h",\
                "roles":[{"name":"worker","count":4,"image":"registry.example/train:1","command":["train"],\
                "args":["--epochs","10"],"env":{"STAGE":"nightly"},"resources":{"cpu":"1","memory":"2Gi"}}]}}""".formatted(name, runTime, notBefore);
    }

    static String batch(int size, IntFunction<String> job) {
        return IntStream.range(0, size).mapToObj(job).collect(Collectors.joining(",", "{\"jobs\":[", "]}"));
    }
}
