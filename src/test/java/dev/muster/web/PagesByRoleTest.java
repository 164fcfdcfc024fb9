package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rights.Duty;
import dev.muster.ui.EveryPage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page as every role: it is shown, or refused on purpose; nothing of another team is on it, and no entry of its navigation
 * leads to a refusal.
 */
@QuarkusTest
class PagesByRoleTest {
    private static final Set<Duty> ALL = EnumSet.allOf(Duty.class);
    private static final Set<Duty> OF_EVERYTHING = EnumSet.of(Duty.OPERATOR, Duty.AUDITOR);
    /** A page, and who gets it where their duty is for the own team, or the own queue; operators and auditors: for everything. */
    private static final Map<String, Set<Duty>> PAGES = pages();

    private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);
    private String own;
    private String other;
    private Map<String, String> mine;
    private Map<String, String> theirs;

    private static Map<String, Set<Duty>> pages() {
        Map<String, Set<Duty>> pages = new LinkedHashMap<>();
        pages.put("/ui", ALL);
        pages.put("/ui/jobs", ALL);
        pages.put("/ui/jobs/{job}", ALL);
        pages.put("/ui/groups", ALL);
        pages.put("/ui/scaling", ALL);
        pages.put("/ui/sessions", ALL);
        pages.put("/ui/schedules", ALL);
        pages.put("/ui/schedules/{schedule}", without(Duty.QUOTA_ADMIN));
        pages.put("/ui/submit", EnumSet.of(Duty.SUBMITTER, Duty.TEAM_ADMIN, Duty.OPERATOR));
        pages.put("/ui/queues", ALL);
        pages.put("/ui/queues/{queue}", ALL);
        pages.put("/ui/quota", ALL);
        pages.put("/ui/quota/{request}", ALL);
        pages.put("/ui/waits", ALL);
        pages.put("/ui/members", EnumSet.of(Duty.TEAM_ADMIN, Duty.QUOTA_ADMIN, Duty.OPERATOR, Duty.AUDITOR));
        pages.put("/ui/templates", ALL);
        pages.put("/ui/templates/{team}/{template}", without(Duty.QUOTA_ADMIN));
        pages.put("/ui/jobs/{job}/origins", ALL);
        pages.put("/ui/zone", ALL);
        pages.put("/ui/calendar", ALL);
        pages.put("/ui/priorities", ALL);
        pages.put("/ui/compare", ALL);
        pages.put("/ui/usage", ALL);
        pages.put("/ui/pools", ALL);
        pages.put("/ui/pools/history", ALL);
        pages.put("/ui/packing", OF_EVERYTHING);
        pages.put("/ui/planning", OF_EVERYTHING);
        pages.put("/ui/planning/preemptions", OF_EVERYTHING);
        pages.put("/ui/policy", OF_EVERYTHING);
        pages.put("/ui/policy/rehearsals/{rehearsal}", OF_EVERYTHING);
        pages.put("/ui/health", OF_EVERYTHING);
        pages.put("/ui/audit", OF_EVERYTHING);
        return pages;
    }

    private static Set<Duty> without(Duty duty) {
        return EnumSet.complementOf(EnumSet.of(duty));
    }

    @BeforeEach
    void two_teams_with_a_job_and_a_schedule_each() {
        own = Api.newTeam();
        other = Api.newTeam();
        mine = things(own);
        theirs = things(other);
    }

    @AfterEach
    void nobody_waits_for_an_answer() {
        for (Map<String, String> things : List.of(mine, theirs)) {
            Api.call()
                    .body("{}")
                    .post("/api/v1/quotaRequests/" + things.get("request") + ":decline")
                    .then()
                    .statusCode(200);
        }
    }

    private Map<String, String> things(String team) {
        String schedule = "s" + team;
        Api.create(
                        "schedules/" + schedule,
                        "{'spec':{'cron':'0 3 * * *','team':'%s','job':{'spec':{'roles':[{'name':'w','resources':{'cpu':'1'}}]}}}}"
                                .formatted(team))
                .then()
                .statusCode(201);
        Api.create("teams/%s/templates/t%s".formatted(team, team), "{'spec':{'job':{'priorityClass':'routine'}}}")
                .then()
                .statusCode(201);
        String request = Api.call()
                .body(Api.quoted(
                        "{'team':'%s','queue':'%s','deserved':{'cpu':'1'},'why':'more'}".formatted(team, team)))
                .post("/api/v1/quotaRequests")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return Map.of(
                "request",
                request,
                "job",
                Api.accepted(team, "j" + team).get("id").toString(),
                "schedule",
                schedule,
                "queue",
                team,
                "rehearsal",
                rehearsal());
    }

    /** There is one at a time. */
    private static String rehearsal() {
        String id = Api.call()
                .body("{\"spec\":{}}")
                .post("/api/v1/policy/rehearsals")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Api.call().delete("/api/v1/policy/rehearsals/" + id).then().statusCode(200);
        return id;
    }

    @Test
    void every_page_is_in_the_table() {
        Set<String> served = EveryPage.declared().stream()
                .map(path -> path.replace("{name}", "{queue}"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(served).isNotEmpty().isEqualTo(new TreeSet<>(PAGES.keySet()));
    }

    @ParameterizedTest
    @EnumSource(Duty.class)
    void every_page_is_shown_or_refused_on_purpose_and_tells_nothing_of_another_team(Duty duty) {
        String token = token(duty, scope(duty));
        boolean limited = !OF_EVERYTHING.contains(duty);

        PAGES.forEach((page, open) -> {
            Response answer = get(token, at(page, mine));
            assertThat(answer.statusCode()).as("%s as %s", page, duty).isIn(statuses(open.contains(duty)));
            assertThat(answer.contentType()).as(page).startsWith("text/html");
            if (limited) {
                assertThat(answer.asString()).as("%s as %s", page, duty).doesNotContain(other, theirs.get("job"));
            }
        });
        if (limited) {
            assertThat(get(token, at("/ui/jobs/{job}", theirs)).statusCode()).isEqualTo(404);
            assertThat(get(token, at("/ui/schedules/{schedule}", theirs)).statusCode())
                    .isEqualTo(404);
            assertThat(get(token, at("/ui/queues/{queue}", theirs)).statusCode())
                    .isEqualTo(404);
            for (String page : List.of(
                    "/ui/quota/{request}",
                    "/ui/templates/{team}/{template}",
                    "/ui/jobs/{job}/origins",
                    "/ui/waits?queue={queue}",
                    "/ui/compare?job={job}")) {
                assertThat(get(token, at(page, theirs)).statusCode()).as(page).isEqualTo(404);
            }
            assertThat(get(token, "/ui/jobs?rows=" + theirs.get("job")).asString())
                    .doesNotContain(other);
            assertThat(get(token, "/ui/jobs?team=" + other).asString()).doesNotContain(theirs.get("job"));
            assertThat(get(token, "/ui/live?job=" + theirs.get("job")).statusCode())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(Duty.class)
    void the_navigation_leads_somewhere(Duty duty) {
        String token = token(duty, scope(duty));
        List<String> places = Pattern.compile("<a href=\"(/ui[^\"]*)\"")
                .matcher(get(token, "/ui")
                        .asString()
                        .replaceAll("(?s).*<nav aria-label=\"Pages\"[^>]*>(.*?)</nav>.*", "$1"))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(places).contains("/ui", "/ui/jobs");
        for (String place : places) {
            assertThat(get(token, place).statusCode()).as(place).isEqualTo(200);
        }
        assertThat(places.contains("/ui/audit")).isEqualTo(OF_EVERYTHING.contains(duty));
    }

    /** Its title is its heading, and where it is no entry of the navigation itself, the way back begins at the one that is marked. */
    @Test
    void every_page_says_where_it_is() {
        String token = token(Duty.OPERATOR, "*");
        PAGES.keySet().forEach(page -> {
            String html = get(token, at(page, mine)).asString();
            String title = one(html, "<title>(.*?) · Muster</title>");
            String heading = one(html, "<h1[^>]*>(.*?)</h1>");

            assertThat(heading.replaceAll("(?s)<span class=\"state.*?</svg>.*?</span>|<[^>]*>", "")
                            .strip())
                    .as(page)
                    .isEqualTo(title);
            if (page.equals("/ui/zone")) {
                return;
            }
            String marked = one(html, "<a href=\"(/ui[^\"]*)\" aria-current=\"page\"");
            if (marked.equals(page)) {
                assertThat(html).as(page).doesNotContain("class=\"crumb\"");
            } else {
                assertThat(one(html, "<p class=\"crumb\"><a href=\"([^\"]*)\""))
                        .as("the way back from %s", page)
                        .isEqualTo(marked);
            }
        });
    }

    private static String one(String html, String pattern) {
        List<String> found = Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(html)
                .results()
                .map(hit -> hit.group(1))
                .toList();
        assertThat(found).as(pattern).hasSize(1);
        return found.get(0);
    }

    /** A page is there at once also on a slow line. */
    @Test
    void no_page_brings_more_script_than_300_kilobytes_and_none_of_its_own() {
        String token = token(Duty.OPERATOR, "*");
        for (String page : PAGES.keySet()) {
            String html = get(token, at(page, mine)).asString();
            long bytes = Pattern.compile("<script[^>]* src=\"([^\"]+)\"")
                    .matcher(html)
                    .results()
                    .mapToLong(script -> get(token, script.group(1)).asByteArray().length)
                    .sum();

            assertThat(bytes).as(page).isBetween(1L, 300_000L);
            assertThat(html)
                    .as(page)
                    .doesNotContainPattern("<script(?![^>]* src=)")
                    .doesNotContain(" style=\"", " onclick=");
        }
    }

    @Test
    void who_may_only_look_has_no_button_and_is_told_why() {
        String viewer = token(Duty.VIEWER, "team/" + own);
        String job = get(viewer, at("/ui/jobs/{job}", mine)).asString();

        assertThat(job).doesNotContain("action=\"/ui/jobs/").contains("SUBMITTER for team " + own);
        assertThat(get(viewer, at("/ui/schedules/{schedule}", mine)).asString())
                .doesNotContain("action=\"/ui/schedules/")
                .contains("SUBMITTER for team " + own);
        assertThat(post(viewer, at("/ui/jobs/{job}/cancel", mine)).statusCode()).isIn(403, 404);
        assertThat(post(viewer, at("/ui/schedules/{schedule}/pause", mine)).statusCode())
                .isIn(403, 404);
    }

    @Test
    void the_buttons_of_a_submitter_work_on_the_own_teams_things_and_others_are_not_there() {
        String submitter = token(Duty.SUBMITTER, "team/" + own);

        assertThat(get(submitter, at("/ui/jobs/{job}", mine)).asString()).contains("/cancel\"");
        for (String verb : List.of("cancel", "suspend", "resume", "rerun")) {
            assertThat(post(submitter, at("/ui/jobs/{job}/" + verb, theirs)).statusCode())
                    .as(verb)
                    .isEqualTo(404);
        }
        for (String verb : List.of("pause", "resume", "run")) {
            assertThat(post(submitter, at("/ui/schedules/{schedule}/" + verb, theirs))
                            .statusCode())
                    .as(verb)
                    .isEqualTo(404);
        }
        assertThat(post(submitter, at("/ui/schedules/{schedule}/pause", mine)).statusCode())
                .isEqualTo(303);
        assertThat(post(submitter, at("/ui/jobs/{job}/cancel", mine)).statusCode())
                .isEqualTo(303);
        assertThat(post(submitter, "/ui/pools/shared/breaker").statusCode()).isEqualTo(403);
    }

    private String scope(Duty duty) {
        return OF_EVERYTHING.contains(duty) ? "*" : duty == Duty.QUOTA_ADMIN ? "queue/" + own : "team/" + own;
    }

    private static List<Integer> statuses(boolean open) {
        return open ? List.of(200) : List.of(403, 404);
    }

    private static String at(String page, Map<String, String> things) {
        String team = things.get("queue");
        String asked = page.equals("/ui/scaling") ? page + "?team=%s&name=j%s".formatted(team, team) : page;
        asked = page.equals("/ui/compare") ? page + "?job={job}" : asked;
        return asked.replace("{job}", things.get("job"))
                .replace("{schedule}", things.get("schedule"))
                .replace("{request}", things.get("request"))
                .replace("{team}", team)
                .replace("{template}", "t" + team)
                .replace("{queue}", team)
                .replace("{rehearsal}", things.get("rehearsal"));
    }

    private String token(Duty duty, String scope) {
        String who = name + duty.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        Api.call()
                .body(Api.quoted("{'subject':'%s','duty':'%s','scope':'%s'}".formatted(who, duty, scope)))
                .post("/api/v1/grants")
                .then()
                .statusCode(201);
        return Api.call()
                .body(Api.quoted("{'label':'test','subject':'%s'}".formatted(who)))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static Response get(String token, String path) {
        return given().header("Authorization", "Bearer " + token)
                .accept("text/html, */*")
                .get(path);
    }

    private static Response post(String token, String path) {
        return given().header("Authorization", "Bearer " + token)
                .redirects()
                .follow(false)
                .post(path);
    }
}
