package dev.muster.ui;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.access.Token;
import dev.muster.postgres.ReasonStore;
import dev.muster.quota.name.JobId;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages as the running service sends them: who gets in, what a filter finds, what a button does. */
@QuarkusTest
class PagesServedTest {
    @TestHTTPResource
    URI service;

    @Inject
    ReasonStore reasons;

    private String team;

    @BeforeEach
    void a_team_with_a_queue_of_its_own() {
        team = "t" + UUID.randomUUID().toString().substring(0, 8);
        put("pools/drawn", "{'spec':{'nodes':4,'resources':{'cpu':'8','memory':'32Gi'}}}");
        put("queues/" + team, "{'spec':{}}");
        put("teams/" + team, "{'spec':{'queue':'%s'}}".formatted(team));
    }

    @Test
    void a_page_takes_scripts_and_styles_from_files_only() {
        String policy = withToken().get("/ui").then().statusCode(200).extract().header("Content-Security-Policy");

        assertThat(policy).contains("script-src 'self';", "style-src 'self';").doesNotContain("unsafe");
    }

    @Test
    void who_is_not_signed_in_is_told_how_to_and_gets_the_style_of_that_page() {
        String page = given().accept("text/html")
                .get("/ui/jobs")
                .then()
                .statusCode(401)
                .extract()
                .asString();

        assertThat(page).contains("muster ui").contains("/assets/muster.css");
        given().get("/assets/muster.css").then().statusCode(200);
        given().get("/ui/live").then().statusCode(401);
    }

    @Test
    void a_one_time_link_opens_the_pages_once() {
        String link = link();
        String session = given().get(link).then().statusCode(200).extract().cookie("muster-session");

        assertThat(given().cookie("muster-session", session).get("/ui").asString())
                .contains("id=\"h-queues\"");
        given().get(link).then().statusCode(401);
    }

    @Test
    void the_bare_address_leads_to_the_overview() {
        withToken().redirects().follow(false).get("/").then().statusCode(303);
        // What is shown may be a second old.
        await().untilAsserted(() ->
                assertThat(withToken().get("/").asString()).contains("id=\"q-" + team + "\"", "id=\"p-drawn\""));
    }

    @Test
    void a_filter_in_the_address_finds_what_it_says() {
        String kept = submit("kept");
        String ended = submit("ended");
        button(ended, "cancel");

        assertThat(rows("state=CANCELLED&team=" + team)).containsExactly(ended);
        assertThat(rows("state=QUEUED&state=CANCELLED&team=" + team)).containsExactly(ended, kept);
        assertThat(rows("queue=" + team + "&name=ke")).containsExactly(kept);
        assertThat(rows("team=" + team + "&name=%25")).isEmpty();
        assertThat(rows("team=%3Cscript%3E")).isEmpty();
    }

    @Test
    void a_number_of_what_waits_links_to_the_jobs_that_wait_for_it() {
        String job = submit("stuck");
        submit("other");
        reasons.write(Map.of(new JobId(job), List.of(Samples.CAPABILITY)), Samples.NOW, "muster");

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(withToken().get("/ui").asString())
                        .contains("href=\"/ui/jobs?reason=CAPABILITY_REACHED\""));
        assertThat(rows("reason=CAPABILITY_REACHED&team=" + team)).containsExactly(job);
        assertThat(page(job)).contains(Samples.CAPABILITY.message(), "What would help:");
    }

    @Test
    void a_long_list_comes_in_pages_that_neither_repeat_nor_miss() {
        String roles = "'spec':{'roles':[{'name':'w','resources':{'cpu':'1'}}]}";
        String jobs = IntStream.range(0, 60)
                .mapToObj(i -> "{'metadata':{'name':'many-%d'},%s}".formatted(i, roles))
                .collect(Collectors.joining(","));
        withToken()
                .urlEncodingEnabled(false)
                .body(quoted("{'jobs':[" + jobs + "]}"))
                .post("/api/v1/teams/" + team + "/jobs:batchCreate")
                .then()
                .statusCode(201);

        String first = withToken().get("/ui/jobs?team=" + team).asString();
        String older =
                first.replaceAll("(?s).*rel=\"next\" href=\"([^\"]*)\".*", "$1").replace("&amp;", "&");
        String second = withToken().urlEncodingEnabled(false).get(older).asString();

        assertThat(ids(first)).hasSize(50);
        assertThat(ids(second)).hasSize(10).doesNotContainAnyElementsOf(ids(first));
        assertThat(second).doesNotContain("rel=\"next\"");
    }

    @Test
    void a_row_that_a_reader_has_before_him_stays_and_says_what_it_became() {
        String job = submit("moving");
        button(job, "cancel");

        String renewed = withToken()
                .get("/ui/jobs?state=QUEUED&team=" + team + "&rows=" + job)
                .asString();

        assertThat(renewed).contains("<tr id=\"j-" + job + "\" class=\"gone\">").contains("Cancelled");
    }

    @Test
    void a_button_is_obeyed_only_from_a_page_of_our_own() {
        String job = submit("guarded");
        String session = given().get(link()).cookie("muster-session");
        String path = "/ui/jobs/" + job + "/suspend";
        RequestSpecification signedIn =
                given().cookie("muster-session", session).redirects().follow(false);

        signedIn.post(path).then().statusCode(403);
        given().cookie("muster-session", session)
                .header("Origin", "http://evil.example")
                .post(path)
                .then()
                .statusCode(403);
        assertThat(page(job)).contains("#queued\"");
        given().cookie("muster-session", session)
                .header("Origin", origin())
                .redirects()
                .follow(false)
                .post(path)
                .then()
                .statusCode(303);
        assertThat(page(job)).contains("action=\"/ui/jobs/" + job + "/resume\"");
    }

    @Test
    void the_buttons_of_a_job_lead_through_its_life() {
        String job = submit("steered");

        button(job, "suspend");
        button(job, "resume");
        button(job, "cancel");
        String again = button(job, "rerun").header("Location").replaceAll(".*/", "");

        assertThat(page(job)).contains("What ended it").contains("Run again");
        assertThat(again).isNotEqualTo(job);
        assertThat(rows("state=QUEUED&team=" + team)).containsExactly(again);
    }

    @Test
    void what_is_not_there_or_not_possible_is_told_by_a_page() {
        String job = submit("queued-one");

        assertThat(problem("/ui/jobs/01k90000000000000000000001", 404)).contains("01k90000000000000000000001");
        assertThat(problem("/ui/jobs/%3Cscript%3Ealert(1)", 404)).doesNotContain("<script>alert");
        assertThat(problem("/ui/nowhere", 404)).contains("To the overview");
        assertThat(problem("/ui/jobs?page=%3Cx%3E", 400)).contains("page token");
        assertThat(withToken()
                        .post("/ui/jobs/" + job + "/resume")
                        .then()
                        .statusCode(409)
                        .extract()
                        .asString())
                .contains("<main id=\"main\"");
    }

    @Test
    void who_listens_hears_of_a_change_and_of_his_job_only_if_he_asks_for_one() {
        String mine = submit("mine");
        String other = submit("other");
        List<String> everything = new CopyOnWriteArrayList<>();
        List<String> ofMine = new CopyOnWriteArrayList<>();
        CompletableFuture<?> all = listen("/ui/live", everything);
        CompletableFuture<?> one = listen("/ui/live?job=" + mine, ofMine);
        try {
            await().until(() -> !everything.isEmpty() && !ofMine.isEmpty());
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                button(other, toggled(other));
                return everything.contains("data:changed");
            });
            assertThat(ofMine).doesNotContain("data:changed");
            button(mine, "cancel");
            await().atMost(Duration.ofSeconds(10)).until(() -> ofMine.contains("data:changed"));
        } finally {
            all.cancel(true);
            one.cancel(true);
        }
    }

    private String toggled(String job) {
        return page(job).contains("/resume\"") ? "resume" : "suspend";
    }

    /** Cancelling it ends the connection. */
    private CompletableFuture<?> listen(String path, List<String> heard) {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .header("Authorization", "Bearer " + token())
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(heard)));
    }

    private String problem(String path, int status) {
        return withToken()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(status)
                .contentType("text/html")
                .extract()
                .asString();
    }

    private String page(String job) {
        return withToken()
                .get("/ui/jobs/" + job)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private List<String> rows(String query) {
        return ids(withToken()
                .urlEncodingEnabled(false)
                .get("/ui/jobs?" + query)
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    private static List<String> ids(String html) {
        return Stream.of(html.split("<tr id=\"j-"))
                .skip(1)
                .map(row -> row.substring(0, 26))
                .toList();
    }

    private Response button(String job, String verb) {
        Response response = withToken().redirects().follow(false).post("/ui/jobs/" + job + "/" + verb);
        response.then().statusCode(303);
        return response;
    }

    private String submit(String name) {
        return withToken()
                .body(quoted("{'metadata':{'name':'%s'},'spec':{'roles':[{'name':'w','resources':{'cpu':'1'}}]}}"
                        .formatted(name)))
                .post("/api/v1/teams/" + team + "/jobs")
                .then()
                .statusCode(201)
                .extract()
                .path("metadata.id");
    }

    private String link() {
        return withToken()
                .post("/api/v1/ui-links")
                .then()
                .statusCode(201)
                .extract()
                .path("url");
    }

    private String origin() {
        return "http://" + service.getAuthority();
    }

    private static void put(String path, String json) {
        withToken().header("If-Match", "*").body(quoted(json)).put("/api/v1/" + path);
        if (withToken().get("/api/v1/" + path).statusCode() == 404) {
            withToken().body(quoted(json)).put("/api/v1/" + path).then().statusCode(201);
        }
    }

    private static RequestSpecification withToken() {
        return given().header("Authorization", "Bearer " + token()).contentType("application/json");
    }

    private static String token() {
        try {
            return Files.readString(
                            Path.of(ConfigProvider.getConfig().getValue("muster.data", String.class), Token.FILE))
                    .strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
