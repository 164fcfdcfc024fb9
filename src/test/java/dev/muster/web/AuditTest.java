package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The record of changes: who, from where, what, before, after, why; appended to and nothing else. */
@QuarkusTest
class AuditTest {
    @Inject
    AgroalDataSource database;

    private final String name = "q" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void a_change_is_told_with_who_from_where_before_and_after() {
        Api.create("queues/" + name, "{'spec':{'weight':1}}").then().statusCode(201);
        Response changed = Api.call()
                .header("User-Agent", "test\u202e/1")
                .header("If-Match", "*")
                .body(Api.quoted("{'spec':{'weight':7}}"))
                .put("/api/v1/queues/" + name);
        Api.call()
                .header("If-Match", "*")
                .delete("/api/v1/queues/" + name)
                .then()
                .statusCode(204);

        Response record = Api.call().get("/api/v1/audit?name=" + name);

        assertThat(record.<List<String>>path("items.type"))
                .containsExactly("QUEUE_CHANGED", "QUEUE_CHANGED", "QUEUE_CHANGED");
        assertThat(record.<List<String>>path("items.actor")).containsOnly("operator");
        assertThat(record.<List<String>>path("items.means")).containsOnly("TOKEN");
        assertThat(record.<List<String>>path("items.address")).doesNotContainNull();
        assertThat(record.<Object>path("items[2].before")).isNull();
        assertThat(record.<Object>path("items[0].after")).isNull();
        assertThat(record.<Number>path("items[1].before.spec.weight").doubleValue())
                .isEqualTo(1);
        assertThat(record.<Number>path("items[1].after.spec.weight").doubleValue())
                .isEqualTo(7);
        assertThat(record.<String>path("items[1].trace")).isEqualTo(changed.header("Muster-Trace-Id"));
        assertThat(record.<String>path("items[1].agent")).startsWith("test").doesNotContain("\u202e");
    }

    @Test
    void what_was_refused_or_only_tried_is_no_change() {
        Api.create("queues/" + name + "?validateOnly=true", "{'spec':{}}")
                .then()
                .statusCode(200);
        Api.create("queues/" + name, "{'spec':{'parent':'not-there'}}").then().statusCode(422);

        assertThat(Api.call().get("/api/v1/audit?name=" + name).<List<?>>path("items"))
                .isEmpty();
    }

    @Test
    void jobs_duties_and_tokens_are_in_it_and_no_secret() {
        String team = Api.newTeam();
        String id = Api.accepted(team, "x").get("id").toString();
        Api.call()
                .post("/api/v1/teams/" + team + "/jobs/" + id + ":cancel")
                .then()
                .statusCode(200);
        Api.call()
                .body(Api.quoted(
                        "{'subject':'%s','duty':'VIEWER','scope':'team/%s','why':'new'}".formatted(name, team)))
                .post("/api/v1/grants")
                .then()
                .statusCode(201);
        String token = Api.call()
                .body(Api.quoted("{'label':'x','subject':'%s'}".formatted(name)))
                .post("/api/v1/tokens")
                .path("token");

        assertThat(Api.call().get("/api/v1/audit?name=" + id).<List<String>>path("items.type"))
                .contains("JOB_SUBMITTED", "JOB_MOVED");
        Response people = Api.call().get("/api/v1/audit?name=" + name);
        assertThat(people.<List<String>>path("items.type")).containsExactly("TOKEN_ISSUED", "GRANT_GIVEN");
        assertThat(people.<String>path("items[1].why")).isEqualTo("new");
        assertThat(people.asString()).doesNotContain(token);
    }

    @Test
    void it_is_read_page_by_page_and_exported_whole() {
        for (int weight = 1; weight <= 3; weight++) {
            Api.put("queues/" + name, "{'spec':{'weight':" + weight + "}}");
        }
        Api.create("queues/" + name, "{'spec':{'weight':1}}");
        Api.put("queues/" + name, "{'spec':{'weight':2}}");

        Response first = Api.call().get("/api/v1/audit?pageSize=1&name=" + name);
        Response second = Api.call()
                .queryParam("pageToken", first.<String>path("nextPageToken"))
                .get("/api/v1/audit?pageSize=1&name=" + name);
        String csv = Api.call().get("/api/v1/audit?format=csv&name=" + name).asString();
        String lines =
                Api.call().get("/api/v1/audit?format=ndjson&name=" + name).asString();

        assertThat(first.<List<Map<String, Object>>>path("items")).hasSize(1);
        assertThat(second.<List<Map<String, Object>>>path("items")).hasSize(1).isNotEqualTo(first.path("items"));
        assertThat(second.<String>path("nextPageToken")).isNull();
        assertThat(csv.lines()).hasSize(3);
        assertThat(csv).startsWith("id,at,actor,");
        assertThat(lines.lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update change_record set actor = 'nobody'",
                "delete from change_record",
                "truncate change_record",
            })
    void the_database_refuses_to_change_it(String statement) throws Exception {
        Api.create("queues/" + name, "{'spec':{}}").then().statusCode(201);
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.executeUpdate(statement)).hasMessageContaining("never changed");
        }
    }
}
