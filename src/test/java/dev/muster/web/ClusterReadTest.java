package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.quota.name.AttemptId;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** Ready is who has read the cluster once. */
class ClusterReadTest {
    private boolean away = true;
    private int asked;

    private final ClusterRead check = new ClusterRead(cluster());

    @Test
    void a_cluster_that_cannot_be_read_is_told_with_why() {
        HealthCheckResponse first = check.call();

        assertThat(first.getStatus()).isEqualTo(Status.DOWN);
        assertThat(first.getData())
                .hasValueSatisfying(data -> assertThat(data).containsEntry("why", "the API server does not answer"));
        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void once_read_it_stays_ready_and_asks_no_more() {
        check.call();
        away = false;
        assertThat(check.call().getStatus()).isEqualTo(Status.UP);

        away = true;
        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
        assertThat(check.call().getData()).isEmpty();
        assertThat(asked).isEqualTo(2);
    }

    /** Anything else that is asked of it is a mistake. */
    private Cluster cluster() {
        return (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("attempts")) {
                        throw new AssertionError(method + " was called");
                    }
                    return attempts();
                });
    }

    private Set<AttemptId> attempts() {
        asked++;
        if (away) {
            throw new ClusterUnavailable("the API server does not answer", null);
        }
        return Set.of();
    }
}
