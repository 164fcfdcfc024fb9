package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.PageAnswer;
import dev.muster.cluster.PageRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of pods through an API server that does what Kubernetes' proxy does to addresses, by the real client. */
class PodPagesTest {
    private static final String PROXY = "/api/v1/namespaces/vision/pods/job1-1-driver-0:4040/proxy";
    private static final String STATUS =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":%d}";

    private volatile String asked = "";
    private volatile String context = "";
    private volatile String type = "text/html;charset=utf-8";
    private volatile String body = "";
    private volatile int code = 200;
    private StandIn server;

    @BeforeEach
    void an_api_server() throws IOException {
        server = StandIn.start(exchange -> {
            asked = exchange.getRequestURI().toString();
            context = exchange.getRequestHeaders().getFirst("X-Forwarded-Context");
            exchange.getResponseHeaders().add("Location", "http://10.0.0.7:4040" + PROXY + "/jobs/");
            StandIn.answer(exchange, code, type, body);
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_page_comes_as_the_pod_wrote_it_without_the_api_servers_own_path() {
        body = "<a href=\"" + PROXY + "/base/jobs/\">ö</a>";

        PageAnswer answer = ask("/jobs/?id=1").orElseThrow();

        assertThat(asked).isEqualTo(PROXY + "/jobs/?id=1");
        assertThat(context).isEqualTo("/base");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("<a href=\"/base/jobs/\">ö</a>");
        assertThat(answer.location()).contains("http://10.0.0.7:4040/jobs/");
    }

    @Test
    void what_is_no_page_is_left_as_it_is_and_redirects_are_not_followed() {
        type = "application/json";
        body = "{\"path\":\"" + PROXY + "\"}";
        code = 302;

        PageAnswer answer = ask("/api/v1/applications").orElseThrow();

        assertThat(answer.status()).isEqualTo(302);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(body);
    }

    @Test
    void where_the_pod_does_not_answer_nobody_does() {
        code = 503;
        body = "error trying to reach service: connection refused";
        assertThat(ask("/")).isEmpty();
        code = 404;
        type = "application/json";
        body = STATUS.formatted(404);
        assertThat(ask("/")).as("the pod is gone").isEmpty();
    }

    @Test
    void a_right_that_is_missing_is_named() {
        code = 403;
        type = "application/json";
        body = STATUS.formatted(403);

        assertThatThrownBy(() -> ask("/"))
                .isInstanceOf(ClusterUnavailable.class)
                .hasMessageContaining("get on pods/proxy");
    }

    private Optional<PageAnswer> ask(String path) {
        return new PodPages(server.client())
                .ask("vision", "job1-1-driver-0", new PageRequest(4040, path, Map.of("X-Forwarded-Context", "/base")));
    }
}
