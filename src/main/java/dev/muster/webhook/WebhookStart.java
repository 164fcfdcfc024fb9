package dev.muster.webhook;

import dev.muster.Settings;
import dev.muster.admission.Admission;
import dev.muster.admission.Callers;
import dev.muster.kubernetes.KubernetesConnection;
import dev.muster.kubernetes.admission.Webhook;
import dev.muster.postgres.DatabaseUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Serves the webhook on every replica, leader or not, where it is asked for. */
@ApplicationScoped
public class WebhookStart {
    private static final Logger LOG = Logger.getLogger(WebhookStart.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Settings settings;
    private final Instance<KubernetesConnection> connection;
    private final TeamsKnown teams;
    private final InstantSource clock;
    private final Timer reviews;
    private final Thread reading = new Thread(this::read, "muster-webhook-teams");
    private @Nullable Webhook webhook;
    private volatile boolean stopped;

    WebhookStart(
            Settings settings,
            Instance<KubernetesConnection> connection,
            TeamsKnown teams,
            InstantSource clock,
            MeterRegistry meters) {
        this.settings = settings;
        this.connection = connection;
        this.teams = teams;
        this.clock = clock;
        this.reviews = Timer.builder("muster.webhook.reviews")
                .description("How long it took to answer a review of the API server")
                .serviceLevelObjectives(
                        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100))
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        Settings.Webhook asked = settings.webhook();
        if (!asked.enabled()) {
            return;
        }
        if (settings.cluster() != Settings.ClusterKind.KUBERNETES) {
            throw new IllegalStateException(
                    "muster.webhook.enabled=true needs an API server: set muster.cluster=KUBERNETES, or the webhook to false");
        }
        teams.look();
        Callers callers = new Callers(
                Set.copyOf(asked.users()),
                asked.controllers().<Set<String>>map(HashSet::new).orElse(Callers.CONTROLLERS));
        webhook = Webhook.open(
                connection.get(),
                new Webhook.Place(
                        asked.host(),
                        asked.port(),
                        asked.namespace(),
                        asked.service(),
                        asked.secret(),
                        asked.configurations(),
                        asked.certificates().orElse(null)),
                new Admission(callers),
                teams::catalogue,
                clock,
                (path, status, nanos) -> reviews.record(nanos, TimeUnit.NANOSECONDS));
        reading.setDaemon(true);
        reading.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        reading.interrupt();
        if (webhook != null) {
            webhook.close();
        }
    }

    private void read() {
        try {
            while (!stopped) {
                TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
                try {
                    teams.look();
                } catch (RuntimeException e) {
                    if (DatabaseUnavailable.in(e).isEmpty()) {
                        LOG.errorf(e, "act=webhook-teams-not-read");
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
