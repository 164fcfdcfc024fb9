package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodDoor;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionHeadersTest {
    private static final String BASE = "/job-sessions/t";
    private static final List<String> BEFORE = new Forwarding.Way(
                    new PodDoor(
                            URI.create("https://10.0.0.1/api/v1/namespaces/n/pods/p:8888/proxy"), Map.of(), null, null),
                    "/muster-session/j",
                    "/",
                    BASE)
            .before();

    @Test
    void a_pod_hears_nothing_of_who_somebody_is_and_nothing_of_one_connection() {
        MultiMap sent = MultiMap.caseInsensitiveMultiMap()
                .add("Authorization", "Bearer secret")
                .add("Cookie", "muster-session=secret")
                .add("Proxy-Authorization", "Basic secret")
                .add("Origin", "null")
                .add("Referer", "https://muster/ui/secret")
                .add("X-Forwarded-For", "10.0.0.1")
                .add("Sec-Fetch-Site", "cross-site")
                .add("Connection", "close, X-Hidden")
                .add("X-Hidden", "1")
                .add("Upgrade", "h2c")
                .add("HTTP2-Settings", "x")
                .add("Transfer-Encoding", "chunked")
                .add("Content-Length", "3")
                .add("TE", "trailers")
                .add("Content-Type", "text/plain")
                .add("X-Own", "kept")
                .add("Sec-WebSocket-Key", "k");
        MultiMap to = MultiMap.caseInsensitiveMultiMap();

        SessionHeaders.ask(sent, to, BASE);

        assertThat(to.names())
                .containsExactlyInAnyOrder(
                        "Content-Type", "X-Own", "Sec-WebSocket-Key", "X-Forwarded-Prefix", "X-Forwarded-Context");
        assertThat(to.toString()).doesNotContain("secret");
    }

    @Test
    void an_answer_sets_no_cookie_of_our_origin_and_loosens_nothing_that_browsers_are_told() {
        MultiMap answered = MultiMap.caseInsensitiveMultiMap()
                .add("Set-Cookie", "muster-session=forged; Path=/")
                .add("Content-Security-Policy", "default-src *")
                .add("Access-Control-Allow-Origin", "https://evil.example")
                .add("Access-Control-Allow-Credentials", "true")
                .add("Clear-Site-Data", "\"*\"")
                .add("Strict-Transport-Security", "max-age=1")
                .add("Service-Worker-Allowed", "/")
                .add("X-Frame-Options", "ALLOWALL")
                .add("WWW-Authenticate", "Basic realm=\"your password\"")
                .add("Transfer-Encoding", "chunked")
                .add("Content-Length", "7")
                .add("Content-Type", "text/html")
                .add("X-Total-Count", "7");
        MultiMap to = MultiMap.caseInsensitiveMultiMap();

        SessionHeaders.answer(answered, to, "/", BASE, List.of());

        assertThat(to.names()).containsExactlyInAnyOrder("Content-Type", "X-Total-Count");
    }

    @ParameterizedTest
    @CsvSource({
        "/login, /job-sessions/t/login",
        "http://127.0.0.1:8888/login?next=/a, /job-sessions/t/login?next=/a",
        "https://evil.example/steal, /job-sessions/t/steal",
        "//evil.example/steal, /job-sessions/t/steal",
        "\\\\evil.example\\steal, /job-sessions/t/steal",
        "/\\evil.example, /job-sessions/t/",
        "javascript:alert(1), /job-sessions/t/alert(1)",
        "next, /job-sessions/t/lab/next",
        "?page=2, /job-sessions/t/lab/tree?page=2",
        "../../../../api/v1/pools, /job-sessions/t/api/v1/pools",
        "/%2e%2e/%2E./ui, /job-sessions/t/ui",
        "/api/v1/namespaces/n/pods/p:8888/proxy/lab, /job-sessions/t/lab",
        "/muster-session/j/lab?a, /job-sessions/t/lab?a",
        "/muster-session/j?a, /job-sessions/t/?a",
        "/muster-session/jj/lab, /job-sessions/t/muster-session/jj/lab",
        "/api/v1/namespaces/n/pods/p:8888/proxy/muster-session/j/lab, /job-sessions/t/lab",
        "/job-sessions/t/lab, /job-sessions/t/lab",
        "/job-sessions/t/../other/, /job-sessions/t/job-sessions/other/"
    })
    void wherever_it_leads_is_below_its_own_address(String location, String shown) {
        assertThat(SessionHeaders.below(location, "/lab/tree?page=1", BASE, BEFORE))
                .isEqualTo(shown);
    }
}
