package dev.muster.cycle;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.embedded.EarlierDatabase;
import dev.muster.event.EventCursor;
import dev.muster.event.EventType;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.JobId;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The service on the database of an earlier version, which was killed while jobs ran and has been moved to another server: nothing is
 * lost, what waited and what ran goes on, what had ended stays as it was.
 */
@QuarkusTest
@TestProfile(UpgradeTest.OnEarlierDatabase.class)
class UpgradeTest {
    /** Jobs of the dump, by what they were then. */
    private static final Map<String, String> JOBS = Map.of(
            "done", "01m8cc2tas9nt13wtp7r01e2qd",
            "failing", "01m8cc31k69r5ayxrerssk2468",
            "running", "01m8cc2ydg6rveysqprpg7e5qf",
            "elastic", "01m8cc2ydhetcm986c9yxm4te5",
            "queued", "01m8cc31hj9hzcbx8vkqecpj60",
            "later", "01m8cc31hp53k5w7fsvtecskcq");

    @Inject
    Site site;

    @Inject
    JobStore jobs;

    @Inject
    EventStore events;

    @Test
    void the_service_goes_on_from_the_database_of_an_earlier_version() {
        long done = job("done").version();
        site.run();
        Map<String, JobState> states = JOBS.keySet().stream()
                .collect(toMap(name -> name, name -> job(name).state()));
        assertThat(states)
                .isEqualTo(Map.of(
                        "done", JobState.SUCCEEDED,
                        "failing", JobState.FAILED,
                        "running", JobState.SUCCEEDED,
                        "elastic", JobState.SUCCEEDED,
                        "queued", JobState.SUCCEEDED,
                        "later", JobState.SUCCEEDED));
        assertThat(job("done").version()).isEqualTo(done);
        assertThat(site.attempts(job("running")))
                .as("the simulated cluster did not move with the database: the attempt was lost, the job was not")
                .hasSize(2);
    }

    @Test
    void events_of_the_other_server_come_first_in_the_feed() {
        site.submit(Work.gang("new", 1));
        site.run();
        List<String> submitted = events.since(EventCursor.START, 1000, EventStore.Filter.ALL).stream()
                .map(recorded -> recorded.event())
                .filter(event -> event.type() == EventType.JOB_SUBMITTED)
                .map(event -> event.name())
                .toList();
        assertThat(submitted).containsExactly("done", "running", "elastic", "queued", "later", "failing", "new");
    }

    private Job job(String name) {
        return jobs.find(new JobId(JOBS.get(name))).orElseThrow();
    }

    public static class OnEarlierDatabase implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "muster.clock",
                    "VIRTUAL",
                    "muster.clock-start",
                    "2026-11-26T17:00:00Z",
                    "muster.cycle.enabled",
                    "true");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(EarlierDatabase.class, Map.of(EarlierDatabase.DUMP, "/upgrade/v40.sql")));
        }
    }
}
