package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a real browser, on the packaged service with work going on. The console must have nothing to complain about. */
@ExtendWith(Stage.class)
class BrowserIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HELLO = "for i in 1 2 3; do echo line $i; sleep 1; done";

    /** What sticks out of the window. */
    private static final String TOO_WIDE = """
            [...document.querySelectorAll('body *')]
              .filter(e => !e.parentElement.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 0.5)
              .map(e => e.tagName + '.' + e.getAttribute('class')).join(' ')""";

    private static ServiceProcess service;
    private static Browser browser;
    private static Map<String, String> things;

    @BeforeAll
    static void a_service_with_a_team_and_a_browser_that_is_signed_in() throws Exception {
        service = Stage.service();
        Stage.put("queues/web", "{'spec':{'deserved':{'cpu':'4'},'capability':{'cpu':'8'}}}");
        Stage.put("teams/web", "{'spec':{'queue':'web'}}");
        Stage.put(
                "teams/web/templates/base",
                "{'spec':{'description':'what all of web have','job':{'maxRunTime':'1h'},'locked':['/maxRunTime']}}");
        browser = Browser.open(Stage.chromium());
        browser.look(1440, 900, "light");
        String link = Stage.post("/api/v1/ui-links", "").path("url").asText();
        browser.visit(link);
        sees("location.pathname == '/ui'");
    }

    @AfterAll
    static void the_browser_ends() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void a_wide_window() {
        browser.scripts(true);
        browser.look(1440, 900, "light");
    }

    @Test
    void the_overview_shows_what_happens_without_being_loaded_again() throws Exception {
        open("/ui");
        browser.evaluate("window.stays = true");
        String job = run("seen-live", "true");

        sees("[...document.querySelectorAll('.feed a')].some(a => a.href.endsWith('" + job + "'))");
        sees("document.querySelector('#n-SUCCEEDED b').textContent != '0'");
        sees("window.stays === true");
        complainsOfNothing();
    }

    @Test
    void rows_do_not_jump_and_a_newer_job_is_announced() throws Exception {
        String first = run("stays-first", "sleep 3");
        open("/ui/jobs?name=stays");
        String second = run("stays-second", "true");

        sees("!document.getElementById('newer').hidden");
        assertThat(browser.evaluate("document.querySelector('#rows tr').id").asText())
                .isEqualTo("j-" + first);
        sees("document.querySelector('#j-" + first + " .state').textContent.trim() == 'Succeeded'");
        browser.evaluate("document.querySelector('#newer a').click()");
        sees("document.querySelector('#rows tr')?.id == 'j-" + second + "'");
        complainsOfNothing();
    }

    @Test
    void output_is_followed_and_the_state_follows_too() throws Exception {
        String job = run("hello", HELLO);
        open("/ui/jobs/" + job);

        sees("document.getElementById('log')?.textContent.includes('line 3')");
        sees("document.querySelector('h1 .state').textContent.trim() == 'Succeeded'");
        assertThat(browser.evaluate("document.getElementById('log').textContent")
                        .asText())
                .isEqualTo("line 1\nline 2\nline 3\n");
        complainsOfNothing();
    }

    @Test
    void a_job_is_cancelled_by_two_deliberate_clicks() throws Exception {
        String job = run("endless", "sleep 600");
        open("/ui/jobs/" + job);
        sees("document.querySelector('h1 .state').textContent.trim() == 'Running'");

        browser.evaluate("document.querySelector('#a-cancel summary').click()");
        browser.evaluate("document.querySelector('#a-cancel form button').click()");

        sees("document.querySelector('h1 .state')?.textContent.trim() == 'Cancelled'");
        complainsOfNothing();
    }

    @Test
    void a_session_is_opened_from_its_page_and_ended_there() throws Exception {
        String job = session("notebook");
        String row = "document.querySelector('#s-" + job + "')";
        open("/ui/jobs/" + job);
        sees("/^[0-9]+\\s$/.test(document.getElementById('log')?.textContent)");
        try (Notebook notebook = Notebook.at(
                browser.evaluate("document.getElementById('log').textContent").asText())) {
            open("/ui/sessions");
            sees(row + ".textContent.includes('not yet')");
            open(browser.evaluate(row + ".querySelector('a.button').getAttribute('href')")
                    .asText());
            sees("document.body.innerText.includes('" + notebook.heading() + "')");
            open("/ui/sessions");
            sees("!" + row + ".textContent.includes('not yet') && " + row + ".textContent.includes(' ago')");
            browser.evaluate(row + ".querySelector('summary').click()");
            browser.evaluate(row + ".querySelector('form button').click()");
            sees("document.querySelector('h1 .state')?.textContent.trim() == 'Cancelled'");
        }
        open("/ui/sessions");
        sees("!" + row);
        complainsOfNothing();
    }

    @Test
    void a_page_is_read_without_scripts() throws Exception {
        String job = run("plain", "echo read without scripts");
        open("/ui/jobs/" + job);
        sees("document.getElementById('log')?.textContent.includes('read without')");
        browser.scripts(false);
        browser.visit(service.url().resolve("/ui/jobs/" + job).toString());

        assertThat(browser.evaluate("document.getElementById('live').hidden").asBoolean())
                .as("no script runs")
                .isTrue();
        assertThat(browser.evaluate("document.getElementById('log').innerText").asText())
                .contains("read without scripts");
        assertThat(browser.evaluate("document.querySelector('h1').innerText").asText())
                .contains("plain");
        complainsOfNothing();
    }

    @ParameterizedTest
    @CsvSource({"360, light", "360, dark", "820, dark", "1440, light", "2560, dark"})
    void every_page_fits_its_window_and_its_text_can_be_read(int width, String scheme) throws Exception {
        String job = run("fits", HELLO);
        List<String> violations = new ArrayList<>();
        List<String> pages = new ArrayList<>(EveryPage.with(
                things(job), Map.of("/ui/scaling", "?team=web&name=fits", "/ui/compare", "?job=" + job)));
        pages.add("/ui/nowhere");
        for (String path : pages) {
            browser.look(width, 900, scheme);
            open(path);
            keep(path.replace(job, "job").replaceAll("[?].*|/r-.*", ""), width, scheme);
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .as("width of %s: %s", path, browser.evaluate(TOO_WIDE))
                    .isLessThanOrEqualTo(width);
            assertThat(browser.evaluate(Contrast.SCRIPT))
                    .as("too pale on %s, %s", path, scheme)
                    .isEmpty();
            for (String violation : Axe.violations(browser)) {
                violations.add(path.replace(job, "job") + ": " + violation);
            }
        }
        assertThat(violations).isEmpty();
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("/ui/nowhere"));
        browser.forgive();
    }

    @Test
    void the_theme_that_was_chosen_is_kept() throws Exception {
        open("/ui");
        browser.evaluate("document.getElementById('theme').click()");
        open("/ui/jobs");

        assertThat(browser.evaluate("document.documentElement.dataset.theme").asText())
                .isEqualTo("dark");
        browser.evaluate("localStorage.clear()");
        complainsOfNothing();
    }

    /** One of everything, with this job. */
    private static Map<String, String> things(String job) {
        if (things == null) {
            Stage.put(
                    "schedules/web",
                    "{'spec':{'cron':'0 3 * * *','team':'web','job':{'spec':{'roles':[{'name':'w','resources':{'cpu':'1'}}]}}}}");
            things = Stage.things("web");
            session("a-notebook-whose-name-is-as-long-as-names-of-jobs-may-ever-beco");
        }
        Map<String, String> all = new HashMap<>(things);
        all.put("job", job);
        return all;
    }

    /** For who wants to see what the pages look like: {@code target/screenshots}. */
    private static void keep(String path, int width, String scheme) throws IOException {
        Path file = Path.of(
                "target",
                "screenshots",
                "%s-%d-%s.png".formatted(path.substring(1).replace('/', '-'), width, scheme));
        Files.createDirectories(file.getParent());
        Files.write(file, browser.picture(true));
    }

    private static void open(String path) {
        browser.visit(service.url().resolve(path).toString());
    }

    /** Waits until the expression is true in the page. */
    private static void sees(String expression) {
        await(expression)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> browser.evaluate(expression).asBoolean());
    }

    private static void complainsOfNothing() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static String session(String name) {
        return Stage.post(
                        "/api/v1/teams/web/jobs",
                        "{'metadata':{'name':'%s'},'spec':{'interactive':{'port':8888},'roles':[{'name':'main','command':['sh','-c','%s'],'resources':{'cpu':'100m'}}]}}"
                                .formatted(name, Notebook.COMMAND))
                .path("metadata")
                .path("id")
                .asText();
    }

    private static String run(String name, String script) {
        return Stage.post(
                        "/api/v1/teams/web/jobs",
                        "{'metadata':{'name':'%s'},'spec':{'roles':[{'name':'main','command':['sh','-c','%s'],'resources':{'cpu':'100m'}}]}}"
                                .formatted(name, script))
                .path("metadata")
                .path("id")
                .asText();
    }
}
