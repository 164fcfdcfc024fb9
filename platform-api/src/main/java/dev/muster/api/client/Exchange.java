package dev.muster.api.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.api.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request and its answer: adds the token, repeats what may be repeated, makes exceptions of problems. */
final class Exchange {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Duration UPLOAD = Duration.ofMinutes(30);
    /** Refusals before anything was done, or of a service that is only away for a moment. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    /** Nothing that we ask for is this long; more is not read. */
    private static final int LONGEST_PROBLEM = 1 << 20;

    private final URI server;
    private final @Nullable String token;
    private final Retries retries;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Exchange(URI server, @Nullable String token, Retries retries) {
        this.server = server;
        this.token = token;
        this.retries = retries;
    }

    Call call(String method, Query path) {
        return new Call(method, path);
    }

    /** A request being put together. */
    final class Call {
        private final String method;
        private final HttpRequest.Builder request;
        private boolean repeatable;
        private Duration limit = ANSWER;
        private HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();

        private Call(String method, Query path) {
            this.method = method;
            this.repeatable = method.equals("GET");
            String base = server.toString().replaceAll("/+$", "");
            request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path));
            request.header("Accept", "application/json, application/problem+json");
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
        }

        Call header(String name, @Nullable String value) {
            if (value != null) {
                request.setHeader(name, value);
            }
            return this;
        }

        Call body(Object value) {
            request.header("Content-Type", "application/json");
            body = HttpRequest.BodyPublishers.ofByteArray(bytes(value));
            return this;
        }

        /** The file itself; how long it may take to send is the network's affair. */
        Call body(Path file) throws FileNotFoundException {
            request.header("Content-Type", "application/octet-stream");
            body = HttpRequest.BodyPublishers.ofFile(file);
            limit = UPLOAD;
            return this;
        }

        /** Says that doing it twice is doing it once. */
        Call repeatable() {
            repeatable = true;
            return this;
        }

        <T> T as(Class<T> type) {
            return as(mapper().constructType(type));
        }

        <T> T as(JavaType type) {
            HttpResponse<InputStream> answer = open(limit);
            try (InputStream in = answer.body()) {
                return mapper().readValue(in, type);
            } catch (JsonProcessingException e) {
                throw new ProblemException(
                        foreign(answer.statusCode(), "no JSON as expected: " + e.getOriginalMessage()));
            } catch (IOException e) {
                throw new Unreachable(server, e);
            }
        }

        /** The answer as it is. */
        String text() {
            try (InputStream in = open(limit).body()) {
                return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new Unreachable(server, e);
            }
        }

        /** Where the answer leads on to. */
        String location() {
            HttpResponse<InputStream> answer = open(limit);
            try (InputStream in = answer.body()) {
                in.readNBytes(LONGEST_PROBLEM);
                return answer.headers()
                        .firstValue("Location")
                        .orElseThrow(() -> new ProblemException(foreign(answer.statusCode(), "it leads nowhere")));
            } catch (IOException e) {
                throw new Unreachable(server, e);
            }
        }

        void done() {
            try (InputStream in = open(limit).body()) {
                in.readNBytes(LONGEST_PROBLEM);
            } catch (IOException e) {
                throw new Unreachable(server, e);
            }
        }

        /** The answer with its body unread; {@code bound} bounds the wait for its head. */
        HttpResponse<InputStream> open(Duration bound) {
            HttpRequest made = request.method(method, body).timeout(bound).build();
            for (int tried = 1; ; tried++) {
                boolean last = tried >= retries.tries();
                try {
                    HttpResponse<InputStream> answer = http.send(made, BodyHandlers.ofInputStream());
                    if (answer.statusCode() < 400) {
                        return answer;
                    }
                    Problem problem = problem(answer);
                    boolean again = repeatable && PASSING.contains(answer.statusCode());
                    if (last || !again) {
                        throw new ProblemException(problem);
                    }
                    pause(pauseAfter(tried, problem.retryAfterSeconds()));
                } catch (ConnectException e) {
                    // Nothing was sent, so anything may be sent again.
                    if (last) {
                        throw new Unreachable(server, e);
                    }
                    pause(retries.after(tried));
                } catch (IOException e) {
                    if (last || !repeatable) {
                        throw new Unreachable(server, e);
                    }
                    pause(retries.after(tried));
                } catch (InterruptedException e) {
                    throw interrupted();
                }
            }
        }
    }

    private Duration pauseAfter(int tried, @Nullable Integer asked) {
        Duration ours = retries.after(tried);
        if (asked == null) {
            return ours;
        }
        Duration theirs = Duration.ofSeconds(Math.max(0, asked));
        Duration longer = theirs.compareTo(ours) > 0 ? theirs : ours;
        return longer.compareTo(retries.longest()) > 0 ? retries.longest() : longer;
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static UncheckedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new UncheckedIOException(new InterruptedIOException("Interrupted while talking to the service"));
    }

    URI server() {
        return server;
    }

    static JsonMapper mapper() {
        return Json.mapper();
    }

    private static byte[] bytes(Object value) {
        try {
            return mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Problem problem(HttpResponse<InputStream> answer) throws IOException {
        byte[] body;
        try (InputStream in = answer.body()) {
            body = in.readNBytes(LONGEST_PROBLEM);
        }
        try {
            Problem problem = mapper().readValue(body, Problem.class);
            if (problem != null && problem.code() != null) {
                return problem;
            }
        } catch (IOException e) {
            // Not ours: a proxy's page, perhaps. Its beginning says more than nothing.
        }
        return foreign(answer.statusCode(), new String(body, StandardCharsets.UTF_8).strip());
    }

    private static Problem foreign(int status, String text) {
        String shown = text.length() > 300 ? text.substring(0, 300) + "…" : text;
        String detail = shown.isEmpty() ? "The answer has no text" : shown;
        return new Problem(
                "about:blank", "HTTP " + status, status, detail, null, "HTTP_" + status, null, null, null, null);
    }
}
