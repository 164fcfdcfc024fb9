package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rights.Duty;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every stream of the service ends soon after whoever listens may not any more. */
@QuarkusTest
class StreamsEndTest {
    private static final long PATIENCE_SECONDS = 90;

    @TestHTTPResource("/")
    URI service;

    private final String name = "l" + UUID.randomUUID().toString().substring(0, 8);

    @ParameterizedTest
    @CsvSource({
        "/ui/live, text/event-stream, token",
        "/ui/live, text/event-stream, duty",
        "/api/v1/events, text/event-stream, token",
        "/api/v1/events, text/event-stream, duty",
        "/api/v1/teams/TEAM/jobs/JOB/logs?follow=true, text/plain, token",
        "/api/v1/teams/TEAM/jobs/JOB/logs?follow=true, text/plain, duty"
    })
    void a_stream_ends_when_its_listener_may_not_listen_any_more(String path, String type, String taken)
            throws Exception {
        String team = Api.newTeam();
        String job = Api.accepted(team, "heard").get("id").toString();
        String token = Api.tokenOf(name, Duty.VIEWER.name(), "*");
        HttpRequest listening = HttpRequest.newBuilder(
                        service.resolve(path.replace("TEAM", team).replace("JOB", job)))
                .header("Authorization", "Bearer " + token)
                .header("Accept", type)
                .build();
        // A stream of output says nothing before there is any, so its answer is not waited for.
        CompletableFuture<HttpResponse<InputStream>> opened =
                HttpClient.newHttpClient().sendAsync(listening, HttpResponse.BodyHandlers.ofInputStream());
        CompletableFuture<Integer> ended = opened.thenApplyAsync(StreamsEndTest::readAll);
        if (!path.contains("logs")) {
            assertThat(opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS).statusCode())
                    .isEqualTo(200);
        }

        String id = io.restassured.RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .get("/api/v1/whoami")
                .path("token");
        String end = taken.equals("token")
                ? "/api/v1/tokens/" + id
                : "/api/v1/grants?subject=" + name + "&duty=VIEWER&scope=*";
        assertThat(Api.call().delete(end).statusCode()).isEqualTo(204);

        assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNegative();
    }

    private static int readAll(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return body.readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
