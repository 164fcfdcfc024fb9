package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.kubernetes.Installation;
import dev.muster.kubernetes.KubernetesConnection;
import dev.muster.kubernetes.mirror.Finding;
import dev.muster.kubernetes.mirror.Mirrors;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.queue.QueueSpec;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps queues and priority classes in the cluster as they are here, before a launch needs them; what it finds changed or foreign
 * becomes an event. Used by the cycle's thread; on the simulated cluster it does nothing.
 */
@ApplicationScoped
public class Mirroring {
    private static final Logger LOG = Logger.getLogger(Mirroring.class);

    private final Settings settings;
    private final Instance<KubernetesConnection> connection;
    private final Instance<Installation> installation;
    private final PriorityClassStore classes;
    private final EventStore events;
    private final Wake wake;
    private volatile boolean due = true;
    private @Nullable Mirrors mirrors;

    Mirroring(
            Settings settings,
            Instance<KubernetesConnection> connection,
            Instance<Installation> installation,
            PriorityClassStore classes,
            EventStore events,
            Wake wake) {
        this.settings = settings;
        this.connection = connection;
        this.installation = installation;
        this.classes = classes;
        this.events = events;
        this.wake = wake;
    }

    /** Something has changed, here or there. */
    void isDue() {
        due = true;
    }

    void keep(List<QueueSpec> queues, Instant now) {
        if (!due || settings.cluster() != Settings.ClusterKind.KUBERNETES) {
            return;
        }
        due = false;
        List<PriorityClass> wanted =
                classes.all().stream().map(Versioned::value).toList();
        try {
            mirrors().keep(queues, wanted).forEach(finding -> tell(finding, now));
        } catch (ClusterUnavailable e) {
            due = true;
            LOG.warnf("act=not-mirrored why=\"%s\"", e.getMessage());
        }
    }

    @PreDestroy
    void close() {
        if (mirrors != null) {
            mirrors.close();
        }
    }

    private Mirrors mirrors() {
        if (mirrors == null) {
            mirrors = Mirrors.open(connection.get(), installation.get(), this::noticed);
        }
        return mirrors;
    }

    private void noticed() {
        due = true;
        wake.now();
    }

    private void tell(Finding finding, Instant now) {
        String name = finding.kind() + " " + finding.name();
        LOG.warnf("act=mirror-%s object=\"%s\" why=\"%s\"", finding.what(), name, finding.message());
        Why why = Why.of(finding.what().name(), "%s: %s".formatted(name, finding.message()));
        events.append(List.of(new Event(
                now, EventType.CLUSTER_DRIFT, Steps.ACTOR, null, null, finding.name(), null, null, null, why)));
    }
}
