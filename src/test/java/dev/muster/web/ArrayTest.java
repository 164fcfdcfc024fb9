package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.dependency.Dependents;
import dev.muster.event.Why;
import dev.muster.job.Category;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.Leadership;
import dev.muster.quota.name.JobId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many alike jobs as one: accepted, counted, cancelled and waited for together, few of them at once where that is wanted. */
@QuarkusTest
class ArrayTest {
    private static final String ARRAYS = "/api/v1/teams/{team}/arrays";
    private static final String ROLES = "'roles':[{'name':'worker','resources':{'cpu':'1'}}]";

    @Inject
    JobStore jobs;

    @Inject
    Dependents dependents;

    @Inject
    Leadership leadership;

    private String team = "";

    @BeforeEach
    void a_team_with_a_queue_of_its_own() {
        team = Api.newTeam();
    }

    @Test
    void few_at_once_and_the_next_by_index_where_one_has_ended() {
        Response array = accepted("shards", "'array':{'indices':'3,10-30:10','parallelism':2},");
        String id = array.path("metadata.id");
        assertThat(array.<Map<String, Integer>>path("status.children")).isEqualTo(Map.of("QUEUED", 2, "BLOCKED", 2));
        look();
        assertThat(states(id))
                .containsExactly("shards-10 QUEUED", "shards-20 BLOCKED", "shards-3 QUEUED", "shards-30 BLOCKED");
        String waits = child(id, "shards-20");
        assertThat(Api.call().get(Api.JOBS + "/" + waits + "/explanation", team).<String>path("reason.message"))
                .contains("its turn", "at most 2");

        end(child(id, "shards-3"), JobState.SUCCEEDED);
        look();

        assertThat(states(id))
                .containsExactly("shards-10 QUEUED", "shards-20 QUEUED", "shards-3 SUCCEEDED", "shards-30 BLOCKED");
        Response one = Api.call().get(Api.JOBS + "/" + waits, team);
        assertThat(one.<Integer>path("status.array.index")).isEqualTo(20);
        assertThat(one.<Integer>path("status.array.size")).isEqualTo(4);
    }

    @Test
    void it_ends_when_its_last_child_has_and_opens_again_when_one_is_rerun() {
        String id = accepted("shards", "'array':{'size':2},").path("metadata.id");
        end(child(id, "shards-0"), JobState.SUCCEEDED);
        String failed = child(id, "shards-1");
        end(failed, JobState.FAILED);
        look();
        assertThat(array(id).<String>path("status.state")).isEqualTo("FAILED");

        assertThat(Api.call().post(Api.JOBS + "/" + failed + ":rerun", team).statusCode())
                .isEqualTo(201);

        assertThat(array(id).<String>path("status.state")).isEqualTo("OPEN");
        assertThat(array(id).<Map<String, Integer>>path("status.children"))
                .isEqualTo(Map.of("SUCCEEDED", 1, "QUEUED", 1));
        end(child(id, "shards-1"), JobState.SUCCEEDED);
        look();
        assertThat(array(id).<String>path("status.state")).isEqualTo("SUCCEEDED");
    }

    @Test
    void it_is_cancelled_as_one_and_nobody_takes_the_place_of_who_goes() {
        String id = accepted("shards", "'array':{'size':50,'parallelism':5},").path("metadata.id");
        Response cancelled = Api.call().post(ARRAYS + "/" + id + ":cancel", team);
        assertThat(cancelled.statusCode()).as(cancelled.asString()).isEqualTo(200);
        assertThat(cancelled.<Map<String, Integer>>path("status.children")).isEqualTo(Map.of("CANCELLED", 50));
        look();
        assertThat(array(id).<String>path("status.state")).isEqualTo("CANCELLED");
        assertThat(Api.call().get(ARRAYS, team).<List<String>>path("items.metadata.id"))
                .containsExactly(id);
    }

    @Test
    void who_waits_for_an_array_waits_for_all_of_it_and_with_the_same_index_for_one_of_it() {
        String first = accepted("first", "'array':{'size':2},").path("metadata.id");
        String second = accepted("second", "'array':{'size':2},'dependsOn':[{'job':'first','sameIndex':true}],")
                .path("metadata.id");
        Response after = Api.submit(team, job("after", "'dependsOn':[{'job':'%s'}],".formatted(first)));
        assertThat(after.statusCode()).as(after.asString()).isEqualTo(201);
        assertThat(states(second)).containsExactly("second-0 BLOCKED", "second-1 BLOCKED");

        end(child(first, "first-1"), JobState.SUCCEEDED);
        look();
        assertThat(states(second)).containsExactly("second-0 BLOCKED", "second-1 QUEUED");
        assertThat(state(after.path("metadata.id"))).isEqualTo(JobState.BLOCKED);

        end(child(first, "first-0"), JobState.SUCCEEDED);
        look();
        assertThat(states(second)).containsExactly("second-0 QUEUED", "second-1 QUEUED");
        assertThat(state(after.path("metadata.id"))).isEqualTo(JobState.QUEUED);
    }

    @Test
    void arrays_of_one_request_wait_for_each_other_and_no_circle_is_made() {
        Response all = batch(
                job("a", "'array':{'size':3},"),
                job("b", "'array':{'size':3},'dependsOn':[{'job':'a','sameIndex':true}],"),
                job("c", "'dependsOn':[{'job':'b'}],"));
        assertThat(all.statusCode()).as(all.asString()).isEqualTo(201);
        assertThat(all.<List<String>>path("jobs.status.state"))
                .containsExactly("QUEUED", "QUEUED", "QUEUED", "BLOCKED", "BLOCKED", "BLOCKED", "BLOCKED");
        Response circle = batch(
                job("x", "'array':{'size':3},'dependsOn':[{'job':'y'}],"),
                job("y", "'array':{'size':3},'dependsOn':[{'job':'x','sameIndex':true}],"));
        assertThat(circle.<String>path("errors[0].detail")).isEqualTo("a circle: x waits for y waits for x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'array':{'size':10001}                      | /spec/array/size        | 1 to 10000
            'array':{'size':0}                          | /spec/array/size        | 1 to 10000
            'array':{}                                  | /spec/array             | a size, or indices
            'array':{'size':3,'indices':'1'}            | /spec/array             | not both
            'array':{'indices':'0-10000'}               | /spec/array/indices     | more than 10000
            'array':{'indices':'5-1'}                   | /spec/array/indices     | numbers and ranges
            'array':{'indices':'1,x'}                   | /spec/array/indices     | numbers and ranges
            'array':{'indices':'1-3,2'}                 | /spec/array/indices     | twice
            'array':{'size':3,'parallelism':0}          | /spec/array/parallelism | 1 or more
            'array':{'size':3},'dependsOn':[{'job':'single','sameIndex':true}] | /spec/dependsOn/0/sameIndex | no child with index 0
            """)
    void what_is_no_array_is_refused_by_field_and_nothing_is_kept(String more, String pointer, String detail) {
        Api.accepted(team, "single");
        Response refused = Api.call().body(Api.quoted(job("bad", more + ","))).post(ARRAYS, team);
        assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo(pointer);
        assertThat(refused.<String>path("errors[0].detail")).contains(detail);
        assertThat(Api.count(team)).isEqualTo(1);
    }

    @Test
    void an_array_where_one_job_is_expected_is_refused_and_so_is_a_word_that_stands_for_nothing() {
        Response one = Api.submit(team, job("many", "'array':{'size':3},"));
        assertThat(one.<String>path("errors[0].pointer")).isEqualTo("/spec/array");
        assertThat(one.<String>path("hints[0]")).contains("/arrays");
        Response word = Api.call()
                .body(
                        Api.quoted(
                                "{'metadata':{'name':'w'},'spec':{'array':{'size':3},'roles':[{'name':'worker','args':['{{ array.number }}'],'resources':{'cpu':'1'}}]}}"))
                .post(ARRAYS, team);
        assertThat(word.<String>path("errors[0].pointer")).isEqualTo("/spec/roles/0/args/0");
        assertThat(word.<String>path("errors[0].detail")).contains("array.index");
    }

    @Test
    void ten_thousand_children_are_one_request() {
        Response array = accepted("many", "'notBefore':'2150-01-01T00:00:00Z','array':{'size':10000},");
        assertThat(array.<Map<String, Integer>>path("status.children")).isEqualTo(Map.of("QUEUED", 10_000));
        String id = array.path("metadata.id");
        assertThat(Api.call().post(ARRAYS + "/" + id + ":cancel", team).statusCode())
                .isEqualTo(200);
    }

    private Response batch(String... all) {
        return Api.call()
                .body(Api.quoted("{'jobs':[" + String.join(",", all) + "]}"))
                .post(Api.JOBS + ":batchCreate", team);
    }

    private Response accepted(String name, String more) {
        Response accepted = Api.call().body(Api.quoted(job(name, more))).post(ARRAYS, team);
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(201);
        return accepted;
    }

    private Response array(String id) {
        return Api.call().get(ARRAYS + "/" + id, team);
    }

    private List<String> states(String array) {
        Response page = Api.call().get(Api.JOBS + "?orderBy=name&filter=array=" + array, team);
        List<String> names = page.path("items.metadata.name");
        List<String> states = page.path("items.status.state");
        return java.util.stream.IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + " " + states.get(i))
                .toList();
    }

    /** The newest of that name. */
    private String child(String array, String name) {
        return Api.call()
                .get(Api.JOBS + "?filter=array=" + array + " name=" + name, team)
                .path("items[0].metadata.id");
    }

    private static String job(String name, String more) {
        return "{'metadata':{'name':'%s'},'spec':{%s%s}}".formatted(name, more, ROLES);
    }

    private void look() {
        dependents.look(leadership.takeOver("the test", Duration.ofHours(1)));
    }

    private JobState state(String id) {
        return jobs.find(new JobId(id)).orElseThrow().state();
    }

    private void end(String id, JobState how) {
        Job job = jobs.find(new JobId(id)).orElseThrow();
        Instant now = Instant.now();
        Failure failure = new Failure(Category.values()[0], null, null, "it ended so in this test");
        if (how == JobState.CANCELLED) {
            move(job, job.finished(JobState.CANCELLED, now, Outcome.of(Outcome.Result.CANCELLED)));
            return;
        }
        Job launching = move(job, job.launching());
        Job running = move(launching, launching.running(now));
        move(
                running,
                running.finished(how, now, how == JobState.SUCCEEDED ? Outcome.SUCCEEDED : Outcome.failed(failure)));
    }

    private Job move(Job before, Job after) {
        assertThat(jobs.move(new JobMove(before, after, Instant.now(), "test", Why.of("TEST", "a test moves it"))))
                .isTrue();
        return after;
    }
}
