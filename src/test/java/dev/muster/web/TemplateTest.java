package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What jobs have in common: said once, taken where a job says nothing, locked where it must not, and told where it came from. */
@QuarkusTest
class TemplateTest {
    private static final String BASE =
            "{'spec':{'job':{'maxRunTime':'4h','roles':[{'name':'worker','image':'example/base:1','env':{'A':'1','B':'2'},'resources':{'cpu':'1'}},"
                    + "{'name':'*','spot':'never'}]},'locked':['/maxRunTime','/roles/*/image','/roles/worker/env/A']}}";

    private String team = "";

    @BeforeEach
    void a_team_with_a_template() {
        team = Api.newTeam();
        assertThat(put("base", BASE).statusCode()).isEqualTo(201);
    }

    @Test
    void a_job_takes_what_it_does_not_say_and_is_told_where_each_value_comes_from() {
        Response job = submit("'templates':['base'],'roles':[{'name':'worker','args':['x'],'env':{'C':'3'}}]");
        assertThat(job.statusCode()).as(job.asString()).isEqualTo(201);
        assertThat(job.<String>path("spec.maxRunTime")).isEqualTo("4h");
        assertThat(job.<String>path("spec.roles[0].image")).isEqualTo("example/base:1");
        assertThat(job.<Map<String, String>>path("spec.roles[0].env")).isEqualTo(Map.of("A", "1", "B", "2", "C", "3"));
        assertThat(job.<String>path("spec.roles[0].spot")).isEqualTo("never");

        Response origins = Api.call().get(Api.JOBS + "/" + job.path("metadata.id") + "/origins", team);
        assertThat(origin(origins, "/maxRunTime")).isEqualTo("template base@1");
        assertThat(origin(origins, "/roles/worker/image")).isEqualTo("template base@1");
        assertThat(origin(origins, "/roles/worker/env/B")).isEqualTo("template base@1");
        assertThat(origin(origins, "/roles/worker/env/C")).isEqualTo("job");
        assertThat(origin(origins, "/queue")).isEqualTo("team " + team);
        assertThat(origin(origins, "/grace")).isEqualTo("service");
    }

    @Test
    void a_schedule_takes_from_templates_when_it_is_written_and_its_runs_tell_where_from() {
        String schedule = "s-" + team;
        String body = ("{'spec':{'team':'%s','cron':'0 3 * * *','job':{'spec':{'templates':['base'],"
                        + "'roles':[{'name':'worker','args':['{{ interval.start }}']}]}}}}")
                .formatted(team);
        Response made = Api.create("schedules/" + schedule, body);
        assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
        assertThat(made.<String>path("spec.job.spec.roles[0].image")).isEqualTo("example/base:1");
        assertThat(made.<String>path("spec.job.spec.maxRunTime")).isEqualTo("4h");
        String etag = made.path("metadata.etag");
        assertThat(Api.create("schedules/" + schedule, body).<String>path("metadata.etag"))
                .as("the same templates give the same schedule")
                .isEqualTo(etag);

        Response locked = Api.put("schedules/" + schedule, body.replace("'args':", "'image':'example/mine:1','args':"));
        assertThat(locked.statusCode()).isEqualTo(422);
        assertThat(locked.<String>path("errors[0].pointer")).isEqualTo("/spec/job/spec/roles/0/image");
        Response unknown = Api.put("schedules/" + schedule, body.replace("'base'", "'nowhere'"));
        assertThat(unknown.<String>path("errors[0].pointer")).isEqualTo("/spec/job/spec/templates/0");

        Response run = Api.call().post("/api/v1/schedules/{name}:run", schedule);
        assertThat(run.statusCode()).as(run.asString()).isBetween(200, 201);
        Api.call().delete("/api/v1/schedules/{name}", schedule).then().statusCode(204);
    }

    @Test
    void a_job_with_nothing_of_its_own_is_its_template() {
        Response job = submit("'templates':['base']");
        assertThat(job.statusCode()).as(job.asString()).isEqualTo(201);
        assertThat(job.<List<String>>path("spec.roles.name")).containsExactly("worker");
    }

    @Test
    void later_templates_win_and_older_revisions_can_be_named() {
        put("night", "{'spec':{'job':{'priorityClass':'routine','roles':[{'name':'*','sharedMemory':'1Gi'}]}}}");
        String changed = BASE.replace("'A':'1'", "'A':'9'");
        Response second = Api.call()
                .header("If-Match", "*")
                .body(Api.quoted(changed))
                .put("/api/v1/teams/{team}/templates/base", team);
        assertThat(second.statusCode()).as(second.asString()).isEqualTo(200);

        Response newest = submit("'templates':['base','night']");
        assertThat(newest.<String>path("spec.roles[0].env.A")).isEqualTo("9");
        Response old = submit("'templates':['base@1','night']");
        assertThat(old.<String>path("spec.roles[0].env.A")).isEqualTo("1");
        assertThat(old.<String>path("spec.priorityClass")).isEqualTo("routine");
        Response revisions = Api.call().get("/api/v1/teams/{team}/templates/base/revisions", team);
        assertThat(revisions.<List<Integer>>path("items.revision")).containsExactly(2, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'templates':['base'],'maxRunTime':'9h'                                            | /spec/maxRunTime    | template base@1 says '4h'
            'templates':['base'],'roles':[{'name':'worker','image':'example/own:1'}]          | /spec/roles/0/image | nothing else is allowed
            'templates':['base'],'roles':[{'name':'worker','env':{'A':'2'}}]                  | /spec/roles/0/env/A | template base@1 says '1'
            'templates':['nobodys'],'roles':[{'name':'w','resources':{'cpu':'1'}}]            | /spec/templates/0   | has no template
            'templates':['base@7'],'roles':[{'name':'w','resources':{'cpu':'1'}}]             | /spec/templates/0   | has no template
            """)
    void what_is_locked_or_not_there_is_refused_by_field(String spec, String pointer, String detail) {
        Response refused = submit(spec);
        assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo(pointer);
        assertThat(refused.<String>path("errors[0].detail")).contains(detail);
        assertThat(Api.count(team)).isZero();
    }

    @Test
    void the_same_value_as_the_locked_one_may_be_said() {
        assertThat(submit("'templates':['base'],'maxRunTime':'4h'").statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'spec':{}}                                          | /spec/job           | what jobs get
            {'spec':{'job':{},'locked':['/nothing']}}            | /spec/locked/0      | a field of a job's spec
            {'spec':{'job':{},'locked':['queue']}}               | /spec/locked/0      | a field of a job's spec
            {'spec':{'job':{'templates':['base']}}}              | /spec/job/templates | nothing from others
            {'metadata':{'name':'other'},'spec':{'job':{}}}      | /metadata/name      | the path says
            """)
    void a_template_that_is_none_is_refused_by_field(String body, String pointer, String detail) {
        Response refused = put("bad", body);
        assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo(pointer);
        assertThat(refused.<String>path("errors[0].detail")).contains(detail);
    }

    private Response put(String name, String body) {
        return Api.call().body(Api.quoted(body)).put("/api/v1/teams/{team}/templates/{name}", team, name);
    }

    private Response submit(String spec) {
        return Api.submit(
                team, "{'metadata':{'name':'job'},'spec':{'notBefore':'2150-01-01T00:00:00Z',%s}}".formatted(spec));
    }

    private static String origin(Response origins, String pointer) {
        List<Map<String, String>> values = origins.path("values");
        return values.stream()
                .filter(one -> one.get("pointer").equals(pointer))
                .findFirst()
                .orElseThrow(() -> new AssertionError(pointer + " is not among " + values))
                .get("origin");
    }
}
