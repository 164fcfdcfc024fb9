package dev.muster.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.Event;
import dev.muster.api.Job;
import dev.muster.api.JobSpec;
import dev.muster.api.Metadata;
import dev.muster.api.Queue;
import dev.muster.api.QueueSpec;
import dev.muster.api.RoleSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MusterClientTest {
    private static final String JOB = """
            {"kind":"Job","metadata":{"name":"train","team":"vision","id":"01jd0000000000000000000000"},
             "spec":{"roles":[{"name":"worker","resources":{"cpu":"1"}}]},
             "status":{"state":"QUEUED","submittedAt":"2026-11-21T09:00:00Z"},"newer":"field"}""";

    private Wire wire;
    private MusterClient client;

    @BeforeEach
    void start() throws IOException {
        wire = new Wire();
        client = new MusterClient(wire.uri(), "secret", new Retries(3, Duration.ofMillis(1), Duration.ofMillis(5)));
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void every_call_carries_the_token() {
        wire.thenJson(200, JOB);

        client.jobs().get("vision", "01jd0000000000000000000000");

        assertThat(wire.asked().get(0).header("Authorization")).isEqualTo("Bearer secret");
        assertThat(wire.asked().get(0).target()).isEqualTo("/api/v1/teams/vision/jobs/01jd0000000000000000000000");
    }

    @Test
    void what_a_newer_service_adds_is_passed_over() {
        wire.thenJson(200, JOB);

        Job job = client.jobs().get("vision", "x");

        assertThat(job.status().state()).isEqualTo("QUEUED");
    }

    @Test
    void a_name_cannot_leave_its_place_in_the_path() {
        wire.thenJson(200, JOB);

        client.jobs().get("../pools", "a/b?c=d#e f");

        assertThat(wire.asked().get(0).target()).isEqualTo("/api/v1/teams/..%2Fpools/jobs/a%2Fb%3Fc%3Dd%23e%20f");
    }

    @Test
    void a_problem_arrives_with_its_code_and_hints() {
        wire.thenProblem(422, "QUOTA_IMPOSSIBLE");

        assertThatThrownBy(() -> client.queues().get("x")).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.is("QUOTA_IMPOSSIBLE")).isTrue();
            assertThat(e.problem().hints()).containsExactly("try this");
        });
    }

    @Test
    void an_answer_that_is_no_problem_of_ours_is_shown_by_its_beginning() {
        wire.then(exchange -> Wire.say(exchange, 404, "text/html", "<h1>nothing here</h1>"));

        assertThatThrownBy(() -> client.clock())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("HTTP_404")
                .hasMessageContaining("nothing here");
    }

    @Test
    void a_read_is_repeated_while_the_service_is_away() {
        wire.thenProblem(503, "CLUSTER_UNREACHABLE")
                .thenProblem(503, "CLUSTER_UNREACHABLE")
                .thenJson(200, JOB);

        client.jobs().get("vision", "x");

        assertThat(wire.asked()).hasSize(3);
    }

    @Test
    void a_read_is_not_repeated_for_ever() {
        wire.thenProblem(503, "A").thenProblem(503, "B").thenProblem(503, "C").thenJson(200, JOB);

        assertThatThrownBy(() -> client.jobs().get("vision", "x"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.is("C")).isTrue());
    }

    @Test
    void a_submit_is_repeated_with_the_same_key() {
        wire.thenProblem(503, "READ_ONLY").thenJson(201, JOB);

        client.jobs().submit("vision", job(), "key-1", false);

        assertThat(wire.asked()).extracting(a -> a.header("Idempotency-Key")).containsExactly("key-1", "key-1");
        assertThat(wire.asked().get(0).body()).doesNotContain("null").contains("\"name\":\"train\"");
    }

    @Test
    void a_cancel_is_sent_once() {
        wire.thenProblem(503, "READ_ONLY").thenJson(200, JOB);

        assertThatThrownBy(() -> client.jobs().cancel("vision", "x")).isInstanceOf(ProblemException.class);

        assertThat(wire.asked()).hasSize(1);
        assertThat(wire.asked().get(0).target()).endsWith("/jobs/x:cancel");
    }

    @Test
    void a_replace_with_an_etag_is_sent_once_as_its_repeat_would_meet_itself() {
        wire.thenProblem(503, "READ_ONLY");
        Queue queue = new Queue(
                Queue.KIND, Metadata.named("nlp"), new QueueSpec(null, null, null, null, null, 1, null), null);

        assertThatThrownBy(() -> client.queues().put(queue, "\"7\"", false)).isInstanceOf(ProblemException.class);

        assertThat(wire.asked()).hasSize(1);
        assertThat(wire.asked().get(0).header("If-Match")).isEqualTo("\"7\"");
    }

    @Test
    void nobody_listening_is_said_with_the_address() {
        URI nowhere = wire.uri();
        wire.close();

        assertThatThrownBy(() -> new MusterClient(nowhere, null, Retries.NONE).clock())
                .isInstanceOfSatisfying(
                        Unreachable.class, e -> assertThat(e.server()).isEqualTo(nowhere));
    }

    @Test
    void pages_are_put_together() {
        wire.thenJson(200, "{\"items\":[%s],\"nextPageToken\":\"t/2\"}".formatted(JOB));
        wire.thenJson(200, "{\"items\":[%s,%s]}".formatted(JOB, JOB));

        List<Job> found = client.jobs().find(JobQuery.all().filtered("state = QUEUED"), 100);

        assertThat(found).hasSize(3);
        assertThat(wire.asked().get(1).target()).contains("pageToken=t%2F2").contains("filter=state%20%3D%20QUEUED");
    }

    @Test
    void events_go_on_after_the_last_one_when_the_connection_breaks() {
        wire.thenBreakAfter(
                "text/event-stream", ": hello\n\n" + sse("c1", "job.submitted") + sse("c2", "job.launched"));
        wire.then(exchange -> Wire.say(exchange, 200, "text/event-stream", sse("c3", "job.started")));

        try (EventStream events = client.follow("vision", null, null)) {
            assertThat(List.of(next(events), next(events), next(events))).containsExactly("c1", "c2", "c3");
        }

        assertThat(wire.asked().get(0).target()).isEqualTo("/api/v1/events?team=vision");
        assertThat(wire.asked().get(1).header("Last-Event-ID")).isEqualTo("c2");
    }

    @Test
    void a_cursor_that_is_too_old_is_said_not_hidden() {
        wire.thenProblem(410, "CURSOR_EXPIRED");

        try (EventStream events = client.follow(null, null, "old")) {
            assertThatThrownBy(events::next)
                    .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.is("CURSOR_EXPIRED"))
                            .isTrue());
        }
    }

    @Test
    void output_goes_on_at_the_right_byte_when_the_connection_breaks() {
        wire.thenBreakAfter("text/plain", "one\ntwo\n");
        wire.then(exchange -> Wire.say(exchange, 200, "text/plain", "three\n"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        long end = client.logs().follow(new LogQuery("vision", "x", "worker", 2, null, 0), out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\nthree\n");
        assertThat(end).isEqualTo(14);
        assertThat(wire.asked().get(1).target())
                .contains("offset=8")
                .contains("index=2")
                .contains("follow=true");
    }

    private static String next(EventStream events) {
        return events.next().map(Event::cursor).orElse("closed");
    }

    private static String sse(String cursor, String type) {
        return "id: %s\nevent: %s\ndata: {\"cursor\":\"%s\",\"at\":\"2026-11-21T09:00:00Z\",\"type\":\"%s\",\"actor\":\"x\"}\n\n"
                .formatted(cursor, type, cursor, type);
    }

    private static Job job() {
        RoleSpec worker = new RoleSpec(
                "worker",
                1,
                null,
                null,
                null,
                null,
                List.of("true"),
                null,
                null,
                null,
                null,
                null,
                Map.of("cpu", "1"),
                null,
                null,
                null,
                null);
        JobSpec spec = new JobSpec("nlp", null, List.of(worker), null, null, null, null, null, null, null, null);
        return new Job(Job.KIND, Metadata.named("train"), spec, null);
    }
}
