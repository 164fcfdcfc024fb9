package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.PodUse;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pods use, as the metrics API says it to the real client. */
class PodMetricsTest {
    private static final PodFacts WORKER = new PodFacts(
            "vision",
            "job1-1-worker-0",
            "uid-1",
            "main",
            new PodStatus(
                    new PodRef(new AttemptId(new JobId("job1"), 1), new RoleName("worker"), 0),
                    PodPhase.RUNNING,
                    new PoolName("blue"),
                    null,
                    null,
                    null,
                    null,
                    null,
                    ""),
            false,
            false);

    private final AtomicReference<String> asked = new AtomicReference<>("");
    private volatile String answer = "";
    private volatile int code = 200;
    private StandIn server;

    @BeforeEach
    void an_api_server_that_serves_metrics() throws IOException {
        server = StandIn.start(exchange -> {
            asked.set(exchange.getRequestURI().toString());
            StandIn.answer(exchange, code, "application/json", answer);
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Optional<List<PodUse>> read() {
        return PodMetrics.read(
                server.client(),
                "muster",
                key -> key.equals("vision/job1-1-worker-0") ? Optional.of(WORKER) : Optional.empty());
    }

    @Test
    void all_containers_of_a_pod_count_and_unknown_pods_and_nonsense_do_not() {
        answer = """
                {"kind":"PodMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[
                 {"metadata":{"name":"job1-1-worker-0","namespace":"vision"},"timestamp":"2026-01-01T00:00:00Z","window":"15s",
                  "containers":[{"name":"main","usage":{"cpu":"1250000000n","memory":"512Mi"}},
                                {"name":"sidecar","usage":{"cpu":"50m","memory":"1024Ki"}}]},
                 {"metadata":{"name":"somebody","namespace":"else"},"containers":[{"usage":{"cpu":"1"}}]}]}""";
        assertThat(read()).contains(List.of(new PodUse(WORKER.ref(), new PoolName("blue"), 1300, (513L << 20))));
        assertThat(asked.get()).startsWith("/apis/metrics.k8s.io/v1beta1/pods?").contains("muster");

        for (String nonsense :
                List.of("[]", "7", "[{\"usage\":{\"cpu\":\"much\"}}]", "[{\"usage\":{\"cpu\":\"-1\"}}]")) {
            answer = """
                    {"kind":"PodMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[
                     {"metadata":{"name":"job1-1-worker-0","namespace":"vision"},"containers":%s}]}""".formatted(nonsense);
            assertThat(read()).as(nonsense).contains(List.of());
        }
    }

    @Test
    void where_the_api_is_not_served_nothing_is_measured() {
        for (int refused : new int[] {404, 403, 503}) {
            code = refused;
            answer = "";
            assertThat(read()).as("code %d", refused).isEmpty();
        }
    }
}
