package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules over REST: written, shown, steered; every mistake is told with its place and changes nothing. */
@QuarkusTest
class ScheduleApiTest {
    private static final String JOB =
            "{'metadata':{'labels':{'app':'etl'}},'spec':{'roles':[{'name':'worker','args':['{{ interval.start | yyyy-MM-dd }}'],'resources':{'cpu':'1'}}]}}";

    private String team = "";
    private final String name = "s" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = "/api/v1/schedules/" + name;

    @BeforeEach
    void a_team_with_a_queue_of_its_own() {
        team = Api.newTeam();
    }

    @Test
    void what_is_shown_may_be_edited_and_sent_again() {
        Response created = Api.create(
                "schedules/" + name, spec("'timeZone':'Europe/Berlin','jitter':'10m','startingDeadline':'1h'"));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.<String>path("spec.concurrency")).isEqualTo("ALLOW");
        assertThat(created.<String>path("spec.catchUp")).isEqualTo("LATEST");
        assertThat(created.<List<String>>path("status.next")).hasSize(5);
        assertThat(created.<String>path("spec.job.spec.roles[0].args[0]"))
                .isEqualTo("{{ interval.start | yyyy-MM-dd }}");
        assertThat(created.<String>path("spec.job.metadata.labels.app")).isEqualTo("etl");

        String shown = Api.call().get(path).asString();
        Response same = Api.call().body(shown).put(path);
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(same.header("ETag")).isEqualTo("\"1\"");
        assertThat(Api.call()
                        .body(shown.replace("0 3 * * *", "0 4 * * *"))
                        .put(path)
                        .header("ETag"))
                .isEqualTo("\"2\"");
        assertThat(Api.create("schedules/" + name, spec("")).statusCode()).isEqualTo(428);

        assertThat(Api.call().get("/api/v1/schedules?pageSize=1000").<List<String>>path("items.metadata.name"))
                .contains(name);
        assertThat(Api.call().delete("/api/v1/teams/" + team).<String>path("detail"))
                .contains("schedule " + name);
        assertThat(Api.call().delete(path).statusCode()).isEqualTo(204);
        assertThat(Api.call().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void post_creates_and_never_replaces() {
        String body = Api.quoted(spec("").replace("{'spec'", "{'metadata':{'name':'" + name + "'},'spec'"));

        assertThat(Api.call()
                        .body(body)
                        .post("/api/v1/schedules?validateOnly=true")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Api.call().get(path).statusCode()).isEqualTo(404);
        assertThat(Api.call().body(body).post("/api/v1/schedules").statusCode()).isEqualTo(201);
        assertThat(Api.call().body(body).post("/api/v1/schedules").statusCode()).isEqualTo(412);
        assertThat(Api.call()
                        .body(Api.quoted(spec("")))
                        .post("/api/v1/schedules")
                        .<String>path("errors[0].pointer"))
                .isEqualTo("/metadata/name");
    }

    @Test
    void the_next_ticks_are_shown_with_their_intervals_across_the_change_of_clocks() {
        Api.create("schedules/" + name, spec("'timeZone':'Europe/Berlin'").replace("0 3 * * *", "30 2 * * *"));

        Response next = Api.call().get(path + "/next?count=2&from=2026-03-28T12:00:00Z");

        assertThat(next.<List<String>>path("items.at")).containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(next.<List<String>>path("items.local"))
                .containsExactly("Sun 29 Mar 2026 03:00 +02:00", "Mon 30 Mar 2026 02:30 +02:00");
        assertThat(next.<String>path("items[1].intervalStart")).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(Api.call().get(path + "/next?from=tomorrow").statusCode()).isEqualTo(400);
    }

    @Test
    void it_is_paused_with_a_reason_and_resumed_and_run_by_hand() {
        Api.create("schedules/" + name, spec("'concurrency':'FORBID'"));

        assertThat(Api.call().body("{}").post(path + ":pause").<String>path("errors[0].pointer"))
                .isEqualTo("/why");
        assertThat(Api.call()
                        .body("{\"why\":\"source is down\"}")
                        .post(path + ":pause")
                        .<String>path("status.pausedWhy"))
                .isEqualTo("source is down");
        assertThat(Api.call().post(path + ":resume").<Boolean>path("status.paused"))
                .isNull();
        Response run = Api.call().header("Idempotency-Key", path).post(path + ":run");
        assertThat(Api.call()
                        .header("Idempotency-Key", path)
                        .post(path + ":run")
                        .asString())
                .as("once for a key")
                .isEqualTo(run.asString());
        assertThat(run.statusCode()).isEqualTo(201);
        assertThat(run.<String>path("origin")).isEqualTo("HAND");
        assertThat(Instant.parse(run.path("intervalEnd"))).isBefore(Instant.now());
        assertThat(Api.call().post(path + ":run").<String>path("code")).isEqualTo("INVALID_STATE");
        assertThat(Api.call().get(path + "/runs").<List<?>>path("items")).hasSize(1);
        assertThat(Api.call().post("/api/v1/schedules/not-there:run").statusCode())
                .isEqualTo(404);
    }

    @Test
    void its_pages_show_it_and_their_buttons_steer_it() {
        Api.create("schedules/" + name, spec(""));
        String page = "/ui/schedules/" + name;

        assertThat(Api.call().get("/ui/schedules?after=" + name.substring(0, 8)).asString())
                .contains("href=\"" + page + "\"");
        assertThat(Api.call().get(page).asString()).contains("0 3 * * *", "to come", page + "/pause");
        Api.call()
                .contentType("application/x-www-form-urlencoded")
                .redirects()
                .follow(false)
                .post(page + "/pause")
                .then()
                .statusCode(303);
        assertThat(Api.call().get(page).asString()).contains("paused by", page + "/resume");
        Api.call()
                .contentType("application/x-www-form-urlencoded")
                .redirects()
                .follow(false)
                .post(page + "/resume")
                .then()
                .statusCode(303);
        Api.call()
                .contentType("application/x-www-form-urlencoded")
                .redirects()
                .follow(false)
                .post(page + "/run")
                .then()
                .statusCode(303);
        assertThat(Api.call().get(page).asString()).contains("by hand", "waiting");
        assertThat(Api.call().get("/ui/schedules/not-there").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0 3 * * *   | 0 0 30 2 *                            | /spec/cron                        | never ticks
            0 3 * * *   | 61 * * * *                            | /spec/cron                        | not in range
            0 3 * * *   | often                                 | /spec/cron                        | five fields
            'team'      | 'tema'                                | /spec/tema                        | no field
            'job':      | 'timeZone':'Europe/Belrin','job':     | /spec/timeZone                    | name of a time zone
            'job':      | 'timeZone':'+01:00','job':            | /spec/timeZone                    | name of a time zone
            'job':      | 'concurrency':'SOMETIMES','job':      | /spec/concurrency                 | ALLOW, FORBID
            'job':      | 'catchUp':'ALL','concurrency':'FORBID','job': | /spec/catchUp             | only one would run
            'job':      | 'startingDeadline':'-5m','job':       | /spec/startingDeadline            | a duration
            'job':      | 'startingDeadline':'0s','job':        | /spec/startingDeadline            | more than 0
            'job':      | 'pauseAfterFailures':0,'job':         | /spec/pauseAfterFailures          | 1 to
            'job':      | 'pauseAfterFailures':-1,'job':        | /spec/pauseAfterFailures          | 1 to
            'job':      | 'jitter':'3d','job':                  | /spec/jitter                      | at most a day
            {{ interval.start | {{ intervall.start              | /spec/job/spec/roles/0/args/0     | expected one of interval.start
            yyyy-MM-dd  | bbbb                                  | /spec/job/spec/roles/0/args/0     | expected a form
            'roles':    | 'notBefore':'2030-01-01T00:00:00Z','roles': | /spec/job/spec/notBefore    | begin with their ticks
            'roles':    | 'queue':'not-there','roles':          | /spec/job/spec/queue              | no queue
            'cpu':'1'   | 'cpu':'100'                           | /spec/job/spec/roles              | never run
            'name':'worker' | 'name':'Worker'                   | /spec/job/spec/roles/0/name       | Bad role name
            """)
    void a_mistake_is_told_by_its_field_and_nothing_is_kept(String right, String wrong, String pointer, String detail) {
        Response refused = Api.create("schedules/" + name, spec("").replace(right, wrong));

        assertThat(refused.statusCode()).as(refused.asString()).isBetween(400, 422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo(pointer);
        assertThat(refused.<String>path("errors[0].detail")).contains(detail);
        assertThat(Api.call().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void schedules_come_after_those_of_their_team_and_never_in_a_circle() {
        Api.create("schedules/" + name, spec(""));
        Response second = Api.create("schedules/" + name + "-b", spec("'after':['" + name + "']"));
        assertThat(second.statusCode()).as(second.asString()).isEqualTo(201);
        assertThat(second.<List<String>>path("spec.after")).containsExactly(name);
        assertThat(Api.create("schedules/" + name + "-c", spec("'after':['" + name + "-b']"))
                        .statusCode())
                .isEqualTo(201);

        assertThat(refused(name, "'after':['" + name + "-c']"))
                .contains("/spec/after/0", "%1$s → %1$s-c → %1$s-b → %1$s".formatted(name));
        assertThat(refused(name, "'after':['" + name + "']")).contains("wait for itself");
        assertThat(refused(name + "-d", "'after':['nobody-has-this']"))
                .contains("/spec/after/0", "has no schedule 'nobody-has-this'");
        assertThat(refused(name + "-d", "'after':['" + name + "','" + name + "']"))
                .contains("/spec/after/1", "twice");
        assertThat(refused(name + "-d", "'after':['No Name']")).contains("/spec/after/0");

        Response used = Api.call().delete(path);
        assertThat(used.statusCode()).isEqualTo(409);
        assertThat(used.<String>path("detail")).contains(name + "-b");
        team = Api.newTeam();
        assertThat(refused(name + "-d", "'after':['" + name + "']"))
                .as("another team's is as one that is not there")
                .contains("has no schedule '" + name + "'");
        assertThat(refused(name, "")).contains("/spec/team");
    }

    private String refused(String schedule, String more) {
        Response answer = Api.put("schedules/" + schedule, spec(more));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(422);
        return answer.asString();
    }

    @Test
    void what_is_missing_is_told_at_once() {
        Response refused = Api.create("schedules/" + name, "{'spec':{}}");
        assertThat(refused.<List<String>>path("errors.pointer"))
                .containsExactly("/spec/team", "/spec/cron", "/spec/job/spec");
        assertThat(Api.create("schedules/" + "a".repeat(51), spec("")).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                      | /from
            {'from':'2026-01-02T00:00:00Z','to':'2026-01-01T00:00:00Z'}             | /to
            {'from':'2026-01-02T00:00:00Z','to':'2150-01-01T00:00:00Z'}             | /to
            {'from':'2026-01-01T00:00:00Z','to':'2026-01-02T00:00:00Z','maxParallel':0} | /maxParallel
            {'from':'2026-01-01T00:00:00Z','to':'2026-01-02T00:00:00Z','order':'UP'}  | /order
            {'from':'2026-01-01T04:00:00Z','to':'2026-01-01T05:00:00Z'}             | ``
            {'from':'1970-01-01T00:00:00Z','to':'2026-01-01T00:00:00Z'}             | ``
            """)
    void a_backfill_of_nothing_of_too_much_or_of_what_is_to_come_is_refused(String body, String pointer) {
        Api.create("schedules/" + name, spec(""));

        Response refused = Api.call().body(Api.quoted(body)).post(path + "/backfills");

        assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo(pointer);
        assertThat(Api.call().get(path + "/backfills").<List<?>>path("items")).isEmpty();
    }

    private String spec(String more) {
        return "{'spec':{'team':'%s','cron':'0 3 * * *'%s,'job':%s}}"
                .formatted(team, more.isEmpty() ? "" : "," + more, JOB);
    }
}
