package dev.muster.postgres;

import static dev.muster.postgres.Jobs.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.event.Event;
import dev.muster.event.EventCursor;
import dev.muster.event.EventType;
import dev.muster.event.RecordedEvent;
import dev.muster.event.Why;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
class EventStoreTest {
    private static final TeamName TEAM = new TeamName("feed");

    @Inject
    EventStore events;

    @Inject
    Sql sql;

    @Test
    void an_event_is_read_as_it_was_written() {
        EventCursor before = events.end();
        Event written = new Event(
                NOW,
                EventType.JOB_MOVED,
                "ada",
                TEAM,
                new JobId("01feedfeedfeedfeedfeedfeed"),
                "train",
                3,
                "RUNNING",
                "QUEUED",
                new Why("OOM", "worker-0 used more than 2Gi", "ask 4Gi", Map.of("asked", "2Gi")));
        events.append(List.of(written));
        await().untilAsserted(() -> assertThat(events.since(before, 10, EventStore.Filter.ALL))
                .extracting(RecordedEvent::event)
                .containsExactly(written));
    }

    @Test
    void an_event_that_commits_late_is_not_missed() throws Exception {
        EventCursor before = events.end();
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> slow =
                    thread.submit(() -> QuarkusTransaction.requiringNew().run(() -> {
                        events.append(List.of(named("slow")));
                        written.countDown();
                        reached(mayCommit);
                    }));
            reached(written);
            events.append(List.of(named("fast")));
            assertThat(names(before)).as("while an older transaction is open").isEmpty();
            mayCommit.countDown();
            slow.get();
            await().untilAsserted(() -> assertThat(names(before)).containsExactly("slow", "fast"));
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    @Timeout(60)
    void a_reader_sees_every_event_of_many_interleaved_transactions_once() throws Exception {
        EventCursor cursor = events.end();
        int writers = 6;
        int each = 40;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<?>> writing = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            String name = "writer-" + writer + "-";
            writing.add(threads.submit(() -> {
                for (int i = 0; i < each; i++) {
                    int number = i;
                    QuarkusTransaction.requiringNew().run(() -> {
                        events.append(List.of(named(name + number + "-a")));
                        Thread.yield();
                        if (ThreadLocalRandom.current().nextBoolean()) {
                            events.append(List.of(named(name + number + "-b"), named(name + number + "-c")));
                        }
                    });
                }
                events.append(List.of(named(name + "last")));
            }));
        }
        List<RecordedEvent> seen = new ArrayList<>();
        while (seen.stream().filter(e -> e.event().name().endsWith("-last")).count() < writers) {
            List<RecordedEvent> more = events.since(cursor, 7, EventStore.Filter.ALL);
            seen.addAll(more);
            cursor = more.isEmpty() ? cursor : more.get(more.size() - 1).cursor();
        }
        threads.shutdown();
        for (Future<?> writer : writing) {
            writer.get();
        }
        assertThat(seen).extracting(RecordedEvent::cursor).isSorted().doesNotHaveDuplicates();
        assertThat(seen.stream().filter(e -> e.event().name().endsWith("-a"))).hasSize(writers * each);
        assertThat(seen.stream().filter(e -> e.event().name().endsWith("-b")).count())
                .isEqualTo(seen.stream()
                        .filter(e -> e.event().name().endsWith("-c"))
                        .count());
    }

    @Test
    void places_are_compared_as_numbers_however_many_digits_they_have() {
        TeamName team = new TeamName("digits");
        QuarkusTransaction.requiringNew().run(() -> sql.update("""
                insert into event (txid, at, type, actor, team, name) values
                    ('10', now(), 'JOB_MOVED', 'ada', ?, 'ten'), ('9', now(), 'JOB_MOVED', 'ada', ?, 'nine')""", team, team));
        List<RecordedEvent> seen = events.since(EventCursor.START, 10, new EventStore.Filter(team, null));
        assertThat(seen).extracting(e -> e.event().name()).containsExactly("nine", "ten");
        assertThat(seen).extracting(RecordedEvent::cursor).isSorted();
        assertThat(events.end()).isGreaterThanOrEqualTo(seen.get(1).cursor());
    }

    @Test
    void a_feed_may_be_of_one_team_only() {
        EventCursor before = events.end();
        TeamName other = new TeamName("others");
        events.append(List.of(
                named("ours"),
                new Event(NOW, EventType.TEAM_CHANGED, "ada", other, null, "theirs", null, null, "1", null)));
        await().untilAsserted(() -> assertThat(events.since(before, 10, new EventStore.Filter(other, null)))
                .extracting(e -> e.event().name())
                .containsExactly("theirs"));
    }

    @Test
    void a_cursor_survives_its_text_and_a_bad_one_is_refused() {
        EventCursor cursor = new EventCursor(4_711, 12);
        assertThat(EventCursor.parse(cursor.toString())).isEqualTo(cursor);
        for (String bad : List.of("", "-", "1", "1-", "-1-2", "1--2", "a-b", "99999999999999999999-1")) {
            assertThatThrownBy(() -> EventCursor.parse(bad)).hasMessageContaining("Bad event cursor");
        }
    }

    @Test
    void no_news_is_missed_and_what_is_known_is_passed_over_page_by_page() {
        EventCursor before = events.end();
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            JobId unknown = new JobId("01news" + i);
            JobId known = new JobId("01known" + i);
            jobs.add(unknown);
            events.append(List.of(
                    of(EventType.REASON_CHANGED, unknown),
                    of(EventType.JOB_MOVED, unknown),
                    of(EventType.QUEUE_CHANGED, null),
                    of(EventType.ROOM_MADE, unknown)));
            events.append(List.of(of(EventType.JOB_MOVED, known), of(EventType.ATTEMPT_MOVED, known)));
        }
        await().untilAsserted(() ->
                assertThat(events.since(before, 100, EventStore.Filter.ALL)).hasSize(30));
        Set<Long> known = events.since(before, 100, EventStore.Filter.ALL).stream()
                .filter(e -> String.valueOf(e.event().job()).startsWith("01known"))
                .map(e -> e.cursor().transaction())
                .collect(Collectors.toSet());
        List<EventStore.Change> seen = new ArrayList<>();
        EventCursor cursor = before;
        EventStore.Changes page;
        do {
            page = events.news(known, cursor, 3);
            seen.addAll(page.changes());
            cursor = page.end();
        } while (page.more());
        assertThat(seen).extracting(EventStore.Change::job).containsExactlyElementsOf(eachThenNone(jobs));
        assertThat(cursor).isEqualTo(events.end());
        assertThat(events.news(known, cursor, 3)).isEqualTo(new EventStore.Changes(List.of(), cursor, false));
    }

    private static List<@Nullable JobId> eachThenNone(List<JobId> jobs) {
        List<@Nullable JobId> all = new ArrayList<>();
        jobs.forEach(job -> {
            all.add(job);
            all.add(null);
        });
        return all;
    }

    private static Event of(EventType type, @Nullable JobId job) {
        return new Event(NOW, type, "me", TEAM, job, "any", job == null ? null : 1, null, null, null);
    }

    private List<String> names(EventCursor after) {
        return events.since(after, 10, EventStore.Filter.ALL).stream()
                .map(e -> e.event().name())
                .toList();
    }

    private static Event named(String name) {
        return new Event(NOW, EventType.JOB_SUBMITTED, "ada", TEAM, null, name, null, null, null, null);
    }

    private static void reached(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
