package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PageAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownPageTest {
    private static final String BASE = "/job-pages/ticket";

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.7:4040/jobs/, /job-pages/ticket/jobs/",
        "/jobs/?id=1, /job-pages/ticket/jobs/?id=1",
        "/job-pages/ticket/jobs/, /job-pages/ticket/jobs/",
        "https://evil.example, /job-pages/ticket/",
        "//evil.example/x, /job-pages/ticket/x",
        "/job-pages/ticketx/jobs/, /job-pages/ticket/job-pages/ticketx/jobs/",
        "jobs/, /job-pages/ticket/jobs/"
    })
    void wherever_it_leads_is_below_its_own_address(String location, String shown) {
        assertThat(page("text/html", "", location).location()).isEqualTo(shown);
    }

    @Test
    void pages_get_a_storage_and_all_else_is_left_as_it_is() {
        String html = "<!DOCTYPE html><html>\n<head a=\"b\"><title>x</title></head></html>";

        assertThat(text(page("text/html;charset=utf-8", html, null)))
                .startsWith("<!DOCTYPE html><html>\n<head a=\"b\"><script>")
                .contains("localStorage")
                .endsWith("</script><title>x</title></head></html>");
        assertThat(text(page("application/json", html, null))).isEqualTo(html);
        assertThat(text(page("text/html", "<p>ö", null))).isEqualTo("<p>ö");
    }

    private static ShownPage page(String type, String body, String location) {
        return ShownPage.of(
                new PageAnswer(200, type, Optional.ofNullable(location), body.getBytes(StandardCharsets.UTF_8)), BASE);
    }

    private static String text(ShownPage page) {
        return new String(page.body(), StandardCharsets.UTF_8);
    }
}
