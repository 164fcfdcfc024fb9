package dev.muster.postgres;

import static dev.muster.postgres.Jobs.ACTOR;
import static dev.muster.postgres.Jobs.NOW;
import static dev.muster.postgres.Jobs.job;
import static dev.muster.postgres.Jobs.move;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.event.EventType;
import dev.muster.job.Job;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReasonStoreTest {
    @Inject
    JobStore jobs;

    @Inject
    ReasonStore reasons;

    @Inject
    EventStore events;

    @Test
    void a_waiting_job_shows_its_reasons_and_is_otherwise_unchanged() {
        Job job = inserted();
        List<Reason> why = List.of(full(11), new Reason(ReasonCode.BACKOFF, "waits 30 s", null, Map.of()));
        assertThat(reasons.write(Map.of(job.id(), why), NOW, "planner")).isEqualTo(1);
        Job seen = jobs.find(job.id()).orElseThrow();
        assertThat(seen.reasons()).isEqualTo(why);
        assertThat(seen.reasonsAt()).isEqualTo(NOW);
        assertThat(seen.version()).isEqualTo(job.version());
    }

    @Test
    void what_is_the_same_is_not_written_again() {
        Job job = inserted();
        reasons.write(Map.of(job.id(), List.of(full(11))), NOW, "planner");
        assertThat(reasons.write(Map.of(job.id(), List.of(full(11))), NOW.plusSeconds(1), "planner"))
                .isZero();
        assertThat(jobs.find(job.id()).orElseThrow().reasonsAt()).isEqualTo(NOW);
        assertThat(reasons.write(Map.of(job.id(), List.of(full(12))), NOW.plusSeconds(1), "planner"))
                .isEqualTo(1);
    }

    @Test
    void the_history_holds_only_changes_of_the_primary_code() {
        Job job = inserted();
        reasons.write(Map.of(job.id(), List.of(full(11))), NOW, "planner");
        reasons.write(Map.of(job.id(), List.of(full(12))), NOW, "planner");
        Reason other = new Reason(ReasonCode.CAPABILITY_REACHED, "queue holds 10 of 10 cpu", null, Map.of());
        reasons.write(Map.of(job.id(), List.of(other, full(12))), NOW, "planner");
        assertThat(events.of(job.id()))
                .filteredOn(e -> e.event().type() == EventType.REASON_CHANGED)
                .extracting(e -> e.event().from() + "→" + e.event().to())
                .containsExactly("null→NODES_FULL", "NODES_FULL→CAPABILITY_REACHED");
        assertThat(events.of(job.id()).get(1).event().why().message()).isEqualTo("pool a fits 11");
    }

    @Test
    void a_job_that_no_longer_waits_gets_no_reason_and_keeps_none() {
        Job job = inserted();
        reasons.write(Map.of(job.id(), List.of(full(11))), NOW, "planner");
        Job launching = job.launching();
        jobs.move(move(job, launching));
        assertThat(reasons.write(Map.of(job.id(), List.of(full(12))), NOW, "planner"))
                .isZero();
        assertThat(jobs.find(job.id())).contains(launching);
        assertThat(launching.reasons()).isEmpty();
    }

    private Job inserted() {
        Job job = job(new TeamName("reasons"));
        jobs.insert(List.of(job), ACTOR);
        return job;
    }

    private static Reason full(int fits) {
        return new Reason(ReasonCode.NODES_FULL, "pool a fits " + fits, "wait", Map.of("fits", Integer.toString(fits)));
    }
}
