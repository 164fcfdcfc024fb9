package dev.muster.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What is of no use, where nothing was planned here: who asks is told so; what cannot be meant is said. */
@QuarkusTest
class PackingApiTest {
    @Test
    void a_replica_that_does_not_plan_says_so() {
        Api.call()
                .get("/api/v1/fragmentation")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("NOT_FOUND"));
        Api.call()
                .accept("text/html")
                .get("/ui/packing")
                .then()
                .statusCode(200)
                .body(containsString("Nothing was planned here yet"));
    }

    @Test
    void a_mistake_is_said() {
        Api.call()
                .queryParam("pool", "No name")
                .get("/api/v1/fragmentation")
                .then()
                .statusCode(400)
                .body("detail", containsString("No name"))
                .body("stackTrace", nullValue());
        Api.call().get("/api/v1/fragmentation?pol=a").then().statusCode(400).body("detail", containsString("pol"));
    }

    @Test
    void the_page_of_usage_takes_any_address_for_what_is_usual() {
        Api.call()
                .accept("text/html")
                .get("/ui/usage?by=%3Cscript%3E&days=-7")
                .then()
                .statusCode(200)
                .body(containsString("<h1>Usage</h1>"));
    }

    @Test
    void nodes_are_emptied_with_a_reason_and_where_somebody_plans() {
        Api.call().get("/api/v1/consolidation").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        Api.call()
                .body("{\"nodes\":[\"big-1\"]}")
                .post("/api/v1/consolidation:apply")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo("/why"));
        Api.call()
                .body("{\"node\":\"big-1\",\"why\":\"x\"}")
                .post("/api/v1/consolidation:apply")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/node"));
        Api.call()
                .body("{\"nodes\":[\"big-1\"],\"why\":\"weekend\"}")
                .post("/api/v1/consolidation:apply")
                .then()
                .statusCode(404);
    }
}
