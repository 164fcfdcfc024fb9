package dev.muster.access;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A Keycloak of its own, with its data in memory, on a free port of the loopback address. */
final class KeycloakProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String ADMIN = "admin-of-this-test";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String url;
    private final Path output;
    private final Process process;

    /** {@code home} is an unpacked distribution. */
    KeycloakProcess(Path home) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = "http://127.0.0.1:" + free.getLocalPort();
            output = Files.createTempFile("keycloak", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        URI address = URI.create(url);
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--cache=local",
                        "--http-host=" + address.getHost(),
                        "--http-port=" + address.getPort())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The issuer of a realm. */
    String realm(String name) {
        return url + "/realms/" + name;
    }

    void awaitStart() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("Keycloak has ended:\n" + Files.readString(output));
            }
            try {
                return get(realm("master")) == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Makes a realm as its JSON says. */
    void make(String json) throws IOException, InterruptedException {
        HttpResponse<String> made = admin("realms", "POST", json);
        if (made.statusCode() != 201) {
            throw new IllegalStateException("Keycloak makes no realm: %d %s".formatted(made.statusCode(), made.body()));
        }
    }

    /** Ends all sessions of a person, as an administrator does, or the person elsewhere. */
    void signOut(String realm, String person) throws IOException, InterruptedException {
        String found = admin("realms/%s/users?exact=true&username=%s".formatted(realm, person), "GET", "")
                .body();
        String id = new ObjectMapper().readTree(found).path(0).path("id").asText();
        HttpResponse<String> out = admin("realms/%s/users/%s/logout".formatted(realm, id), "POST", "");
        if (out.statusCode() != 204) {
            throw new IllegalStateException("Keycloak signs nobody out: %d %s".formatted(out.statusCode(), out.body()));
        }
    }

    /** A token for a person of a realm, by a client that takes passwords. */
    String token(String realm, String client, String person) throws IOException, InterruptedException {
        return token(realm, client, person, KeycloakRealm.PASSWORD);
    }

    private String token(String realm, String client, String person, String password)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(realm(realm) + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "grant_type=password&scope=openid&client_id=%s&username=%s&password=%s"
                                        .formatted(client, person, password.replace(' ', '+'))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String text =
                new ObjectMapper().readTree(answer.body()).path("access_token").asText();
        if (text.isEmpty()) {
            throw new IllegalStateException("Keycloak gives no token: " + answer.body());
        }
        return text;
    }

    private HttpResponse<String> admin(String path, String method, String json)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url + "/admin/" + path))
                        .header("Authorization", "Bearer " + token("master", "admin-cli", ADMIN, ADMIN))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
            Files.deleteIfExists(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int get(String address) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
