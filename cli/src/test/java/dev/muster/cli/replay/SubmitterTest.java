package dev.muster.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.client.MusterClient;
import dev.muster.api.client.Retries;
import dev.muster.cli.FakeService;
import dev.muster.cli.trace.TraceJob;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubmitterTest {
    private static final String BATCH = "POST /teams/t/jobs:batchCreate";

    private final Tally tally = new Tally();
    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** Ten records; those of lines 3 and 8 are what the service refuses. */
    private void submitTen() {
        MusterClient client = new MusterClient(URI.create(service.url()), null, Retries.NONE);
        Pace pace = new Pace(Instant.parse("2026-01-01T00:00:00Z"), 1);
        Submitter submitter = new Submitter(client.jobs(), "t", "q", "label", "cpu", pace, tally, () -> {});
        for (int line = 1; line <= 10; line++) {
            submitter.job(new TraceJob(line, "j" + line, Duration.ofSeconds(line), Duration.ofMinutes(1), 2));
        }
        submitter.flush();
    }

    private static FakeService.Answer accepted() {
        return new FakeService.Answer(201, "application/json", "{\"jobs\":[]}");
    }

    private static boolean holdsBad(String body) {
        return body.contains("\"r3\"") || body.contains("\"r8\"");
    }

    private List<Long> refusedLines() {
        return tally.refusals().stream().map(Tally.Refusal::line).toList();
    }

    @Test
    void those_that_the_problem_points_at_are_left_out_and_named() {
        service.on(
                BATCH,
                asked -> holdsBad(asked.body())
                        ? FakeService.problem(
                                422,
                                "VALIDATION",
                                ",\"errors\":[{\"pointer\":\"/jobs/2/spec/roles\",\"code\":\"X\",\"detail\":\"too large\"},"
                                        + "{\"pointer\":\"/jobs/7/spec/roles\",\"code\":\"X\",\"detail\":\"too large\"}]")
                        : accepted());

        submitTen();

        assertThat(tally.accepted()).isEqualTo(8);
        assertThat(refusedLines()).containsExactly(3L, 8L);
        assertThat(tally.refusals().get(0).why()).isEqualTo("too large");
        assertThat(service.asked()).hasSize(2);
    }

    @Test
    void where_the_problem_points_at_none_halves_find_them() {
        service.on(
                BATCH,
                asked -> holdsBad(asked.body())
                        ? FakeService.problem(422, "QUOTA_IMPOSSIBLE", ",\"detail\":\"will never run\"")
                        : accepted());

        submitTen();

        assertThat(tally.accepted()).isEqualTo(8);
        assertThat(refusedLines()).containsExactly(3L, 8L);
        assertThat(tally.refusals().get(1).why()).isEqualTo("will never run");
    }
}
