package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import dev.muster.postgres.EventStore;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator says of a pool's breaker is done, shown and recorded; what cannot be meant changes nothing. */
@QuarkusTest
class BreakerApiTest {
    @Inject
    EventStore events;

    private String before = "";

    private final String pool = "grows-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void a_pool_that_may_grow() {
        before = EventView.cursor(events.end());
        Api.create("pools/" + pool, "{'spec':{'nodes':0,'maxNodes':3,'resources':{'cpu':'4','memory':'16Gi'}}}")
                .then()
                .statusCode(201);
    }

    @Test
    void before_anybody_says_anything_it_is_closed() {
        shown().then()
                .body("status.offering.name", equalTo(pool + "/on-demand/-/-"))
                .body("status.offering.breaker", equalTo("CLOSED"))
                .body("status.offering.order", nullValue())
                .body("status.offering.why", nullValue());
        assertThat(changes()).isEmpty();
    }

    @Test
    void the_last_word_counts_and_each_is_an_event_that_tells_who_and_why() {
        order("{'order':'OPEN','why':'  no spot today '}")
                .then()
                .statusCode(200)
                .body("metadata.name", equalTo(pool))
                .body("status.offering.order", equalTo("OPEN"));
        shown().then()
                .body("status.offering.breaker", equalTo("OPEN"))
                .body("status.offering.order", equalTo("OPEN"))
                .body("status.offering.why", containsString("no spot today"))
                // Until somebody closes it: it does not try by itself.
                .body("status.offering.halfOpenAt", nullValue());

        order("{'order':'DRAIN','why':'to be retired'}").then().statusCode(200);
        shown().then()
                .body("status.offering.breaker", equalTo("OPEN"))
                .body("status.offering.order", equalTo("DRAIN"))
                .body("status.offering.why", containsString("to be retired"));

        order("{'order':'close','why':'it is back'}").then().statusCode(200);
        shown().then()
                .body("status.offering.breaker", equalTo("CLOSED"))
                .body("status.offering.order", nullValue())
                .body("status.offering.why", nullValue());

        assertThat(changes())
                .extracting(event -> event.get("to") + " by " + event.get("actor") + ": " + message(event))
                .containsExactly(
                        "OPEN by operator: no spot today",
                        "DRAIN by operator: to be retired",
                        "CLOSE by operator: it is back");
    }

    @Test
    void pools_in_a_list_show_it_too() {
        order("{'order':'OPEN','why':'no spot today'}").then().statusCode(200);

        Api.call()
                .get("/api/v1/pools?pageSize=1000")
                .then()
                .statusCode(200)
                .body("items.find { it.metadata.name == '%s' }.status.offering.order".formatted(pool), equalTo("OPEN"));
    }

    @Test
    void a_pool_that_does_not_grow_may_be_drained_all_the_same() {
        String fixed = pool + "-fixed";
        Api.create("pools/" + fixed, "{'spec':{'nodes':1,'resources':{'cpu':'4'}}}");
        Api.call().get("/api/v1/pools/" + fixed).then().body("status.offering", nullValue());

        Api.call()
                .body(Api.quoted("{'order':'DRAIN','why':'to be retired'}"))
                .post("/api/v1/pools/" + fixed + "/breaker")
                .then()
                .statusCode(200)
                .body("status.offering.order", equalTo("DRAIN"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'order':'SHUT','why':'x'}            | /order | OPEN, DRAIN or CLOSE
            {'order':'','why':'x'}                | /order | OPEN, DRAIN or CLOSE
            {'order':null,'why':'x'}              | /order | expected OPEN, DRAIN or CLOSE
            {'why':'x'}                           | /order | expected OPEN, DRAIN or CLOSE
            {'order':'OPEN'}                      | /why   | says why
            {'order':'OPEN','why':'   '}          | /why   | says why
            {'order':'OPEN','why':null}           | /why   | says why
            {'order':'OPEN','why':'x','until':1}  | /until | until
            {'order':['OPEN'],'why':'x'}          | /order | text
            """)
    void a_mistake_is_said_at_its_field_and_changes_nothing(String body, String pointer, String said) {
        order(body)
                .then()
                .statusCode(oneOf(400, 422))
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", containsString(said));
        nothingChanged();
    }

    @Test
    void a_reason_that_is_a_book_is_refused() {
        order("{'order':'OPEN','why':'%s'}".formatted("x".repeat(1001)))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/why"))
                .body("errors[0].detail", containsString("at most 1000"));
        nothingChanged();
    }

    @Test
    void a_word_that_would_forge_a_line_or_is_endless_is_shown_tame() {
        order("{'order':'OPEN\\u001b[2J\\n%s','why':'y'}".formatted("\uD83D\uDE00".repeat(60)))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/order"))
                .body("errors[0].detail", startsWith("Bad order 'OPEN\uFFFD[2J\uFFFD\uD83D\uDE00"))
                .body("errors[0].detail", endsWith("expected OPEN, DRAIN or CLOSE"))
                .body("errors[0].detail.length()", lessThan(180));
        nothingChanged();
    }

    @Test
    void a_pool_that_is_not_there_is_404_by_its_name() {
        Api.call()
                .body(Api.quoted("{'order':'OPEN','why':'x'}"))
                .post("/api/v1/pools/no-such-pool/breaker")
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"))
                .body("detail", containsString("no-such-pool"));
        Api.call()
                .body(Api.quoted("{'order':'OPEN','why':'x'}"))
                .post("/api/v1/pools/Not a name/breaker")
                .then()
                .statusCode(400)
                .body("detail", containsString("Not a name"));
    }

    @Test
    void whoever_only_wants_to_try_is_told_that_this_cannot_be_tried() {
        Api.call()
                .queryParam("validateOnly", "true")
                .body(Api.quoted("{'order':'OPEN','why':'x'}"))
                .post("/api/v1/pools/{pool}/breaker", pool)
                .then()
                .statusCode(400)
                .body("detail", containsString("validateOnly"));
        nothingChanged();
    }

    @Test
    void nobody_says_so_without_the_token() {
        given().contentType("application/json")
                .body(Api.quoted("{'order':'OPEN','why':'x'}"))
                .post("/api/v1/pools/{pool}/breaker", pool)
                .then()
                .statusCode(401)
                .body("code", equalTo("UNAUTHENTICATED"));
        nothingChanged();
    }

    private Response order(String body) {
        return Api.call().body(Api.quoted(body)).post("/api/v1/pools/{pool}/breaker", pool);
    }

    private Response shown() {
        Response shown = Api.call().get("/api/v1/pools/" + pool);
        shown.then().statusCode(200).body("status.offering", notNullValue());
        return shown;
    }

    private void nothingChanged() {
        shown().then().body("status.offering.breaker", equalTo("CLOSED")).body("status.offering.order", nullValue());
        assertThat(changes()).isEmpty();
    }

    /** The events of this pool's breaker, oldest first. Those of other tests are too many to be read. */
    private List<Map<String, Object>> changes() {
        List<Map<String, Object>> all = new ArrayList<>();
        String next = before;
        do {
            JsonPath page = Api.call()
                    .queryParam("pageSize", "1000")
                    .queryParam("pageToken", next)
                    .get("/api/v1/events")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            page.<Map<String, Object>>getList("items").stream()
                    .filter(event -> "BREAKER_CHANGED".equals(event.get("type")))
                    .filter(event -> String.valueOf(event.get("jobName")).startsWith(pool + "/"))
                    .forEach(all::add);
            next = page.getString("nextPageToken");
        } while (next != null);
        return all;
    }

    private static Object message(Map<String, Object> event) {
        return ((Map<?, ?>) event.get("reason")).get("message");
    }
}
