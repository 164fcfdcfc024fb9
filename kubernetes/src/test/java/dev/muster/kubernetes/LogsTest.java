package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Output through an API server that answers as Kubernetes does, by the real client: what following it costs. */
class LogsTest {
    private static final int LIMIT = 1 << 20;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final StringBuffer output = new StringBuffer();
    private volatile int lines;
    private StandIn server;
    private Logs logs;

    @BeforeEach
    void an_api_server() throws IOException {
        server = StandIn.start(exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (query.contains("container=")) {
                asked.add(query); // the client looks for the pod itself now and then
            }
            String all = output.toString();
            String last = all.isEmpty() ? "" : all.substring(all.lastIndexOf('\n', all.length() - 2) + 1);
            StandIn.answer(
                    exchange,
                    200,
                    "text/plain",
                    query.contains("tailLines=1") ? "2026-01-01T00:00:00.%09dZ %s".formatted(lines, last) : all);
        });
        logs = new Logs(server.client());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void as_long_as_its_end_is_the_one_that_was_seen_much_output_is_not_read_again() {
        write("same\n".repeat(10_000));
        LogChunk first = read(0);
        assertThat(first.bytes()).hasSize(50_000);
        assertThat(read(50_000).bytes()).isEmpty();
        asked.clear();

        for (int i = 0; i < 5; i++) {
            assertThat(read(50_000).bytes()).isEmpty();
        }
        assertThat(asked).hasSize(5).allMatch(query -> query.contains("tailLines=1"));

        // The same words again: only their time tells.
        write("same\n");
        LogChunk more = read(50_000);
        assertThat(new String(more.bytes(), StandardCharsets.UTF_8)).isEqualTo("same\n");
        assertThat(read(50_005).bytes()).isEmpty();
    }

    @Test
    void another_reader_who_has_read_less_is_not_told_that_nothing_came() {
        write("x".repeat(20_000) + "\n");
        assertThat(read(20_001).bytes()).isEmpty();
        assertThat(read(20_001).bytes()).isEmpty();

        assertThat(read(16_500).bytes()).hasSize(3_501);
    }

    @Test
    void a_short_output_is_simply_read() {
        write("short\n");
        read(0);
        read(6);

        assertThat(asked).hasSize(2).noneMatch(query -> query.contains("tailLines"));
    }

    private void write(String text) {
        lines++;
        output.append(text);
    }

    private LogChunk read(long offset) {
        PodStatus status = new PodStatus(
                new PodRef(new AttemptId(new JobId("pi"), 1), new RoleName("main"), 0),
                PodPhase.RUNNING,
                new PoolName("blue"),
                new NodeName("node-1"),
                null,
                null,
                null,
                null,
                "");
        return logs.read(new PodFacts("vision", "pi-1-main-0", "uid-1", "main", status, false, false), offset, LIMIT);
    }
}
