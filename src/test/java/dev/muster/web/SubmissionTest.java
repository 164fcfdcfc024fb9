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
    void a_job_that_is_only_validated_is_not_there() {
        String team = Api.newTeam();

        Response tried = Api.call().body(Api.quoted(Api.waiting("try"))).post(Api.JOBS + "?validateOnly=true", team);

        assertThat(tried.statusCode()).isEqualTo(200);
        assertThat(tried.<String>path("spec.queue")).isEqualTo(team);
        assertThat(tried.<String>path("metadata.id")).isNull();
        assertThat(Api.count(team)).isZero();
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
