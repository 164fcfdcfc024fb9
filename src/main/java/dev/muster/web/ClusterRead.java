package dev.muster.web;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The service is not ready until it has read the cluster once: what asks for nodes or attempts would be refused. A cluster that goes
 * away later makes it no less ready; jobs are taken and told of meanwhile.
 */
@Readiness
@ApplicationScoped
class ClusterRead implements HealthCheck {
    private static final String NAME = "The cluster has been read";

    private final Cluster cluster;
    private volatile boolean read;

    ClusterRead(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public HealthCheckResponse call() {
        if (!read) {
            try {
                cluster.attempts();
                read = true;
            } catch (ClusterUnavailable e) {
                return HealthCheckResponse.named(NAME)
                        .down()
                        .withData("why", e.getMessage())
                        .build();
            }
        }
        return HealthCheckResponse.up(NAME);
    }
}
