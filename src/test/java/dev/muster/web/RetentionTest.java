package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.event.EventCursor;
import dev.muster.event.EventType;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.Leadership;
import dev.muster.quota.name.JobId;
import dev.muster.retention.Kept;
import dev.muster.retention.Retention;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who deletes jobs after their end: they themselves by their time to live, and the service by what its operator keeps. */
@QuarkusTest
class RetentionTest {
    private static final String ROLES = "'roles':[{'name':'worker','resources':{'cpu':'1'}}]";

    private static final Kept KEPT = new Kept(Optional.of(Duration.ofDays(10)), Optional.of(Duration.ofDays(20)));

    @Inject
    JobStore jobs;

    @Inject
    EventStore events;

    @Inject
    Retention retention;

    @Inject
    Leadership leadership;

    private String team = "";

    @BeforeEach
    void a_team_with_a_queue_of_its_own() {
        team = Api.newTeam();
    }

    @Test
    void a_job_is_deleted_once_its_time_to_live_is_over_and_its_usage_and_events_stay() {
        String brief = ended("short", "'ttlAfterFinished':'1h',", Duration.ofHours(2));
        String longer = ended("longer", "'ttlAfterFinished':'3h',", Duration.ofHours(2));
        String silent = ended("silent", "", Duration.ofHours(2));

        look();

        assertThat(jobs.find(new JobId(brief))).isEmpty();
        assertThat(jobs.find(new JobId(longer))).isPresent();
        assertThat(jobs.find(new JobId(silent))).isPresent();
        assertThat(events.of(new JobId(brief)).stream().map(one -> one.event().type()))
                .endsWith(EventType.JOB_MOVED, EventType.JOB_DELETED);
        assertThat(Api.call().get(Api.JOBS + "/" + longer, team).<String>path("spec.ttlAfterFinished"))
                .isEqualTo("3h");
    }

    @Test
    void what_is_older_than_the_operator_keeps_is_deleted_whatever_it_says_itself() {
        String old = ended("old", "'ttlAfterFinished':'365d',", Duration.ofDays(11));
        String newer = ended("newer", "", Duration.ofDays(9));
        String waits = submitted("waits", "");

        look();

        assertThat(jobs.find(new JobId(old))).isEmpty();
        assertThat(jobs.find(new JobId(newer))).isPresent();
        assertThat(jobs.find(new JobId(waits))).isPresent();
    }

    @Test
    void old_events_go_but_for_those_of_jobs_that_have_not_ended() {
        String waits = submitted("waits", "");
        String over = ended("over", "", Duration.ofDays(1));
        age(waits);
        age(over);

        look();

        assertThat(events.of(new JobId(waits))).isNotEmpty();
        assertThat(events.of(new JobId(over)))
                .extracting(one -> one.event().at())
                .allMatch(this::isKept);
        assertThat(events.since(EventCursor.START, 10_000, EventStore.Filter.ALL))
                .isNotEmpty();
    }

    @Test
    void a_time_to_live_that_is_no_time_is_refused_by_field() {
        Response refused = Api.submit(team, job("bad", "'ttlAfterFinished':'soon',"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.<String>path("errors[0].pointer")).isEqualTo("/spec/ttlAfterFinished");
        assertThat(refused.<String>path("errors[0].detail")).contains("'soon'", "90s");
    }

    private boolean isKept(Instant at) {
        return at.isAfter(Instant.now().minus(Duration.ofDays(20)));
    }

    /** Its story is told again as one of a month ago. */
    private void age(String id) {
        events.append(events.of(new JobId(id)).stream()
                .map(one -> one.event())
                .map(event -> new dev.muster.event.Event(
                        event.at().minus(Duration.ofDays(30)),
                        event.type(),
                        event.actor(),
                        event.team(),
                        event.job(),
                        event.name(),
                        event.attempt(),
                        event.from(),
                        event.to(),
                        event.why()))
                .toList());
    }

    private String ended(String name, String more, Duration ago) {
        String id = submitted(name, more);
        Job job = jobs.find(new JobId(id)).orElseThrow();
        Instant at = Instant.now().minus(ago);
        Job after = job.finished(JobState.CANCELLED, at, Outcome.of(Outcome.Result.CANCELLED));
        assertThat(jobs.move(new JobMove(job, after, at, "test", null))).isTrue();
        return id;
    }

    private String submitted(String name, String more) {
        Response accepted = Api.submit(team, job(name, more));
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(201);
        return accepted.path("metadata.id");
    }

    private static String job(String name, String more) {
        return "{'metadata':{'name':'%s'},'spec':{'notBefore':'2150-01-01T00:00:00Z',%s%s}}"
                .formatted(name, more, ROLES);
    }

    private void look() {
        retention.look(leadership.takeOver("the test", Duration.ofHours(1)), KEPT);
    }
}
