package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SubmissionTest {
    private static final String KEY = "Idempotency-Key";

    @Test
    void an_accepted_job_is_there_with_its_defaults() {
        String team = Api.newTeam();

        Response accepted = Api.submit(team, Api.waiting("one"));

        assertThat(accepted.statusCode()).isEqualTo(201);
        Response found = Api.call().get(accepted.header("Location"));
        assertThat(found.<String>path("metadata.name")).isEqualTo("one");
        assertThat(found.<String>path("metadata.etag")).isEqualTo(found.header("ETag"));
        assertThat(found.<String>path("spec.queue")).isEqualTo(team);
        assertThat(found.<String>path("spec.priorityClass")).isEqualTo("routine");
        assertThat(found.<String>path("spec.startDeadline")).isEqualTo("10m");
        assertThat(found.<String>path("status.state")).isEqualTo("QUEUED");
    }

    @Test
    void what_is_shown_of_a_job_can_be_sent_again() {
        String team = Api.newTeam();
        String shown = Api.call()
                .get(Api.submit(team, Api.waiting("again")).header("Location"))
                .asString();

        assertThat(Api.call().body(shown).post(Api.JOBS, team).statusCode()).isEqualTo(201);
        assertThat(Api.count(team)).isEqualTo(2);
    }

    @Test
    void a_spark_application_becomes_a_driver_and_executors_and_what_is_shown_can_be_sent_again() {
        String team = Api.newTeam();
        String pi = "{'metadata':{'name':'pi'},'spec':{'spark':{'version':'3.5.6','type':'Python',"
                + "'mainApplicationFile':'local:///pi.py','arguments':['20'],'conf':{'spark.sql.shuffle.partitions':'9'},"
                + "'driver':{'memory':'512m','env':{'A':'b'},'spot':'never'},"
                + "'executor':{'min':2,'max':3,'memory':'512m','coreRequest':'500m'}}}}";

        Response accepted = Api.call().body(Api.quoted(pi)).post(Api.JOBS, team);

        assertThat(accepted.statusCode()).isEqualTo(201);
        Response shown = Api.call().get(accepted.header("Location"));
        assertThat(shown.<List<String>>path("spec.roles.name")).containsExactly("driver", "executor");
        assertThat(shown.<Boolean>path("spec.roles[0].leader")).isTrue();
        assertThat(shown.<Integer>path("spec.roles[1].min")).isEqualTo(2);
        assertThat(shown.<Integer>path("spec.roles[1].max")).isEqualTo(3);
        assertThat(shown.<Map<String, String>>path("spec.roles[1].resources"))
                .isEqualTo(Map.of("cpu", "500m", "memory", "896Mi"));
        assertThat(shown.<String>path("spec.spark.executor.memory")).isEqualTo("512m");
        assertThat(shown.<Map<String, Integer>>path("spec.failurePolicy.toleratedFailures"))
                .isEqualTo(Map.of("executor", 3));
        Response again = Api.call().body(shown.asString()).post(Api.JOBS, team);
        assertThat(again.statusCode()).as(again.asString()).isEqualTo(201);
        Map<String, Object> first = shown.path("spec");
        assertThat(Api.call().get(again.header("Location")).<Map<String, Object>>path("spec"))
                .isEqualTo(first);
    }

    @Test
    void a_job_that_is_only_validated_is_not_there() {
        String team = Api.newTeam();

        Response tried = Api.call().body(Api.quoted(Api.waiting("try"))).post(Api.JOBS + "?validateOnly=true", team);

        assertThat(tried.statusCode()).isEqualTo(200);
        assertThat(tried.<String>path("spec.queue")).isEqualTo(team);
        assertThat(tried.<String>path("metadata.id")).isNull();
        assertThat(Api.count(team)).isZero();
    }

    @Test
    void a_job_that_is_only_tried_says_what_it_would_take_and_cost_on_spot_and_on_none() {
        String team = Api.newTeam();
        String node = "'nodes':0,'maxNodes':9,'resources':{'cpu':'8','memory':'32Gi'}";
        Api.create(
                        "pools/cheap-" + team,
                        "{'spec':{%s,'price':'0.10','labels':{'karpenter.sh/capacity-type':'spot'}}}".formatted(node))
                .then()
                .statusCode(201);
        Api.create("pools/steady-" + team, "{'spec':{%s,'price':'0.40'}}".formatted(node))
                .then()
                .statusCode(201);
        String job =
                Api.waiting("try").replace("'count':2", "'count':16").replace("'spec':{", "'spec':{'maxRunTime':'1h',");

        Response tried = Api.call().body(Api.quoted(job)).post(Api.JOBS + "?validateOnly=true", team);
        Response keptOff = Api.call()
                .body(Api.quoted(job.replace("'name':'worker'", "'name':'worker','spot':'never'")))
                .post(Api.JOBS + "?validateOnly=true", team);
        Response first = Api.call()
                .body(Api.quoted(job.replace("'name':'worker'", "'name':'worker','spot':'first'")))
                .post(Api.JOBS + "?validateOnly=true", team);
        Api.call().delete("/api/v1/pools/cheap-" + team);
        Api.call().delete("/api/v1/pools/steady-" + team);

        assertThat(first.<String>path("spec.roles[0].spot")).isEqualTo("first");
        assertThat(first.<Object>path("spec.roles[0].nodeAffinity")).isNull();
        assertThat(first.jsonPath().<String>getList("status.forecasts.capacity"))
                .containsExactly("spot", "on-demand");
        assertThat(tried.statusCode()).as(tried.asString()).isEqualTo(200);
        assertThat(tried.jsonPath().<String>getList("status.forecasts.capacity"))
                .containsExactly("spot", "on-demand");
        assertThat(tried.jsonPath().<Integer>getList("status.forecasts.nodes")).containsExactly(2, 2);
        assertThat(tried.jsonPath().<String>getList("status.forecasts.work")).containsExactly("1h", "1h");
        assertThat(tried.<String>path("status.forecasts[1].cost")).isEqualTo("0.80");
        assertThat(tried.<String>path("status.forecasts[1].expected")).isEqualTo("1h");
        assertThat(Double.parseDouble(tried.path("status.forecasts[0].cost"))).isBetween(0.2, 0.79);
        assertThat(keptOff.jsonPath().<String>getList("status.forecasts.capacity"))
                .containsExactly("on-demand");
        assertThat(Api.count(team)).isZero();
    }

    @Test
    void a_job_that_is_only_tried_says_where_pods_that_ask_a_little_less_would_fit_once_more() {
        String team = Api.newTeam();
        String pool = "eights-" + team;
        Api.create("pools/" + pool, "{'spec':{'nodes':0,'maxNodes':9,'resources':{'cpu':'8','memory':'32Gi'}}}")
                .then()
                .statusCode(201);
        String job = Api.waiting("try");

        Response wasteful = Api.call()
                .body(Api.quoted(job.replace("'cpu':'1'", "'cpu':'2100m'")))
                .post(Api.JOBS + "?validateOnly=true", team);
        Response dividing = Api.call()
                .body(Api.quoted(job.replace("'cpu':'1'", "'cpu':'2'")))
                .post(Api.JOBS + "?validateOnly=true", team);
        Response alone = Api.call()
                .body(Api.quoted(job.replace("'cpu':'1'", "'cpu':'2100m'").replace("'count':2", "'count':1")))
                .post(Api.JOBS + "?validateOnly=true", team);
        Response accepted = Api.call()
                .body(Api.quoted(job.replace("'cpu':'1'", "'cpu':'2100m'")))
                .post(Api.JOBS, Api.newTeam());
        Api.call().delete("/api/v1/pools/" + pool);

        assertThat(accepted.statusCode()).isEqualTo(201);
        assertThat(accepted.<String>path("status.podSizes.worker.'" + pool + "'"))
                .endsWith("; at 2 cpu 4 fit");
        assertThat(wasteful.<String>path("status.podSizes.worker.'" + pool + "'"))
                .startsWith("3 of ")
                .endsWith("; at 2 cpu 4 fit");
        assertThat(dividing.statusCode()).as(dividing.asString()).isEqualTo(200);
        assertThat(dividing.<Object>path("status.podSizes.worker.'" + pool + "'"))
                .isNull();
        assertThat(alone.<Object>path("status.podSizes")).isNull();
        assertThat(Api.count(team)).isZero();
    }

    @Test
    void a_role_that_is_kept_off_spot_says_so_by_itself_or_by_its_team() {
        String team = Api.newTeam();
        String own = Api.waiting("own").replace("'name':'worker'", "'name':'worker','spot':'never'");
        Response accepted = Api.submit(team, own);
        assertThat(accepted.<String>path("spec.roles[0].spot")).isEqualTo("never");
        assertThat(accepted.<Object>path("spec.roles[0].nodeAffinity")).isNull();

        Api.put("teams/" + team, "{'spec':{'queue':'%s','roles':{'worker':{'spot':'never'}}}}".formatted(team))
                .then()
                .statusCode(200);
        Response byTeam = Api.submit(team, Api.waiting("by-team"));
        assertThat(byTeam.<String>path("spec.roles[0].spot")).isEqualTo("never");
        Response shown = Api.call().get("/api/v1/teams/" + team);
        assertThat(shown.<String>path("spec.roles.worker.spot")).isEqualTo("never");

        Response refused = Api.submit(team, own.replace("never", "sometimes"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.jsonPath().<String>getList("errors.pointer")).containsExactly("/spec/roles/0/spot");
    }

    @Test
    void a_batch_is_accepted_whole_and_in_its_order() {
        String team = Api.newTeam();
        String batch = "{'jobs':[%s,%s,%s]}".formatted(Api.waiting("b1"), Api.waiting("b2"), Api.waiting("b3"));

        Response accepted = Api.call().body(Api.quoted(batch)).post(Api.JOBS + ":batchCreate", team);

        assertThat(accepted.statusCode()).isEqualTo(201);
        assertThat(accepted.jsonPath().<String>getList("jobs.metadata.name")).containsExactly("b1", "b2", "b3");
        assertThat(accepted.jsonPath().<String>getList("jobs.metadata.id"))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void a_batch_with_one_bad_job_is_refused_whole() {
        String team = Api.newTeam();
        String batch = "{'jobs':[%s,%s]}"
                .formatted(Api.waiting("good"), Api.waiting("bad").replace("'cpu':'1'", "'cpu':'9'"));

        Response refused = Api.call().body(Api.quoted(batch)).post(Api.JOBS + ":batchCreate", team);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.jsonPath().<String>getList("errors.pointer")).containsExactly("/jobs/1/spec/roles");
        assertThat(Api.count(team)).isZero();
    }

    @Test
    void the_teams_defaults_per_role_are_merged_in() {
        String team = Api.newTeam();
        Api.put(
                        "teams/" + team,
                        "{'spec':{'queue':'%s','roles':{'*':{'tolerations':[{'key':'spot','operator':'Exists'}]},'worker':{'nodeAffinity':{'required':[{'matchExpressions':[{'key':'muster.dev/pool','operator':'In','values':['shared']}]}]}}}}}"
                                .formatted(team))
                .then()
                .statusCode(200);

        Response accepted = Api.submit(team, Api.waiting("merged"));

        assertThat(accepted.<String>path("spec.roles[0].tolerations[0].key")).isEqualTo("spot");
        assertThat(accepted.<String>path("spec.roles[0].nodeAffinity.required[0].matchExpressions[0].values[0]"))
                .isEqualTo("shared");
    }

    @Test
    void the_same_request_with_the_same_key_gets_the_first_answer() {
        String team = Api.newTeam();
        String key = UUID.randomUUID().toString();

        Response first = Api.call()
                .header(KEY, key)
                .body(Api.quoted(Api.waiting("once")))
                .post(Api.JOBS, team);
        Response second = Api.call()
                .header(KEY, key)
                .body(Api.quoted(Api.waiting("once")))
                .post(Api.JOBS, team);

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(Api.count(team)).isEqualTo(1);
    }

    @Test
    void another_request_with_the_same_key_is_refused() {
        String team = Api.newTeam();
        String key = UUID.randomUUID().toString();
        Api.call().header(KEY, key).body(Api.quoted(Api.waiting("once"))).post(Api.JOBS, team);

        Response other = Api.call()
                .header(KEY, key)
                .body(Api.quoted(Api.waiting("other")))
                .post(Api.JOBS, team);

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.<String>path("code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(Api.count(team)).isEqualTo(1);
    }

    @Test
    void a_refused_request_leaves_its_key_free() {
        String team = Api.newTeam();
        String key = UUID.randomUUID().toString();
        Api.call()
                .header(KEY, key)
                .body(Api.quoted(Api.waiting("x").replace("'cpu':'1'", "'cpu':'9'")))
                .post(Api.JOBS, team)
                .then()
                .statusCode(422);

        assertThat(Api.call()
                        .header(KEY, key)
                        .body(Api.quoted(Api.waiting("mended")))
                        .post(Api.JOBS, team)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void many_callers_with_one_key_make_one_job() throws Exception {
        String team = Api.newTeam();
        String key = UUID.randomUUID().toString();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Map<String, Object>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Callable<Map<String, Object>> call = () -> {
                    start.await();
                    return Api.call()
                            .header(KEY, key)
                            .body(Api.quoted(Api.waiting("race")))
                            .post(Api.JOBS, team)
                            .then()
                            .statusCode(201)
                            .extract()
                            .path("metadata");
                };
                answers.add(callers.submit(call));
            }
            start.countDown();
            HashSet<Object> ids = new HashSet<>();
            for (Future<Map<String, Object>> answer : answers) {
                ids.add(answer.get().get("id"));
            }
            assertThat(ids).hasSize(1);
        } finally {
            callers.shutdownNow();
        }
        assertThat(Api.count(team)).isEqualTo(1);
    }

    @Test
    void a_key_that_is_no_key_is_refused() {
        String team = Api.newTeam();
        for (String key : List.of("with blank", "\"\"", "x".repeat(256))) {
            Response refused = Api.call()
                    .header(KEY, key)
                    .body(Api.quoted(Api.waiting("x")))
                    .post(Api.JOBS, team);
            assertThat(refused.<String>path("code")).isEqualTo("INVALID_PARAMETER");
        }
        assertThat(Api.count(team)).isZero();
    }
}
