package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.postgres.GrantStore;
import dev.muster.postgres.TokenStore;
import dev.muster.rights.Duty;
import dev.muster.rights.GivenGrant;
import dev.muster.rights.Grant;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Scope;
import dev.muster.rights.Subject;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Whatever is not good gets in by no door: REST, its changes, streams, pages, their streams, metrics, the API's document. */
@QuarkusTest
@QuarkusTestResource(value = WithTestIssuer.class, restrictToAnnotatedClass = true)
class DoorsTest {
    private static final String EVENTS = "text/event-stream";
    private static final List<Door> DOORS = List.of(
            new Door("GET", "/api/v1/audit", "application/json"),
            new Door("POST", "/api/v1/tokens", "application/json"),
            new Door("GET", "/api/v1/events", EVENTS),
            new Door("GET", "/ui", "text/html"),
            new Door("GET", "/ui/live", EVENTS),
            new Door("GET", "/q/metrics", "text/plain"),
            new Door("GET", "/q/openapi", "application/yaml"));

    private final HttpClient client = HttpClient.newHttpClient();

    TestIssuer issuer;

    @TestHTTPResource("/")
    URI service;

    @Inject
    TokenStore store;

    @Inject
    GrantStore grants;

    private record Door(String method, String path, String type) {}

    @Test
    void a_good_token_gets_in_by_every_door() throws Exception {
        String token = issuer.sign(issuer.good(auditor()));

        for (Door door : DOORS) {
            assertThat(knock(door, "Authorization", "Bearer " + token).status())
                    .as("%s", door)
                    .isIn(200, 201);
        }
    }

    @Test
    void a_bad_token_of_an_identity_provider_gets_in_by_none() throws Exception {
        List<String> fetched = new CopyOnWriteArrayList<>();
        HttpServer mine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mine.createContext("/", exchange -> {
            fetched.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        mine.start();
        try {
            Map<String, String> bad = BadTokens.of(
                    issuer, auditor(), "http://127.0.0.1:" + mine.getAddress().getPort());
            assertThat(bad).hasSizeGreaterThan(35);
            for (Map.Entry<String, String> token : bad.entrySet()) {
                isRefused(token.getKey(), "Authorization", "Bearer " + token.getValue());
            }
        } finally {
            mine.stop(0);
        }
        assertThat(fetched).as("addresses that a token names").isEmpty();
    }

    @Test
    void a_token_of_ours_that_is_over_gets_in_by_none() throws Exception {
        Subject subject = Subject.parse("d" + UUID.randomUUID());
        grants.give(new GivenGrant(new Grant(subject, Duty.AUDITOR, Scope.EVERYTHING), "test", Instant.EPOCH, null));
        IssuedTokens tokens = new IssuedTokens(store, grants);
        IssuedTokens.New revoked = tokens.issue(subject, "revoked", Narrowing.NONE, Duration.ofDays(1), "test");
        IssuedTokens.New expired = new IssuedTokens(
                        store, grants, InstantSource.fixed(Instant.now().minus(Duration.ofDays(2))))
                .issue(subject, "expired", Narrowing.NONE, Duration.ofDays(1), "test");
        String good = "Bearer " + revoked.text();
        assertThat(knock(DOORS.get(0), "Authorization", good).status()).isEqualTo(200);

        tokens.revoke(revoked.token().id(), "test");

        Map<String, String> all = new LinkedHashMap<>();
        all.put("revoked", good);
        all.put("expired", "Bearer " + expired.text());
        all.put("one letter more", good + "x");
        all.put("one letter other", good.substring(0, good.length() - 1) + (good.endsWith("A") ? "B" : "A"));
        all.put("only how it begins", "Bearer muster_");
        all.put("nothing", "Bearer ");
        all.put("no scheme", revoked.text());
        all.put("another scheme", "Basic " + revoked.text());
        for (Map.Entry<String, String> each : all.entrySet()) {
            isRefused(each.getKey(), "Authorization", each.getValue());
        }
    }

    @Test
    void a_session_that_nobody_opened_gets_in_by_none() throws Exception {
        long later = Instant.now().plus(Duration.ofDays(1)).getEpochSecond();
        for (String session : List.of(
                "person_" + "A".repeat(43),
                "person_",
                later + ".AAAA." + "0".repeat(64),
                later + "..",
                ".",
                "x.y.z",
                issuer.sign(issuer.good(auditor())))) {
            isRefused(session, "Cookie", Gate.COOKIE + "=" + session);
        }
    }

    /** Addresses are kept by browsers, proxies and logs. */
    @Test
    void a_good_token_in_the_address_is_none() throws Exception {
        String token = issuer.sign(issuer.good(auditor()));

        for (Door door : DOORS) {
            for (String name : List.of("access_token", "token", "authorization")) {
                Door asked = new Door(door.method(), door.path() + "?" + name + "=" + token, door.type());
                assertThat(knock(asked, "X-Nothing", "x").status())
                        .as("%s", asked)
                        .isEqualTo(401);
            }
        }
    }

    private void isRefused(String what, String header, String value) throws Exception {
        for (Door door : DOORS) {
            Answer answer = knock(door, header, value);
            assertThat(answer.status())
                    .as("%s at %s: %s", what, door, answer.text())
                    .isEqualTo(401);
            assertThat(answer.text())
                    .as("%s at %s", what, door)
                    .contains(door.type().equals("text/html") ? "Sign in" : "UNAUTHENTICATED")
                    .doesNotContain("muster_", "Exception", "dev.muster.");
        }
    }

    private record Answer(int status, String text) {}

    /** What is let in may be a stream without end: only what is refused is read. */
    private Answer knock(Door door, String header, String value) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(door.path()))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", door.type())
                .header(header, value)
                .header("Origin", service.toString().replaceAll("/+$", ""));
        request = door.method().equals("POST")
                ? request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"label\":\"doors\"}"))
                : request.GET();
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            return new Answer(
                    answer.statusCode(),
                    answer.statusCode() < 400 ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Map<String, Object> auditor() {
        return Map.of("preferred_username", "doors", "realm_access", Map.of("groups", List.of("/audit")));
    }
}
