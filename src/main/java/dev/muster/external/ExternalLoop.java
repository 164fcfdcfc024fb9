package dev.muster.external;

import dev.muster.Settings;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cycle.Leader;
import dev.muster.postgres.DatabaseUnavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks at what was created past Muster when the cluster has changed, and every few seconds, where this replica leads. */
@ApplicationScoped
public class ExternalLoop {
    private static final Logger LOG = Logger.getLogger(ExternalLoop.class);
    private static final Duration AT_LEAST = Duration.ofSeconds(5);
    private static final Duration AT_MOST = Duration.ofMillis(300);

    private final ExternalJobs jobs;
    private final Leader leader;
    private final Cluster cluster;
    private final Settings.Cycle settings;
    private final Semaphore calls = new Semaphore(1);
    private final Thread thread = new Thread(this::loop, "muster-external-jobs");
    private volatile boolean stopped;

    ExternalLoop(ExternalJobs jobs, Leader leader, Cluster cluster, Settings settings) {
        this.jobs = jobs;
        this.leader = leader;
        this.cluster = cluster;
        this.settings = settings.cycle();
    }

    void start(@Observes StartupEvent event) {
        if (settings.enabled()) {
            cluster.onChange(changed -> calls.release());
            thread.setDaemon(true);
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join(AT_LEAST.toMillis());
        }
    }

    private void loop() {
        try {
            while (!stopped) {
                if (calls.tryAcquire(AT_LEAST.toMillis(), TimeUnit.MILLISECONDS)) {
                    calls.drainPermits();
                }
                look();
                TimeUnit.NANOSECONDS.sleep(AT_MOST.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (!leader.leads()) {
            return;
        }
        try {
            jobs.look();
        } catch (ClusterUnavailable e) {
            LOG.debugf("act=external-jobs-wait why=\"%s\"", e.getMessage());
        } catch (RuntimeException e) {
            if (DatabaseUnavailable.in(e).isEmpty()) {
                LOG.errorf(e, "act=external-jobs-failed");
            }
        }
    }
}
