package dev.muster.kubernetes.admission;

import dev.muster.admission.Admission;
import dev.muster.admission.Catalogue;
import dev.muster.admission.certificate.Pair;
import dev.muster.admission.certificate.Rotation;
import dev.muster.kubernetes.KubernetesConnection;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The webhook of a running service: its certificates are kept and looked at every few seconds, and it serves once it has some. */
public final class Webhook implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Webhook.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final ScheduledExecutorService keeping = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "muster-webhook");
        thread.setDaemon(true);
        return thread;
    });
    private final Place place;
    private final Admission admission;
    private final Supplier<Catalogue> catalogue;
    private final WebhookServer.Heard heard;
    private final @Nullable CertificateKeeper keeper;
    private volatile @Nullable Pair shown;
    private volatile @Nullable WebhookServer server;

    /**
     * Where it listens and how it is called. {@code given}: a directory with a certificate that others keep; null: it keeps its own
     * in {@code secret}.
     */
    public record Place(
            String host,
            int port,
            String namespace,
            String service,
            String secret,
            String configurations,
            @Nullable Path given) {
        List<String> names() {
            return List.of(service + "." + namespace + ".svc", service + "." + namespace + ".svc.cluster.local");
        }
    }

    private Webhook(
            KubernetesConnection connection,
            Place place,
            Admission admission,
            Supplier<Catalogue> catalogue,
            InstantSource clock,
            WebhookServer.Heard heard) {
        this.place = place;
        this.admission = admission;
        this.catalogue = catalogue;
        this.heard = heard;
        this.keeper = place.given() != null
                ? null
                : new CertificateKeeper(
                        connection.client(),
                        place.namespace(),
                        place.secret(),
                        place.names(),
                        Rotation.USUAL,
                        clock,
                        place.configurations());
    }

    /** Begins in the background: an API server that is away keeps nobody from starting. */
    public static Webhook open(
            KubernetesConnection connection,
            Place place,
            Admission admission,
            Supplier<Catalogue> catalogue,
            InstantSource clock,
            WebhookServer.Heard heard) {
        Webhook webhook = new Webhook(connection, place, admission, catalogue, clock, heard);
        webhook.keeping.scheduleWithFixedDelay(webhook::keep, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
        return webhook;
    }

    public boolean serves() {
        return server != null;
    }

    private void keep() {
        try {
            if (keeper != null) {
                keeper.keep();
                shown = keeper.shown();
            } else {
                shown = GivenCertificate.read(Objects.requireNonNull(place.given()));
            }
            if (server == null) {
                server = WebhookServer.start(
                        vertx,
                        place.host(),
                        place.port(),
                        () -> Objects.requireNonNull(shown),
                        admission,
                        catalogue,
                        heard);
                LOG.log(System.Logger.Level.INFO, "act=webhook-serves port={0,number,#}", place.port());
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "act=webhook-not-kept why=\"{0}\"", e.getMessage());
        }
    }

    @Override
    public void close() {
        keeping.shutdownNow();
        WebhookServer running = server;
        if (running != null) {
            running.close();
        }
        vertx.close();
    }
}
