package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page by Tab, Enter and Escape alone, in a real browser. */
@ExtendWith(Stage.class)
class KeyboardIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What somebody with a keyboard must reach, in the order of the page; what is folded up or scrolled along with its table is reached later. */
    private static final String REACHABLE = """
            window.meant = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
              .filter(e => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }));
            window.meant.length""";

    /** Where the focus is: its number among those, whether one sees it, and what it is. */
    private static final String FOCUSED = """
            (() => {
              const e = document.activeElement;
              const style = getComputedStyle(e);
              const box = e.getBoundingClientRect();
              return {
                at: window.meant.indexOf(e),
                seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && box.width > 0 && box.height > 0,
                parts: (e.type ?? '').startsWith('date'),
                what: e.tagName + ' ' + (e.id || e.getAttribute('href') || e.getAttribute('aria-label') || e.textContent).trim().slice(0, 60),
                away: e === document.body
              };
            })()""";

    private static ServiceProcess service;
    private static Browser browser;
    private static List<String> pages;

    @BeforeAll
    static void a_service_with_something_on_every_page_and_a_browser_that_is_signed_in() throws Exception {
        service = Stage.service();
        Stage.put("queues/keys", "{'spec':{'deserved':{'cpu':'4'}}}");
        Stage.put("teams/keys", "{'spec':{'queue':'keys'}}");
        Stage.put(
                "schedules/keys",
                "{'spec':{'cron':'0 3 * * *','team':'keys','job':{'spec':{'roles':[{'name':'w','resources':{'cpu':'1'}}]}}}}");
        Map<String, String> things = Stage.things("keys");
        pages = EveryPage.with(
                things, Map.of("/ui/scaling", "?team=keys&name=keys", "/ui/compare", "?job=" + things.get("job")));
        browser = Browser.open(Stage.chromium());
        browser.look(1440, 900, "light");
        browser.visit(Stage.post("/api/v1/ui-links", "").path("url").asText());
        sees("location.pathname == '/ui'");
    }

    @AfterAll
    static void the_browser_ends() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void tab_reaches_everything_on_every_page_in_its_order_and_one_sees_where_it_is() {
        List<String> wrong = new ArrayList<>();
        for (String page : pages) {
            still(page);
            int all = browser.evaluate(REACHABLE).asInt();
            assertThat(all).as(page).isGreaterThan(5);
            int last = -1;
            for (int i = 0; i < Math.min(all, 120); i++) {
                JsonNode focus = tabbed();
                // A field for a time has a stop for each of its parts.
                for (int part = 0;
                        part < 12
                                && focus.path("at").asInt() == last
                                && focus.path("parts").asBoolean();
                        part++) {
                    focus = tabbed();
                }
                if (focus.path("at").asInt() != last + 1 || !focus.path("seen").asBoolean()) {
                    wrong.add("%s: after %d came %s".formatted(page, last, focus));
                    break;
                }
                last = focus.path("at").asInt();
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_first_tab_offers_to_skip_to_the_content() {
        for (String page : pages) {
            still(page);
            browser.press("Tab");
            assertThat(browser.evaluate("document.activeElement.className").asText())
                    .as(page)
                    .isEqualTo("skip");
            assertThat(browser.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
                            .asBoolean())
                    .as("it is seen on %s", page)
                    .isTrue();
            browser.press("Enter");
            assertThat(browser.evaluate("document.activeElement.id").asText())
                    .as(page)
                    .isEqualTo("main");
        }
    }

    @Test
    void what_asks_whether_one_is_sure_opens_by_enter_and_escape_closes_it_where_one_was() {
        String job = Stage.post(
                        "/api/v1/teams/keys/jobs",
                        "{'metadata':{'name':'sure'},'spec':{'notBefore':'2100-01-01T00:00:00Z','roles':[{'name':'w','resources':{'cpu':'1'}}]}}")
                .path("metadata")
                .path("id")
                .asText();
        still("/ui/jobs/" + job);
        browser.evaluate("document.querySelector('#a-cancel summary').focus()");
        browser.press("Enter");
        assertThat(browser.evaluate(
                                "document.querySelector('#a-cancel details, #a-cancel').matches('[open], :has([open])')")
                        .asBoolean())
                .isTrue();
        browser.press("Tab");
        assertThat(browser.evaluate("document.querySelector('#a-cancel').contains(document.activeElement)")
                        .asBoolean())
                .isTrue();
        browser.press("Escape");
        assertThat(browser.evaluate("document.querySelectorAll('.sure[open]').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.activeElement.matches('#a-cancel summary')")
                        .asBoolean())
                .as("the focus is back where it came from")
                .isTrue();
        browser.press("Enter");
        browser.press("Tab");
        browser.press("Enter");
        sees("document.querySelector('h1 .state')?.textContent.trim() == 'Cancelled'");
    }

    @Test
    void all_jobs_of_a_filter_are_cancelled_after_a_dry_run() {
        List.of("bulk-one", "bulk-two").forEach(KeyboardIT::waiting);
        still("/ui/jobs?team=keys&name=bulk-");
        browser.evaluate("document.querySelector('#bulk button[value=\"cancel\"]').focus()");
        browser.press("Enter");
        sees("document.getElementById('meant')?.textContent.includes('It would cancel 2 jobs')");
        assertThat(Axe.violations(browser)).isEmpty();
        assertThat(browser.evaluate("document.getElementById('meant').textContent")
                        .asText())
                .contains("bulk-one", "bulk-two", "Nothing has been done yet");
        browser.evaluate("document.querySelector('#meant button.grave').focus()");
        browser.press("Enter");
        sees("document.getElementById('done')?.textContent.includes('Done with 2 jobs')");
        assertThat(Axe.violations(browser)).isEmpty();
        still("/ui/jobs?team=keys&name=bulk-");
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('#rows .state')].map(s => s.textContent.trim()).join()")
                        .asText())
                .isEqualTo("Cancelled,Cancelled");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void jobs_are_chosen_by_their_boxes_as_many_as_can_be_compared() {
        for (int i = 0; i < 7; i++) {
            waiting("pick-" + (char) ('a' + i));
        }
        still("/ui/jobs?team=keys&name=pick-");
        for (int i = 0; i < 6; i++) {
            browser.evaluate("document.querySelectorAll('.c-pick input')[%d].focus()".formatted(i));
            browser.press("Space");
        }
        assertThat(browser.evaluate("document.getElementById('chosen').textContent")
                        .asText())
                .isEqualTo("6 chosen: no more than these");
        assertThat(browser.evaluate("document.querySelectorAll('.c-pick input')[6].disabled")
                        .asBoolean())
                .isTrue();
        assertThat(Axe.violations(browser)).isEmpty();
        browser.evaluate("document.getElementById('unchoose').focus()");
        browser.press("Enter");
        assertThat(browser.evaluate("document.querySelectorAll('.c-pick input:checked, .c-pick input:disabled').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.activeElement === document.querySelector('.c-pick input')")
                        .asBoolean())
                .as("the focus goes where choosing began")
                .isTrue();
        browser.press("Space");
        browser.evaluate("document.querySelectorAll('.c-pick input')[2].focus()");
        browser.press("Space");
        browser.press("Enter");
        sees(
                "location.pathname === '/ui/compare' && document.querySelectorAll('#main table thead th a[href^=\"/ui/jobs/\"]').length === 2");
        assertThat(browser.evaluate("document.querySelector('#main thead').textContent")
                        .asText())
                .contains("pick-g", "pick-e")
                .doesNotContain("pick-f");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void in_a_narrow_window_the_places_open_by_enter_and_escape_leads_back() {
        browser.look(360, 780, "dark");
        try {
            still("/ui/usage");
            assertThat(browser.evaluate("document.getElementById('places').checkVisibility()")
                            .asBoolean())
                    .isFalse();
            browser.evaluate("document.getElementById('menu').focus()");
            browser.press("Enter");
            assertThat(browser.evaluate("document.querySelector('#places [aria-current]').textContent")
                            .asText())
                    .isEqualTo("Usage");
            assertThat(Axe.violations(browser)).isEmpty();
            browser.press("Tab");
            assertThat(browser.evaluate("document.activeElement.getAttribute('href')")
                            .asText())
                    .isEqualTo("/ui");
            browser.press("Escape");
            assertThat(browser.evaluate("document.getElementById('places').checkVisibility()")
                            .asBoolean())
                    .isFalse();
            assertThat(browser.evaluate("document.activeElement.id").asText()).isEqualTo("menu");
        } finally {
            browser.look(1440, 900, "light");
        }
    }

    private static void waiting(String name) {
        Stage.post(
                "/api/v1/teams/keys/jobs",
                "{'metadata':{'name':'%s'},'spec':{'notBefore':'2100-01-01T00:00:00Z','roles':[{'name':'w','resources':{'cpu':'1'}}]}}"
                        .formatted(name));
    }

    private static JsonNode tabbed() {
        browser.press("Tab");
        return browser.evaluate(FOCUSED);
    }

    /** As it is when it was opened: nothing is put in place while somebody looks where the focus goes. */
    private static void still(String path) {
        browser.visit(service.url().resolve(path).toString());
        browser.evaluate(
                "document.getElementById('main').removeAttribute('data-live'); window.fetch = () => new Promise(() => {}); 0");
    }

    private static void sees(String expression) {
        await(expression)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> browser.evaluate(expression).asBoolean());
    }
}
