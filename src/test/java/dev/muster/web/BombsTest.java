package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.problem.MusterException;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small texts that would like to become large, deep or slow: each is refused with a problem, and nothing else happens. */
@QuarkusTest
class BombsTest {
    @TestHTTPResource("/")
    URI service;

    static Stream<String> bodies() {
        return Stream.of(
                "[".repeat(200_000),
                "{\"a\":".repeat(200_000),
                "{\"metadata\":" + "{\"labels\":".repeat(100) + "1" + "}".repeat(101),
                "{" + fields(200_000, "\"f%d\":1") + "}",
                "{\"metadata\":{\"labels\":{" + fields(100_000, "\"f%d\":\"v\"") + "}}}",
                "{\"metadata\":{\"name\":" + "1".repeat(1_000_000) + "}}",
                "{\"metadata\":{\"name\":\"" + "x".repeat(2_000_000) + "\"}}",
                "{\"metadata\":{\"name\":\"\\u0000\"}}",
                "{\"metadata\":{\"name\":\"x\"},\"metadata\":{\"name\":\"y\"}}",
                "{\"spec\":{\"roles\":[" + "{},".repeat(100_000) + "{}]}}",
                "{\"spec\":{\"roles\":{" + fields(100_000, "\"f%d\":1") + "}}}",
                "NaN",
                "{\"spec\":{\"roles\":[{\"name\":\"w\",\"count\":1e999999999}]}}",
                "\uFEFF{}",
                "");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_that_would_become_large_is_refused(String body) {
        HttpResponse<String> answer = Api.post(service, "/api/v1/teams/" + team() + "/jobs", bytes(body));

        assertRefused(answer);
    }

    /** Each of them is a number with a handful of digits and a billion of zeros. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "1e-999999999",
                "\"1e999999999\"",
                "\"1e-999999999\"",
                "\"1e999999999Gi\"",
                "\"9e2147483647\"",
                "\"0.0000000001e999999999\"",
                "1e99999999999999999999",
                "\"\u0661e9\"",
                "-1e999999999"
            })
    void a_number_with_a_huge_exponent_is_refused(String number) {
        String job = "{\"spec\":{\"roles\":[{\"name\":\"w\",\"resources\":{\"cpu\":%s,\"memory\":%s}}]}}";
        String pool = "{\"spec\":{\"nodes\":1,\"resources\":{\"cpu\":\"1\"},\"price\":%s}}";
        String queue = "{\"spec\":{\"capability\":{\"cpu\":%s},\"weight\":%s}}";

        assertRefused(Api.post(service, "/api/v1/teams/" + team() + "/jobs", bytes(job.formatted(number, number))));
        assertThat(Api.call()
                        .body(pool.formatted(number))
                        .put("/api/v1/pools/bomb")
                        .statusCode())
                .isIn(400, 422);
        assertThat(Api.call()
                        .body(queue.formatted(number, number))
                        .put("/api/v1/queues/bomb")
                        .statusCode())
                .isIn(400, 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usage?from=-999999999-01-01T00:00:00Z",
                "audit?from=-999999999-01-01T00:00:00Z",
                "audit?to=%2B999999999-12-31T23:59:59Z",
                "recording?from=-999999999-01-01T00:00:00Z",
                "recording?to=%2B999999999-12-31T23:59:59Z",
                "teams/-/jobs?pageSize=99999999999999999999",
                "teams/-/jobs?filter=name~%00",
                "teams/-/jobs?filter=label.x=%00",
                "audit?actor=%00",
                "events?pageToken=AAAA",
                "events?pageSize=-1"
            })
    void a_parameter_beyond_all_bounds_is_refused(String call) {
        assertThat(Api.call().urlEncodingEnabled(false).get("/api/v1/" + call).statusCode())
                .as(call)
                .isEqualTo(400);
    }

    /** What would be slow with an expression that goes back and forth over the text. */
    @ParameterizedTest
    @MethodSource("filters")
    void a_filter_is_read_once_from_left_to_right(String filter) {
        assertThat(Api.call()
                        .queryParam("filter", filter)
                        .get("/api/v1/teams/-/jobs")
                        .statusCode())
                .isIn(200, 400, 414);
    }

    static Stream<String> filters() {
        return Stream.of(
                "name~" + "a".repeat(1_900) + "!",
                "label." + "a.".repeat(900) + "=x",
                "name=" + "*".repeat(1_900),
                "name~" + "%_".repeat(900),
                "state=" + "QUEUED,".repeat(270) + "X",
                " ".repeat(1_999) + "=",
                "name=a ".repeat(280),
                "=".repeat(1_999));
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(MusterException.shown(answer.body())).isIn(400, 413, 422);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .hasSizeLessThan(100_000)
                .doesNotContain("Exception", "jackson", "dev.muster", "java.", "READ_", "ALLOW_");
    }

    private static String team() {
        return Api.newTeam();
    }

    private static String fields(int count, String each) {
        return IntStream.range(0, count).mapToObj(each::formatted).collect(Collectors.joining(","));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
