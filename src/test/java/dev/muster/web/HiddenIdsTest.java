package dev.muster.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever belongs to another team is not there: every operation of the OpenAPI document that takes an id, called by every
 * duty that is held for one team or one queue, answers the id of another team's thing word for word as one that nobody has.
 */
@QuarkusTest
class HiddenIdsTest {
    private static final String NOBODYS = "nobody-s";
    private static final String NO_ID = "01h00000000000000000000000";
    /** Names of schedules and queues are taken for all together: who takes one that is taken must be told. */
    private static final Set<String> TOLD = Set.of("PUT /api/v1/schedules/{name}", "PUT /api/v1/queues/{name}");

    private String own;
    private String other;
    private final Map<String, String> theirs = new TreeMap<>();

    @BeforeEach
    void another_team_with_one_of_everything() {
        own = Api.newTeam();
        other = Api.newTeam();
        String name = "x" + other;
        String role = "{'spec':{'roles':[{'name':'w','resources':{'cpu':'1'}}]}}";
        String person = "p" + other;

        Api.create("teams/" + other + "/templates/" + name, "{'spec':{'job':{'queue':'%s'}}}".formatted(other));
        Api.create("schedules/" + name, "{'spec':{'cron':'0 3 * * *','team':'%s','job':%s}}".formatted(other, role))
                .then()
                .statusCode(201);
        Api.call().body(Api.quoted("{'name':'%s'}".formatted(person))).post("/api/v1/accounts");
        String array = Api.call()
                .body(Api.quoted("{'metadata':{'name':'a'},'spec':{'notBefore':'2150-01-01T00:00:00Z',"
                        + "'array':{'size':2},'jobSet':'theirs-set','roles':[{'name':'w','resources':{'cpu':'1'}}]}}"))
                .post("/api/v1/teams/" + other + "/arrays")
                .path("metadata.id");

        theirs.put("team", other);
        theirs.put("job", Api.accepted(other, "theirs").get("id").toString());
        theirs.put("array", array == null ? "" : array);
        theirs.put("set", "theirs-set");
        theirs.put("schedule", name);
        theirs.put("queue", other);
        theirs.put("account", person);
        theirs.put(
                "token",
                Api.call()
                        .body(Api.quoted("{'label':'theirs','subject':'%s'}".formatted(person)))
                        .post("/api/v1/tokens")
                        .path("id"));
        theirs.put(
                "request",
                Api.call()
                        .body(Api.quoted("{'team':'%s','queue':'%s','why':'theirs','capability':{'cpu':'1'}}"
                                .formatted(other, other)))
                        .post("/api/v1/quotaRequests")
                        .path("id"));
        theirs.put("session", "not-there-either");
        theirs.put("sha256", "a".repeat(64));
        theirs.put("number", "1");
        theirs.put("revision", "1");
        theirs.put("/queues", other);
        theirs.put("/teams", other);
        theirs.put("/schedules", name);
        theirs.put("/templates", name);
        theirs.put("/links", "dashboard");
    }

    @Test
    void there_is_something_to_hide() {
        assertThat(theirs.values()).doesNotContain("").doesNotContainNull();
        for (String path : List.of(
                "/api/v1/teams/" + other + "/templates/" + theirs.get("/templates"),
                "/api/v1/schedules/" + theirs.get("schedule"),
                "/api/v1/teams/" + other + "/arrays/" + theirs.get("array"),
                "/api/v1/teams/" + other + "/jobSets/" + theirs.get("set"),
                "/api/v1/teams/" + other + "/jobs/" + theirs.get("job"))) {
            assertThat(Api.call().get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"VIEWER, team/", "SUBMITTER, team/", "TEAM_ADMIN, team/", "QUOTA_ADMIN, queue/", "VIEWER, queue/", ","})
    void an_id_of_another_team_is_answered_as_one_that_nobody_has(String duty, String scope) {
        String someone = "s" + UUID.randomUUID().toString().substring(0, 8);
        String token = duty == null ? Api.tokenOf(someone) : Api.tokenOf(someone, duty, scope + own);

        List<String> told = new ArrayList<>();
        for (String operation : operations()) {
            for (String body : bodies(operation)) {
                Call real = new Call(operation, body, token);
                String hidden = real.answer(theirs, "");
                String missing = real.answer(theirs, NOBODYS);
                if (!hidden.equals(missing) && !TOLD.contains(operation)) {
                    told.add(operation + " " + body + "\n  " + hidden + "\n  " + missing);
                }
                assertThat(hidden.substring(0, 3)).as(operation + " " + hidden).isNotEqualTo("500");
            }
        }

        assertThat(told).isEmpty();
        assertThat(Api.count(other)).isEqualTo(3);
    }

    /** Those of the document with an id in their path, but what belongs to nobody. */
    private static List<String> operations() {
        Map<String, Map<String, Object>> paths =
                Api.call().get("/q/openapi?format=json").jsonPath().getMap("paths");
        List<String> found = paths.entrySet().stream()
                .filter(path -> path.getKey().contains("{"))
                .filter(path -> !path.getKey().matches("/api/v1/(pools|priorityClasses|policy)/.*"))
                .flatMap(path -> path.getValue().keySet().stream()
                        .map(method -> method.toUpperCase(Locale.ROOT))
                        .filter(method ->
                                Set.of("GET", "PUT", "POST", "PATCH", "DELETE").contains(method))
                        .map(method -> method + " " + path.getKey()))
                .toList();
        assertThat(found).hasSizeGreaterThan(40);
        return found;
    }

    private List<String> bodies(String operation) {
        return switch (operation.substring(0, operation.indexOf(' '))) {
            case "GET", "DELETE" -> List.of("");
            case "PUT" -> List.of("{'spec':{}}", "{'spec':{'parent':'" + own + "'}}");
            case "PATCH" -> List.of("{'priorityClass':'routine'}");
            default -> List.of("{}", "no json", Api.waiting("new"));
        };
    }

    private record Call(String operation, String body, String token) {
        /** Its status and its text without what differs from call to call; {@code instead} of the names where it is none. */
        String answer(Map<String, String> names, String instead) {
            String path = operation.substring(operation.indexOf(' ') + 1);
            List<String> said = new ArrayList<>();
            for (String parameter : path.replaceAll("^[^{]*\\{|}[^{]*$", "").split("}[^{]*\\{")) {
                String key = parameter.equals("name") ? path.replaceAll("^.*(/\\w+)/\\{name}.*$", "$1") : parameter;
                String value = names.get(key);
                assertThat(value)
                        .as("%s of %s is not among the things of the other team", key, operation)
                        .isNotNull();
                if (!instead.isEmpty()
                        && !Set.of("number", "revision", "/links", "sha256").contains(key)) {
                    value = Set.of("job", "array").contains(key) ? NO_ID : instead;
                }
                path = path.replace("{" + parameter + "}", value);
                said.add(value);
            }
            var request = given().urlEncodingEnabled(false)
                    .redirects()
                    .follow(false)
                    .header("Authorization", "Bearer " + token)
                    .header("If-Match", "*")
                    .accept("application/json, */*");
            if (!body.isEmpty()) {
                request = request.contentType("application/json").body(Api.quoted(body));
            }
            Response response = request.request(operation.substring(0, operation.indexOf(' ')), path);
            String text = response.statusCode() + " " + response.asString();
            // Names of things may hold the team's.
            said.sort(Comparator.comparingInt(String::length).reversed());
            for (String value : said) {
                text = text.replace(value, "NAME");
            }
            // The path is the caller's own, and is cut where it is long.
            return text.replaceAll("\"traceId\":\"\\w+\"|\"instance\":\"[^\"]*\"", "");
        }
    }
}
