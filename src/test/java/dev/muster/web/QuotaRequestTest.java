package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.postgres.QueueStore;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.Resources;
import dev.muster.retention.EndingQuota;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A team asks for more, who shares out what is above answers, and what is for a time ends by itself. */
@QuarkusTest
class QuotaRequestTest {
    private static final String REQUESTS = "/api/v1/quotaRequests";

    @Inject
    QueueStore queues;

    @Inject
    EndingQuota ending;

    private final String parent = "qp" + UUID.randomUUID().toString().substring(0, 8);
    private final String team = "qt" + UUID.randomUUID().toString().substring(0, 8);
    private String asks;
    private String shares;

    @BeforeEach
    void a_team_below_a_queue_that_has_a_hundred() {
        Api.create("queues/" + parent, "{'spec':{'deserved':{'cpu':'100'},'capability':{'cpu':'100'}}}")
                .then()
                .statusCode(201);
        Api.create(
                        "queues/" + team,
                        "{'spec':{'parent':'%s','deserved':{'cpu':'10'},'capability':{'cpu':'20'}}}".formatted(parent))
                .then()
                .statusCode(201);
        Api.create("teams/" + team, "{'spec':{'queue':'%s'}}".formatted(team))
                .then()
                .statusCode(201);
        asks = token("TEAM_ADMIN", "team/" + team);
        shares = token("QUOTA_ADMIN", "queue/" + parent);
    }

    @Test
    void what_is_granted_for_a_time_is_in_force_until_then_and_ends_by_itself() {
        Instant soon = Instant.now().plus(Duration.ofSeconds(4));
        String id = ask("'deserved':{'cpu':'30'},'capability':{'cpu':'30'},'until':'%s'".formatted(soon))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(inForce().deserved().amount(Resources.CPU)).isEqualTo(10_000);

        Response granted = answer(shares, id, "grant", "{'why':'the paper'}");

        assertThat(granted.<String>path("state")).as(granted.asString()).isEqualTo("GRANTED");
        assertThat(inForce().deserved().amount(Resources.CPU)).isEqualTo(40_000);
        Response queue = Api.call().get("/api/v1/queues/" + team);
        assertThat(queue.<String>path("spec.deserved.cpu")).isEqualTo("10");
        assertThat(queue.<String>path("status.temporary[0].deserved.cpu")).isEqualTo("30");
        assertThat(queue.<String>path("status.temporary[0].request")).isEqualTo(id);
        assertThat(queue.<String>path("status.effectiveCapability.cpu")).isEqualTo("50");
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            ending.look();
            assertThat(one(asks, id).<String>path("state")).isEqualTo("ENDED");
        });
        assertThat(inForce().deserved().amount(Resources.CPU)).isEqualTo(10_000);
        assertThat(Api.call().get("/api/v1/queues/" + team).<List<?>>path("status.temporary"))
                .isNull();
        assertThat(types()).containsSubsequence("QUOTA_ENDED", "QUOTA_GRANTED", "QUOTA_REQUESTED");
    }

    @Test
    void other_than_was_asked_may_be_granted_and_it_may_be_ended_early() {
        String id = ask("'deserved':{'cpu':'30'},'capability':{'cpu':'30'}").path("id");
        Instant until = Instant.parse("2099-01-01T00:00:00Z");
        Response tooLong = answer(shares, id, "grant", "{'until':'%s'}".formatted(until));
        assertThat(tooLong.statusCode()).isEqualTo(422);
        assertThat(tooLong.<String>path("errors[0].pointer")).isEqualTo("/until");

        String day = Instant.now().plus(Duration.ofDays(1)).toString();
        answer(shares, id, "grant", "{'deserved':{'cpu':'5'},'capability':{'cpu':'5'},'until':'%s'}".formatted(day))
                .then()
                .statusCode(200);
        assertThat(inForce().deserved().amount(Resources.CPU)).isEqualTo(15_000);
        assertThat(one(asks, id).<String>path("decision.deserved.cpu")).isEqualTo("5");
        assertThat(one(asks, id).<String>path("deserved.cpu")).isEqualTo("30");

        assertThat(answer(asks, id, "end", "{}").statusCode()).isEqualTo(403);
        assertThat(answer(shares, id, "end", "{'why':'needed elsewhere'}").<String>path("state"))
                .isEqualTo("ENDED");
        assertThat(inForce().deserved().amount(Resources.CPU)).isEqualTo(10_000);
        assertThat(answer(shares, id, "end", "{}").<String>path("code")).isEqualTo("INVALID_STATE");
    }

    @Test
    void without_an_end_it_becomes_part_of_what_the_queue_has() {
        String id = ask("'deserved':{'cpu':'10'},'capability':{'cpu':'10'}").path("id");

        answer(shares, id, "grant", "{}").then().statusCode(200);

        assertThat(Api.call().get("/api/v1/queues/" + team).<String>path("spec.deserved.cpu"))
                .isEqualTo("20");
        assertThat(Api.call().get("/api/v1/queues/" + team).<String>path("spec.capability.cpu"))
                .isEqualTo("30");
    }

    @Test
    void more_than_is_above_is_not_granted_and_nothing_changes() {
        String id = ask("'deserved':{'cpu':'95'},'capability':{'cpu':'95'},'until':'%s'"
                        .formatted(Instant.now().plus(Duration.ofDays(1))))
                .path("id");

        Response refused = answer(shares, id, "grant", "{}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.<String>path("detail")).contains(parent);
        assertThat(one(asks, id).<String>path("state")).isEqualTo("OPEN");
        assertThat(inForce().deserved().amount(Resources.CPU)).isEqualTo(10_000);
        assertThat(answer(shares, id, "decline", "{'why':'too much'}").<String>path("decision.why"))
                .isEqualTo("too much");
        assertThat(answer(shares, id, "grant", "{}").<String>path("code")).isEqualTo("INVALID_STATE");
    }

    @Test
    void a_queue_is_not_cut_below_what_others_have_for_a_time() {
        String id = ask("'deserved':{'cpu':'80'},'capability':{'cpu':'80'},'until':'%s'"
                        .formatted(Instant.now().plus(Duration.ofDays(1))))
                .path("id");
        answer(shares, id, "grant", "{}").then().statusCode(200);

        Response refused = Api.put("queues/" + parent, "{'spec':{'deserved':{'cpu':'50'},'capability':{'cpu':'100'}}}");

        assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
        answer(shares, id, "end", "{}").then().statusCode(200);
        Api.put("queues/" + parent, "{'spec':{'deserved':{'cpu':'50'},'capability':{'cpu':'100'}}}")
                .then()
                .statusCode(200);
    }

    @Test
    void who_asks_does_not_grant_and_others_do_not_see_it() {
        String id = ask("'deserved':{'cpu':'1'},'capability':{'cpu':'1'}").path("id");
        String ofTheQueueItself = token("QUOTA_ADMIN", "queue/" + team);
        String stranger = token("TEAM_ADMIN", "team/" + Api.newTeam());

        assertThat(answer(asks, id, "grant", "{}").statusCode()).isEqualTo(403);
        assertThat(answer(ofTheQueueItself, id, "grant", "{}").statusCode()).isEqualTo(403);
        assertThat(answer(shares, id, "withdraw", "{}").statusCode()).isEqualTo(403);
        assertThat(one(stranger, id).statusCode()).isEqualTo(404);
        assertThat(answer(stranger, id, "withdraw", "{}").statusCode()).isEqualTo(404);
        assertThat(with(stranger).get(REQUESTS).<List<String>>path("items.id")).doesNotContain(id);
        assertThat(with(shares).get(REQUESTS).<List<String>>path("items.id")).contains(id);
        assertThat(with(stranger)
                        .body(body("'deserved':{'cpu':'1'}"))
                        .post(REQUESTS)
                        .statusCode())
                .isEqualTo(404);
        assertThat(answer(asks, id, "withdraw", "{}").<String>path("state")).isEqualTo("WITHDRAWN");
    }

    @Test
    void a_bad_request_is_refused_at_its_places() {
        Response nothing = ask("'until':'2020-01-01T00:00:00Z'");
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(nothing.<List<String>>path("errors.pointer")).containsExactlyInAnyOrder("/deserved", "/until");
        Response foreign = with(asks)
                .body(Api.quoted("{'team':'%s','queue':'%s','deserved':{'cpu':'1'},'why':'x'}".formatted(team, parent)))
                .post(REQUESTS);
        assertThat(foreign.<String>path("errors[0].pointer")).isEqualTo("/queue");
        assertThat(with(asks).body("{}").post(REQUESTS).<List<String>>path("errors.pointer"))
                .contains("/team", "/queue", "/why");
    }

    private dev.muster.quota.queue.QueueSpec inForce() {
        return queues.inForce(new QueueName(team)).map(Queue::spec).orElseThrow();
    }

    private List<String> types() {
        return Api.call().get("/api/v1/audit?team=" + team).path("items.type");
    }

    private Response ask(String amounts) {
        return with(asks).body(body(amounts)).post(REQUESTS);
    }

    private String body(String amounts) {
        return Api.quoted("{'team':'%s','queue':'%s','why':'the paper',%s}".formatted(team, team, amounts));
    }

    private static Response answer(String token, String id, String verb, String json) {
        return with(token).body(Api.quoted(json)).post(REQUESTS + "/" + id + ":" + verb);
    }

    private static Response one(String token, String id) {
        return with(token).get(REQUESTS + "/" + id);
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    private static String token(String duty, String scope) {
        String name = "q" + UUID.randomUUID().toString().substring(0, 8);
        Api.call()
                .body("{\"subject\":\"%s\",\"duty\":\"%s\",\"scope\":\"%s\"}".formatted(name, duty, scope))
                .post("/api/v1/grants")
                .then()
                .statusCode(201);
        return Api.call()
                .body("{\"label\":\"test\",\"subject\":\"%s\"}".formatted(name))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }
}
