package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.pool.Pool;
import dev.muster.postgres.Versioned;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolReadingTest {
    @Test
    void a_pool_that_was_written_while_the_cluster_cannot_be_read_is_told_without_its_status() {
        Cluster away = (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> {
                    throw new ClusterUnavailable("the API server does not answer", null);
                });
        // Nobody else is asked when the cluster does not answer.
        PoolReading reading = new PoolReading(null, away, null, null, null);
        Pool pool = new Pool(
                new PoolName("spot-a"), 2, Resources.of("cpu", 1_000), Map.of(), List.of(), 110, null, false, 6);

        dev.muster.api.Pool told = reading.written(new Versioned<>(pool, 3, Instant.EPOCH, Instant.EPOCH));

        assertThat(told.metadata().name()).isEqualTo("spot-a");
        assertThat(told.spec().maxNodes()).isEqualTo(6);
        assertThat(told.status()).isNull();
    }
}
