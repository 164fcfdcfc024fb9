package dev.muster.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One rehearsal at a time, whoever asks where; a replica that goes leaves nothing behind that nobody ends. */
@QuarkusTest
class RehearsalStoreTest {
    @Inject
    RehearsalStore store;

    @Inject
    Sql sql;

    @Test
    @TestTransaction
    void there_is_one_at_a_time_and_it_can_be_taken_back_while_it_is_computed() {
        assertThat(store.add(asked("r-1"))).isTrue();
        assertThat(store.add(asked("r-2"))).as("another is open").isFalse();
        assertThat(store.take()).get().extracting(Rehearsal::id).isEqualTo("r-1");
        assertThat(store.take()).as("nobody takes it twice").isEmpty();
        assertThat(store.goesOn("r-1", 30)).isTrue();
        assertThat(store.find("r-1")).get().extracting(Rehearsal::percent).isEqualTo(30);
        assertThat(store.cancel("r-1")).isTrue();
        assertThat(store.goesOn("r-1", 40)).as("it is told to stop").isFalse();
        store.ended(asked("r-1").failed("too late"));
        assertThat(store.find("r-1")).get().extracting(Rehearsal::state).isEqualTo(Rehearsal.State.CANCELLED);
        assertThat(store.cancel("r-1")).isFalse();
        assertThat(store.add(asked("r-2"))).isTrue();
    }

    @Test
    @TestTransaction
    void one_whose_replica_stops_begins_anew_and_one_of_which_nobody_hears_has_failed() {
        store.add(asked("r-3"));
        store.take();
        store.goesOn("r-3", 70);
        store.leave("r-3");
        assertThat(store.take()).get().extracting(Rehearsal::percent).isEqualTo(0);
        store.giveUp(Duration.ofSeconds(60), "gone");
        assertThat(store.find("r-3")).get().extracting(Rehearsal::state).isEqualTo(Rehearsal.State.RUNNING);
        sql.update("update rehearsal set seen_at = clock_timestamp() - interval '2 minutes'");
        store.giveUp(Duration.ofSeconds(60), "gone");
        assertThat(store.find("r-3")).get().satisfies(one -> {
            assertThat(one.state()).isEqualTo(Rehearsal.State.FAILED);
            assertThat(one.trouble()).isEqualTo("gone");
        });
    }

    private static Rehearsal asked(String id) {
        return new Rehearsal(
                id,
                Rehearsal.State.WAITING,
                new TreeMap<>(),
                0,
                new TreeMap<>(Map.of("maxLaunches", "7")),
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60),
                "ada",
                Instant.EPOCH,
                0,
                null,
                null);
    }
}
