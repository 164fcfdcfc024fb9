package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A packaged service that is killed and started again, spoken to over REST as any client would. */
final class Installation implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern GROWN = Pattern.compile("\\bseat \\S+ (\\S+ \\S+ \\d+)\\b");
    private static final Pattern LAUNCH = Pattern.compile("\\blaunch \\S+ (\\S+-\\d+)\\b");

    private final ServiceProcess service;

    Installation(ServiceProcess service) {
        this.service = service;
    }

    ServiceProcess service() {
        return service;
    }

    /** A team, a queue and a pool of as many nodes, each with 8 cpus. */
    void declare(int nodes) {
        put("/api/v1/queues/all", """
                {"kind": "Queue", "metadata": {"name": "all"}, "spec": {}}""");
        put("/api/v1/teams/vision", """
                {"kind": "Team", "metadata": {"name": "vision"}, "spec": {"queue": "all"}}""");
        put("/api/v1/pools/cpu", """
                {"kind": "Pool", "metadata": {"name": "cpu"}, "spec": {"nodes": %d, "resources": {"cpu": "8"}}}""".formatted(nodes));
    }

    void put(String path, String json) {
        HttpResponse<String> answer = send("PUT", path, json, Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    /**
     * So many gangs of two pods, all in one request. Repeating it with the same key submits nothing twice.
     *
     * @throws UncheckedIOException where the service dies meanwhile; they may or may not have been accepted
     */
    void submit(String key, int gangs, Duration runTime) {
        String jobs = IntStream.range(0, gangs)
                .mapToObj(i -> """
                        {"kind": "Job", "metadata": {"name": "%s-%d",
                          "annotations": {"simulation.muster.dev/run-time": "%dms"}},
                         "spec": {"roles": [{"name": "worker", "count": 2, "resources": {"cpu": "1"}}]}}""".formatted(key, i, runTime.toMillis()))
                .collect(Collectors.joining(","));
        batch(key, List.of(jobs));
    }

    /** Jobs as JSON, all in one request. */
    void batch(String key, List<String> jobs) {
        HttpResponse<String> answer = send(
                "POST",
                "/api/v1/teams/vision/jobs:batchCreate",
                "{\"jobs\": [" + String.join(",", jobs) + "]}",
                Map.of("Idempotency-Key", key));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    /** Every job that there is. */
    List<JsonNode> jobs() {
        List<JsonNode> jobs = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = get("/api/v1/teams/-/jobs?pageSize=1000" + token);
            page.path("items").forEach(jobs::add);
            token = page.path("nextPageToken").isTextual()
                    ? "&pageToken=" + page.path("nextPageToken").asText()
                    : "";
        } while (!token.isEmpty());
        return jobs;
    }

    Map<String, Long> states() {
        return jobs().stream()
                .collect(Collectors.groupingBy(
                        job -> job.path("status").path("state").asText(), TreeMap::new, Collectors.counting()));
    }

    void awaitAllSucceeded(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(states()).isEqualTo(Map.of("SUCCEEDED", (long) count)));
    }

    /** None was lost, none ran twice, nothing is held: the database, the cluster's journal and the ledger agree. */
    void assertEachRanOnce(int count) {
        List<JsonNode> jobs = jobs();
        assertThat(jobs).hasSize(count);
        assertThat(jobs).allSatisfy(job -> {
            assertThat(job.path("status").path("state").asText()).isEqualTo("SUCCEEDED");
            assertThat(job.path("status").path("attempt").asInt()).isEqualTo(1);
        });
        List<String> attempts = jobs.stream()
                .map(job -> job.path("metadata").path("id").asText() + "-1")
                .sorted()
                .toList();
        assertThat(launches().stream().sorted().toList()).isEqualTo(attempts);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        get("/api/v1/queues/all").path("status").path("used"))
                .isEmpty());
    }

    /** The attempts that the cluster's journal says were launched, each as often as it says so. */
    List<String> launches() {
        return told(LAUNCH);
    }

    /** The pods above the minimum that the cluster's journal says were made, each as often as it says so. */
    List<String> grown() {
        return told(GROWN);
    }

    private List<String> told(Pattern pattern) {
        try (Stream<Path> files = Files.walk(service.data().resolve("cluster"))) {
            List<String> launches = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().contains("journal"))
                    .toList()) {
                Matcher launch = pattern.matcher(Files.readString(file));
                while (launch.find()) {
                    launches.add(launch.group(1));
                }
            }
            return launches;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode get(String path) {
        try {
            HttpResponse<String> answer = service.get(path);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String text(String path) {
        try {
            return service.get(path).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> send(String method, String path, String json, Map<String, String> headers) {
        HttpRequest.Builder request = service.request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        headers.forEach(request::header);
        try {
            return service.send(request.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
