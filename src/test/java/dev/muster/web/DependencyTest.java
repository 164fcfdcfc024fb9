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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that wait for others: blocked until those have ended as they were to, and ended themselves where that will never be. */
@QuarkusTest
class DependencyTest {
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SUCCEEDED | SUCCEEDED | QUEUED
            SUCCEEDED | FAILED    | FAILED
            SUCCEEDED | CANCELLED | FAILED
            FINISHED  | SUCCEEDED | QUEUED
            FINISHED  | FAILED    | QUEUED
            FINISHED  | CANCELLED | QUEUED
            FAILED    | FAILED    | QUEUED
            FAILED    | SUCCEEDED | FAILED
            """)
    void it_goes_on_or_ends_as_the_other_one_ended(String on, JobState ended, JobState expected) {
        String first = submitted("first", "");
        String second = submitted("second", "'dependsOn':[{'job':'%s','on':'%s'}],".formatted(first, on));
        look();
        assertThat(state(second)).isEqualTo(JobState.BLOCKED);
        Response why = Api.call().get(Api.JOBS + "/" + second + "/explanation", team);
        assertThat(why.<String>path("reason.code")).as(why.asString()).isEqualTo("DEPENDENCY");
        assertThat(why.<String>path("reason.message")).contains(first, on);

        end(first, ended);
        look();

        assertThat(state(second)).isEqualTo(expected);
        if (expected == JobState.FAILED) {
            assertThat(jobs.find(new JobId(second))
                            .orElseThrow()
                            .outcome()
                            .failure()
                            .category())
                    .isEqualTo(Category.DEPENDENCY);
        }
    }

    @Test
    void jobs_of_one_request_wait_for_each_other_by_name_and_a_failure_ends_the_chain() {
        Response all = batch("a:", "b:a", "c:b", "d:c");
        assertThat(all.statusCode()).as(all.asString()).isEqualTo(201);
        List<String> ids = all.path("jobs.metadata.id");
        assertThat(all.<List<String>>path("jobs.status.state"))
                .containsExactly("QUEUED", "BLOCKED", "BLOCKED", "BLOCKED");
        assertThat(all.<String>path("jobs[1].spec.dependsOn[0].job")).isEqualTo(ids.get(0));

        end(ids.get(0), JobState.FAILED);
        look();

        assertThat(ids.stream().map(this::state)).containsOnly(JobState.FAILED);
    }

    @Test
    void a_circle_is_refused_with_its_names_and_nothing_is_kept() {
        Response refused = batch("a:c", "b:a", "c:b", "d:");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo("/jobs/0/spec/dependsOn");
        assertThat(refused.<String>path("errors[0].detail"))
                .isEqualTo("a circle: a waits for c waits for b waits for a");
        Response itself = batch("a:a");
        assertThat(itself.<String>path("errors[0].detail")).contains("wait for itself");
        assertThat(Api.count(team)).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'job':'not-there'}           | /spec/dependsOn/0/job | has no job
            {'job':''}                    | /spec/dependsOn/0/job | id or the name
            {}                            | /spec/dependsOn/0/job | id or the name
            {'job':'twice'}               | /spec/dependsOn/0/job | several jobs
            {'job':'cancelled'}           | /spec/dependsOn/0/on  | will never be
            {'job':'cancelled','on':'UP'} | /spec/dependsOn/0/on  | SUCCEEDED, FINISHED or FAILED
            {'jbo':'cancelled'}           | /spec/dependsOn/0/jbo | no field
            """)
    void a_dependency_on_nobody_on_several_or_on_what_will_never_be_is_refused(
            String dependency, String pointer, String detail) {
        submitted("twice", "");
        submitted("twice", "");
        end(submitted("cancelled", ""), JobState.CANCELLED);

        Response refused = Api.submit(team, job("late", "'dependsOn':[%s],".formatted(dependency)));

        assertThat(refused.statusCode()).as(refused.asString()).isBetween(400, 422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo(pointer);
        assertThat(refused.<String>path("errors[0].detail")).contains(detail);
        assertThat(Api.count(team)).isEqualTo(3);
    }

    @Test
    void who_waits_for_what_is_over_does_not_wait_and_a_deleted_one_is_remembered() {
        String first = submitted("first", "");
        String waits = submitted("waits", "'dependsOn':[{'job':'first'}],");
        end(first, JobState.SUCCEEDED);
        assertThat(state(submitted("after", "'dependsOn':[{'job':'first'}],"))).isEqualTo(JobState.QUEUED);

        assertThat(Api.call().delete(Api.JOBS + "/" + first, team).statusCode()).isEqualTo(204);
        look();

        assertThat(state(waits)).isEqualTo(JobState.QUEUED);
    }

    private Response batch(String... jobs) {
        StringBuilder all = new StringBuilder();
        for (String one : jobs) {
            String[] parts = one.split(":", 2);
            String needs = parts[1].isEmpty() ? "" : "'dependsOn':[{'job':'%s'}],".formatted(parts[1]);
            all.append(all.isEmpty() ? "" : ",").append(job(parts[0], needs));
        }
        return Api.call().body(Api.quoted("{'jobs':[" + all + "]}")).post(Api.JOBS + ":batchCreate", team);
    }

    private static String job(String name, String more) {
        return "{'metadata':{'name':'%s'},'spec':{%s%s}}".formatted(name, more, ROLES);
    }

    private String submitted(String name, String more) {
        Response accepted = Api.submit(team, job(name, more));
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(201);
        return accepted.path("metadata.id");
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
        if (how == JobState.CANCELLED) {
            moved(job, job.finished(how, now, Outcome.of(Outcome.Result.CANCELLED)));
            return;
        }
        Job launching = moved(job, job.launching());
        Job running = moved(launching, launching.running(now));
        Outcome outcome = how == JobState.SUCCEEDED
                ? Outcome.SUCCEEDED
                : Outcome.failed(new Failure(Category.USER_ERROR, null, 1, "it ended with 1"));
        moved(running, running.finished(how, now, outcome));
    }

    private Job moved(Job before, Job after) {
        assertThat(jobs.move(new JobMove(before, after, Instant.now(), "the test", Why.of("TEST", "so it is told"))))
                .isTrue();
        return after;
    }
}
