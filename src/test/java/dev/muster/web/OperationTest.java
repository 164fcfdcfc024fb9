package dev.muster.web;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What operators ask, where the cluster is simulated: the doctor looks at what there is, and the rest says why not. */
@QuarkusTest
class OperationTest {
    @Test
    void the_doctor_looks_at_java_disk_and_database() {
        Api.call()
                .get("/api/v1/doctor")
                .then()
                .statusCode(200)
                .body("checks.check", contains("JAVA", "DISK", "DATABASE", "PLANNER"))
                .body("checks.find { it.check == 'DATABASE' }.seen", startsWith("PostgreSQL "))
                .body("checks.find { it.check == 'DATABASE' }.verdict", equalTo("OK"))
                .body("checks.find { it.check == 'PLANNER' }.verdict", equalTo("OK"));
    }

    @Test
    void what_needs_kubernetes_says_so() {
        for (String path :
                new String[] {"/api/v1/volcano", "/api/v1/teams/vision/site", "/api/v1/teams/vision/farewell"}) {
            Api.call().get(path).then().statusCode(409);
        }
        Api.call()
                .get("/api/v1/volcano")
                .then()
                .body("code", equalTo("INVALID_STATE"))
                .body("hints", everyItem(containsString("muster.cluster=KUBERNETES")));
    }

    @Test
    void a_confirmation_that_is_missing_is_a_problem_of_its_field() {
        Api.call()
                .urlEncodingEnabled(false)
                .body("{}")
                .post("/api/v1/volcano:apply")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/confirmation"));
    }
}
