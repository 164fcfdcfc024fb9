package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionPageTest {
    private static final String PREFIX = "/api/v1/namespaces/n/pods/p:8888/proxy";

    @Test
    void a_page_gets_the_memory_that_its_scripts_take_for_granted_and_no_byte_of_it_changes() {
        String html = "<html><HEAD lang=de><title>ö</title></HEAD>";

        String shown = shown(html, "");

        assertThat(shown).startsWith("<html><HEAD lang=de><script>").endsWith("<title>ö</title></HEAD>");
        assertThat(shown("<p>ö", "")).isEqualTo("<p>ö");
    }

    @Test
    void addresses_that_the_api_server_wrote_lead_to_where_it_is_shown() {
        assertThat(shown("<a href=\"" + PREFIX + "/lab\">", PREFIX)).isEqualTo("<a href=\"/base/lab\">");
    }

    @Test
    void addresses_that_begin_as_it_was_told_lead_there_too() {
        List<String> before = List.of(PREFIX + "/muster-session/j", "/muster-session/j", PREFIX);
        String html = "<a href=\"%s/muster-session/j/lab\">{\"baseUrl\": \"/muster-session/j/\"}".formatted(PREFIX);
        assertThat(new String(
                        SessionPage.shown(html.getBytes(StandardCharsets.UTF_8), "/base", before),
                        StandardCharsets.UTF_8))
                .isEqualTo("<a href=\"/base/lab\">{\"baseUrl\": \"/base/\"}");
    }

    @Test
    void what_is_packed_or_is_no_page_is_left_as_it_is() {
        assertThat(SessionPage.is("text/html; charset=utf-8", null)).isTrue();
        assertThat(SessionPage.is("Text/HTML", "identity")).isTrue();
        assertThat(SessionPage.is("text/html", "gzip")).isFalse();
        assertThat(SessionPage.is("application/json", null)).isFalse();
        assertThat(SessionPage.is(null, null)).isFalse();
    }

    private static String shown(String html, String prefix) {
        return new String(
                SessionPage.shown(
                        html.getBytes(StandardCharsets.UTF_8), "/base", prefix.isEmpty() ? List.of() : List.of(prefix)),
                StandardCharsets.UTF_8);
    }
}
