package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From an empty installation to somebody who runs it, by the link in the log; and over the stop of the service and its database. */
class FirstOperatorIT {
    private static final String PASSWORD = "four words are enough";
    private static final Pattern LINK = Pattern.compile("The first operator, ana, chooses .* (http://\\S+link=\\S+)");

    @Test
    void the_first_operator_gets_in_by_a_link_that_works_once_and_is_there_after_a_stop() throws Exception {
        try (ServiceProcess service = ServiceProcess.create()
                .with("muster.access.first-operator", "ana")
                .start()) {
            ProcessHandle database = service.postgres().orElseThrow();
            await().atMost(Duration.ofSeconds(90)).until(() -> !links(service).isEmpty());
            URI link = links(service).get(0);
            assertThat(links(service)).hasSize(1);
            String text = link.getQuery().substring("link=".length());
            assertThat(service.send(HttpRequest.newBuilder(link).build()).body())
                    .contains("Choose a password", "ana");

            assertThat(choose(service, text, "short", "short").statusCode()).isEqualTo(422);
            assertThat(choose(service, text, "ana ana ana ana", "another one there")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(choose(service, "link_" + "A".repeat(43), PASSWORD, PASSWORD)
                            .statusCode())
                    .isEqualTo(401);
            HttpResponse<String> chosen = choose(service, text, PASSWORD, PASSWORD);
            assertThat(chosen.statusCode()).as(chosen.body()).isEqualTo(303);
            String session = cookie(chosen);
            assertThat(get(service, session, "/api/v1/whoami").body()).contains("\"ana\"", "\"OPERATOR\"");
            assertThat(get(service, session, "/api/v1/audit").body()).contains("muster.access.first-operator");
            assertThat(get(service, session, "/ui").statusCode()).isEqualTo(200);

            HttpResponse<String> again = choose(service, text, "four other words, then", "four other words, then");
            assertThat(again.statusCode()).isEqualTo(401);
            assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(service.send(HttpRequest.newBuilder(link).build()).statusCode())
                    .isEqualTo(401);

            service.stop();
            assertThat(database.isAlive()).isFalse();
            assertThat(service.data().resolve("service.json")).doesNotExist();
            assertThat(service.output()).contains("muster stopped in");
            service.start();
            assertThat(service.output()).contains("Successfully applied").contains("up to date");
            assertThat(links(service)).as("none at the second start").hasSize(1);
            assertThat(get(service, session, "/api/v1/whoami").body()).contains("\"ana\"");
        }
    }

    private static List<URI> links(ServiceProcess service) {
        return LINK.matcher(service.output())
                .results()
                .map((MatchResult found) -> URI.create(found.group(1)))
                .toList();
    }

    private static HttpResponse<String> choose(ServiceProcess service, String link, String password, String again)
            throws IOException, InterruptedException {
        String form = "link=%s&password=%s&again=%s".formatted(encoded(link), encoded(password), encoded(again));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.url().resolve(Gate.CHOOSE))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Sec-Fetch-Site", "same-origin")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(ServiceProcess service, String session, String path)
            throws IOException, InterruptedException {
        return service.send(HttpRequest.newBuilder(service.url().resolve(path))
                .header("Cookie", session)
                .header("Accept", "application/json, text/html")
                .build());
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
