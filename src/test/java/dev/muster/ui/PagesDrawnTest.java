package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.JobState;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every page must keep to, and what each one must show, looked at in the text that is sent. */
class PagesDrawnTest {
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
    private static final Pattern INLINE_SCRIPT = Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>");
    private static final Pattern HANDLER = Pattern.compile("<[a-z][^>]*\\son[a-z]+=");
    private static final Pattern STYLE = Pattern.compile("<style|<[a-z][^>]*\\sstyle=");
    private static final Pattern UNNAMED = Pattern.compile("<(img|input)(?![^>]*(alt|name)=)");

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("overview", Samples.overview()),
                Arguments.of("overview", Samples.nothing()),
                Arguments.of("jobs", Samples.list(JobFilter.ALL)),
                Arguments.of("jobs", Samples.list(JobFilter.of(List.of("QUEUED"), "a\"b", "<q>", "'x", "R&D"))),
                Arguments.of("offerings", Samples.offerings()),
                Arguments.of("job", Samples.waiting()),
                Arguments.of("job", Samples.failed()),
                Arguments.of("usage", PackingSamples.usage()),
                Arguments.of("usage", PackingSamples.unused()),
                Arguments.of("scaling", PackingSamples.scaling()),
                Arguments.of("packing", PackingSamples.packing()),
                Arguments.of("packing", PackingSamples.unplanned()),
                Arguments.of("schedules", ScheduleSamples.list()),
                Arguments.of("schedules", ScheduleSamples.none()),
                Arguments.of("schedule", ScheduleSamples.one()),
                Arguments.of("audit", AuditSamples.found()),
                Arguments.of("audit", AuditSamples.nothing()),
                Arguments.of("rehearsal", RehearsalSamples.done()),
                Arguments.of("rehearsal", RehearsalSamples.applied()),
                Arguments.of("rehearsal", RehearsalSamples.running()),
                Arguments.of("rehearsal", RehearsalSamples.failed()),
                Arguments.of("heat", HeatPageTest.page(HeatPage.Kind.LOSSES, 7)),
                Arguments.of("quota", QuotaSamples.list()),
                Arguments.of("quota", QuotaSamples.nothing()),
                Arguments.of("quotarequest", QuotaSamples.open()),
                Arguments.of("quotarequest", QuotaSamples.answered()),
                Arguments.of("waits", WaitSamples.busy()),
                Arguments.of("waits", WaitSamples.nobody()),
                Arguments.of("waits", WaitSamples.unplanned()),
                Arguments.of("members", PeopleSamples.members()),
                Arguments.of("members", PeopleSamples.nobody()),
                Arguments.of("templates", PeopleSamples.templates()),
                Arguments.of("templates", PeopleSamples.none()),
                Arguments.of("template", PeopleSamples.template()),
                Arguments.of("origins", PeopleSamples.origins()),
                Arguments.of("zone", PeopleSamples.zones()),
                Arguments.of("preemptions", PreemptionPageTest.page()),
                Arguments.of("compare", CompareSamples.three()),
                Arguments.of("compare", CompareSamples.one()),
                Arguments.of("priorities", CompareSamples.priorities()),
                Arguments.of("priorities", CompareSamples.unused()),
                Arguments.of("calendar", ScheduleSamples.week()),
                Arguments.of("sessions", SessionSamples.some()),
                Arguments.of("sessions", SessionSamples.none()),
                Arguments.of("problem", Samples.problem()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_holds_no_script_and_no_style_of_its_own(String template, Object page) {
        String html = Drawing.draw(template, page);

        assertThat(hits(INLINE_SCRIPT, html)).isEmpty();
        assertThat(hits(HANDLER, html)).isEmpty();
        assertThat(hits(STYLE, html)).isEmpty();
        assertThat(html).doesNotContainIgnoringCase("javascript:");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_id_of_a_page_is_there_once_so_that_a_change_finds_its_place(String template, Object page) {
        Set<String> seen = new HashSet<>();

        assertThat(ids(Drawing.draw(template, page)).stream().filter(id -> !seen.add(id)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_has_its_landmarks_and_one_heading(String template, Object page) {
        String html = Drawing.draw(template, page);

        assertThat(html).contains("<html lang=\"en\"", "<main id=\"main\"", "<nav aria-label=", "href=\"#main\"");
        assertThat(html.split("<h1[ >]", -1)).hasSize(2);
        assertThat(hits(UNNAMED, html)).isEmpty();
    }

    @Test
    void a_hostile_name_is_text_wherever_it_shows() {
        String list = Drawing.draw("jobs", Samples.list(JobFilter.of(List.of(), null, null, "\"><script>", null)));

        assertThat(list)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;")
                .contains("value=\"&quot;&gt;&lt;script&gt;\"")
                .doesNotContain("<script>alert");
    }

    @Test
    void output_of_a_pod_is_text_without_the_cursor_moves_of_terminals() {
        assertThat(Drawing.draw("job", Samples.failed()))
                .contains("&lt;/pre&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
                .doesNotContain("<script>alert");
        assertThat(LogPanel.readable("\u001B[31mred\u001B[0m\r\nbell\u0007 \u001B]0;title\u0007end"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo("red\nbell end");
    }

    @Test
    void every_number_of_a_state_links_to_its_list() {
        String html = Drawing.draw("overview", Samples.overview());

        assertThat(Arrays.stream(JobState.values()).map(state -> "href=\"/ui/jobs?state=" + state + "\""))
                .allSatisfy(link -> assertThat(html).contains(link));
        assertThat(html).contains("1,240").contains("href=\"/ui/jobs?reason=NODES_FULL\"");
    }

    @Test
    void an_offering_shows_its_breaker_and_what_may_be_said_of_it() {
        assertThat(Drawing.draw("offerings", Samples.offerings()))
                .contains("spot-a/spot/eu-1a/-", "no &lt;spot&gt; today", "3 idle nodes", "type-local=true")
                .contains("action=\"/ui/pools/spot-a/breaker\"", "value=\"CLOSE\"", "value=\"DRAIN\"")
                .containsOnlyOnce("value=\"OPEN\"");
    }

    @Test
    void a_filter_is_in_the_form_and_in_the_link_to_the_next_page() {
        String html = Drawing.draw(
                "jobs", Samples.list(JobFilter.of(List.of("QUEUED", "NONSENSE"), null, "vision", "a b&c", null)));

        assertThat(html)
                .contains("<input type=\"hidden\" name=\"state\" value=\"QUEUED\">")
                .contains("<option selected>vision</option>")
                .contains(
                        "href=\"/ui/jobs?state=QUEUED&amp;queue=vision&amp;name=a+b%26c&amp;page=opaque%2Btoken%2F%3D\"")
                .doesNotContain("NONSENSE");
    }

    @Test
    void a_waiting_job_says_why_with_numbers_and_what_would_help() {
        assertThat(Drawing.draw("job", Samples.waiting()))
                .contains("needs 20 × (4 cpu, 18Gi); pool spot-a fits 11, pool on-demand fits 3")
                .contains("What would help:")
                .contains("href=\"/ui/jobs?state=QUEUED&amp;queue=", ">17 jobs</a> of its queue go first.")
                .contains("queue vision holds 8 of 8 gpu")
                .contains("action=\"/ui/jobs/" + Samples.waiting().job().id() + "/cancel\"")
                .doesNotContain("Run again");
    }

    @Test
    void an_ended_job_says_what_ended_it_and_offers_only_what_is_possible() {
        assertThat(Drawing.draw("job", Samples.failed()))
                .contains("Out of memory in role executor, exit code 137")
                .contains("Run again")
                .doesNotContain("/cancel\"")
                .doesNotContain("/suspend\"");
    }

    @Test
    void a_state_is_never_told_by_colour_alone() {
        String html = Drawing.draw("jobs", Samples.list(JobFilter.ALL));

        for (JobState state : JobState.values()) {
            StateMark mark = new StateMark(state);
            assertThat(html).contains("#" + mark.css() + "\"").contains(mark.word());
        }
        assertThat(icons())
                .containsAll(Arrays.stream(JobState.values())
                        .map(state -> new StateMark(state).css())
                        .toList());
    }

    @Test
    void the_calendar_of_schedules_says_in_words_what_came_and_what_comes() {
        String list = Drawing.draw("schedules", ScheduleSamples.list());

        assertThat(list)
                .contains("23<span class=\"unseen\"> succeeded", "24+<span class=\"unseen\"> to come")
                .contains("title=\"Fri 20 Nov: 23 succeeded, 1 failed\"")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
        assertThat(Drawing.draw("schedule", ScheduleSamples.one()))
                .contains("/ui/schedules/nightly/pause", "muster schedules next nightly", "5 succeeded, 2 waiting")
                .doesNotContain("<script>alert");
    }

    @Test
    void a_quota_request_is_shown_with_what_granting_it_would_do() {
        assertThat(Drawing.draw("quotarequest", QuotaSamples.open()))
                .contains("cpu=40", "could run", "1 job would feel it", "/ui/quota/q-open/grant")
                .doesNotContain("<script>alert");
        assertThat(Drawing.draw("quota", QuotaSamples.list()))
                .contains(
                        "Waits for an answer",
                        "In force",
                        "Declined",
                        "Withdrawn",
                        "value=\"vision/vision-gpu\" selected")
                .doesNotContain("<script>alert");
    }

    @Test
    void who_waits_for_whom_is_drawn_and_told_in_words() {
        assertThat(Drawing.draw("waits", WaitSamples.busy()))
                .contains("vision waits for speech: 20 gpu held, 12 borrowed, 8 would give way")
                .contains("<path class=\"gives\"", "<path class=\"holds\"")
                .contains("38 of 40 gpu is held, 8 would give way by right; the first gang of vision asks 8")
                .contains("2 other queues", "4 is kept idle for it: it is guaranteed", "lacks cpu in pool spot-a");
    }

    @Test
    void a_session_is_opened_by_its_owner_alone_and_ended_by_who_may() {
        String html = Drawing.draw("sessions", SessionSamples.some());

        assertThat(hits(Pattern.compile("href=\"/ui/jobs/[^\"]*/session\""), html))
                .containsExactly("href=\"/ui/jobs/01a/session\"", "href=\"/ui/jobs/01b/session\"");
        assertThat(hits(Pattern.compile("action=\"/ui/jobs/[^\"]*\""), html))
                .containsExactly(
                        "action=\"/ui/jobs/01a/cancel\"",
                        "action=\"/ui/jobs/01b/cancel\"",
                        "action=\"/ui/jobs/01d/cancel\"");
        assertThat(html).contains("idle", "not yet", "Start a session").doesNotContain("<script>alert");
    }

    @Test
    void names_of_people_and_what_templates_say_are_text() {
        for (String html : List.of(
                Drawing.draw("members", PeopleSamples.members()),
                Drawing.draw("template", PeopleSamples.template()),
                Drawing.draw("templates", PeopleSamples.templates()),
                Drawing.draw("origins", PeopleSamples.origins()),
                Drawing.draw("zone", PeopleSamples.zones()))) {
            assertThat(html).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
        }
    }

    @Test
    void the_scripts_of_a_page_are_small() {
        assertThat(
                        Map.of(
                                        "live.js",
                                        asset("live.js").length(),
                                        "theme.js",
                                        asset("theme.js").length())
                                .values()
                                .stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                .isLessThan(20_000);
    }

    private static List<String> icons() {
        return Pattern.compile("<symbol id=\"([^\"]+)\"")
                .matcher(asset("icons.svg"))
                .results()
                .map(hit -> hit.group(1))
                .toList();
    }

    private static String asset(String name) {
        try (var file = Drawing.class.getResourceAsStream("/META-INF/resources/assets/" + name)) {
            return new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> hits(Pattern pattern, String html) {
        return pattern.matcher(html).results().map(MatchResult::group).toList();
    }

    private static List<String> ids(String html) {
        return ID.matcher(html).results().map(hit -> hit.group(1)).toList();
    }
}
