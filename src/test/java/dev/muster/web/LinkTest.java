package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.event.Why;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.JobId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Where a job is shown elsewhere: one address before, while and after it runs. */
@QuarkusTest
class LinkTest {
    private static final String LINKS = Api.JOBS + "/{id}/links";

    @Inject
    JobStore jobs;

    @Test
    void the_same_address_leads_to_the_living_page_and_later_to_the_one_that_stays() {
        String team = Api.newTeam();
        Response accepted = Api.submit(
                team,
                "{'metadata':{'name':'train','labels':{'spark':'app-7'}},'spec':{'roles':[{'name':'worker','resources':{'cpu':'1'}}]}}");
        String id = accepted.path("metadata.id");
        assertThat(target(team, id, "page")).isEqualTo("https://history.example/app-7");

        Job job = jobs.find(new JobId(id)).orElseThrow();
        Job running = move(move(job, job.launching()), job.launching().running(Instant.now()));
        assertThat(target(team, id, "page")).isEqualTo("https://live.example/" + id + "/1");
        Response list = Api.call().get(LINKS, team, id);
        assertThat(list.<String>path("items.find { it.name == 'dashboard' }.target"))
                .isEqualTo("https://grafana.example/d/jobs?var-job=" + id + "&name=train");

        move(running, running.finished(JobState.SUCCEEDED, Instant.now(), Outcome.SUCCEEDED));
        assertThat(target(team, id, "page")).isEqualTo("https://history.example/app-7");
        assertThat(Api.call().get(LINKS + "/nothing", team, id).statusCode()).isEqualTo(404);
    }

    private static String target(String team, String id, String name) {
        Response response = Api.call().redirects().follow(false).get(LINKS + "/" + name, team, id);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(307);
        return response.header("Location");
    }

    private Job move(Job before, Job after) {
        assertThat(jobs.move(new JobMove(before, after, Instant.now(), "test", Why.of("TEST", "a test moves it"))))
                .isTrue();
        return after;
    }
}
