package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that a stranger chose, where somebody else reads them: in pages, in files for spreadsheets, in the log. */
@QuarkusTest
class InjectionTest {
    private static final String SCRIPT =
            "<img src=x onerror=alert(1)>\"'</script><script>alert(2)</script>{{7*7}}{#if}";

    @Test
    void what_a_job_is_told_is_text_on_every_page_that_shows_it() {
        String team = Api.newTeam();
        String hostile = SCRIPT.replace("\"", "\\\"");
        String job = Api.call()
                .body("""
                        {"metadata":{"name":"plain","annotations":{"note":"%1$s"}},
                         "spec":{"notBefore":"2150-01-01T00:00:00Z","roles":[{"name":"w","resources":{"cpu":"1"},
                          "command":["%1$s"],"args":["%1$s"],"env":{"A":"%1$s"}}]}}""".formatted(hostile))
                .post(Api.JOBS, team)
                .then()
                .statusCode(201)
                .extract()
                .path("metadata.id");
        Api.call()
                .body("{\"subject\":\"ana\",\"duty\":\"VIEWER\",\"scope\":\"team/%s\",\"why\":\"%s\"}"
                        .formatted(team, hostile))
                .post("/api/v1/grants")
                .then()
                .statusCode(201);

        for (String page : new String[] {
            "/ui",
            "/ui/jobs?team=" + team,
            "/ui/jobs/" + job,
            "/ui/audit?team=" + team,
            "/ui/audit?name=ana",
            "/ui/jobs?name=%3Cscript%3Ealert(2)%3C/script%3E",
            "/ui/audit?actor=%22%3E%3Cscript%3Ealert(2)%3C/script%3E",
            "/ui/usage?by=%3Cscript%3Ealert(2)%3C/script%3E",
            "/ui/jobs/%3Cimg%20onerror=alert(1)%3E"
        }) {
            assertThat(Api.call().urlEncodingEnabled(false).get(page).asString())
                    .as(page)
                    .doesNotContain("<img src=x", "<img onerror", "<script>alert", "onerror=alert(1)>");
        }
        assertThat(Api.call().get("/ui/audit?name=ana").asString()).contains("&lt;img src=x", "{{7*7}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<b>", "a b", "=1+1", "-x", "@x", "a\u202eb", "a\u001b[31mb", "a\r\nb", "\uFF1Dx", "a/b", ".."})
    void a_name_is_a_name(String name) {
        String team = Api.newTeam();

        assertThat(Api.call()
                        .body(Api.quoted(Api.waiting("NAME"))
                                .replace("NAME", name.replace("\r\n", "\\r\\n").replace("\u001b", "\\u001b")))
                        .post(Api.JOBS, team)
                        .statusCode())
                .isIn(400, 422);
        assertThat(Api.count(team)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\uFF1D1", "\uFF0B1", "\uFF0D1", "\uFF201"})
    void a_text_that_a_spreadsheet_would_run_is_text_in_the_exported_record(String formula) {
        String name = "c" + UUID.randomUUID().toString().substring(0, 8);
        Api.call()
                .body("{\"subject\":\"%s\",\"duty\":\"VIEWER\",\"scope\":\"*\",\"why\":\"%s,\\\"\"}"
                        .formatted(name, formula))
                .post("/api/v1/grants")
                .then()
                .statusCode(201);

        String csv = Api.call().get("/api/v1/audit?format=csv&name=" + name).asString();

        assertThat(csv).contains("\"'" + formula + ",\"\"\"").doesNotContain(",\"" + formula, "," + formula);
        Api.call().delete("/api/v1/grants?subject=" + name + "&duty=VIEWER&scope=*");
    }
}
