package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.problem.MusterException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/../b",
                "/a/..",
                "/./a",
                "/a/%2e%2e/b",
                "/a/%2E./b",
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a\\b",
                "/a;x=1/b",
                "/a%3bx",
                "/a%252e",
                "/a%25",
                "/%00",
                "/%0d%0aX:1",
                "/%7f",
                "/%c3%bc",
                "/%",
                "/%1",
                "/%zz",
                "/\u0131",
                "/a?b=%00",
                "/a?b=x&%00=1"
            })
    void what_two_layers_could_read_differently_is_refused(String uri) {
        assertThatThrownBy(() -> SentPath.refuseOdd(uri)).isInstanceOf(MusterException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "*",
                "",
                "/api/v1/teams/-/jobs?filter=label.a%2Fb%3Dc%25&x=..;%5C",
                "/api/v1/clock%3Arun",
                "/api/v1/accounts/ana%40example.com",
                "/ui/jobs/%3Cscript%3E",
                "/a..b/...",
                "/api//v1"
            })
    void what_is_meant_as_it_is_written_passes(String uri) {
        assertThatCode(() -> SentPath.refuseOdd(uri)).doesNotThrowAnyException();
    }
}
