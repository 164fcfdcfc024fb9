package dev.muster.kubernetes.admission;

import dev.muster.admission.Admission;
import dev.muster.admission.Callers;
import dev.muster.admission.Catalogue;
import dev.muster.admission.TeamRules;
import dev.muster.admission.certificate.Certificates;
import dev.muster.admission.certificate.Rotation;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How long reviews take at a rate: {@code benchmarks/webhook}. Both questions of each creation, over TLS, at fixed times whatever the
 * answers do; a latency counts from its due time. Client and server share the machine. Arguments: creations a second, seconds.
 */
final class WebhookFigures {
    private static final int TEAMS = 1_000;

    private WebhookFigures() {}

    public static void main(String[] arguments) throws Exception {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        Certificates certificates = Rotation.USUAL.next(
                Optional.empty(), List.of("127.0.0.1"), InstantSource.system().instant());
        Catalogue catalogue = catalogue();
        Vertx vertx = Vertx.vertx();
        try (WebhookServer server = WebhookServer.start(
                vertx,
                "127.0.0.1",
                0,
                certificates::serving,
                new Admission(new Callers(Set.of("system:serviceaccount:muster:muster"), Callers.CONTROLLERS)),
                () -> catalogue,
                (path, status, nanos) -> {})) {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(trusting(certificates))
                    .build();
            String base = "https://127.0.0.1:" + server.port() + "/admission/";
            // One after the other first: a server that has answered nothing yet loads its classes.
            for (int i = 0; i < 500; i++) {
                send(client, base + (i % 2 == 0 ? "mutate" : "validate"), i).get(60, TimeUnit.SECONDS);
            }
            // Then faster and faster: a server that is not compiled yet would be overrun, which no API server that just
            // started does.
            for (int share = 16; share >= 1; share /= 2) {
                measure(client, base, Math.max(1, perSecond / share), 5);
            }
            long before = processor();
            long[] nanos = measure(client, base, perSecond, seconds);
            System.out.printf(
                    "webhook: %d creations/s for %d s, %d reviews: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, most %.2f ms; "
                            + "%.2f ms of processor for client and server together%n",
                    perSecond,
                    seconds,
                    nanos.length,
                    at(nanos, 0.5),
                    at(nanos, 0.99),
                    at(nanos, 0.999),
                    at(nanos, 1),
                    (processor() - before) / 1e6 / nanos.length);
            System.exit(at(nanos, 0.99) <= 20 ? 0 : 1);
        }
    }

    private static long[] measure(HttpClient client, String base, int perSecond, int seconds) throws Exception {
        int creations = perSecond * seconds;
        long[] nanos = new long[creations * 2];
        AtomicInteger failed = new AtomicInteger();
        CompletableFuture<?>[] all = new CompletableFuture<?>[creations];
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        long start = System.nanoTime() + 100_000_000L;
        for (int i = 0; i < creations; i++) {
            int creation = i;
            long due = start + creation * 1_000_000_000L / perSecond;
            CompletableFuture<Void> done = new CompletableFuture<>();
            all[i] = done;
            clock.schedule(
                    () -> {
                        send(client, base + "mutate", creation)
                                .thenCompose(first -> {
                                    nanos[2 * creation] = System.nanoTime() - due;
                                    failed.addAndGet(first.statusCode() == 200 ? 0 : 1);
                                    long again = System.nanoTime();
                                    return send(client, base + "validate", creation)
                                            .thenAccept(second -> nanos[2 * creation + 1] = System.nanoTime() - again);
                                })
                                .whenComplete((nothing, failure) -> {
                                    if (failure != null && failed.getAndIncrement() == 0) {
                                        failure.printStackTrace();
                                    }
                                    done.complete(null);
                                });
                    },
                    Math.max(0, due - System.nanoTime()),
                    TimeUnit.NANOSECONDS);
        }
        CompletableFuture.allOf(all).get(seconds + 120L, TimeUnit.SECONDS);
        clock.shutdownNow();
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " reviews failed");
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static CompletableFuture<HttpResponse<String>> send(HttpClient client, String to, int creation) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create(to))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(review(creation)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String review(int creation) {
        String environment = "{\"name\":\"VARIABLE\",\"value\":\"some value of usual length\"},".repeat(40);
        return """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-%d","operation":"CREATE",
                "namespace":"team-%d","userInfo":{"username":"ada@example.com"},"resource":{"group":"batch","version":"v1","resource":"jobs"},
                "object":{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"job-%d","namespace":"team-%d","labels":{"app":"x"}},
                "spec":{"parallelism":4,"completions":4,"backoffLimit":6,"template":{"metadata":{"labels":{"app":"x"}},"spec":{"restartPolicy":"Never",
                "containers":[{"name":"main","image":"registry/image:1","env":[%s],"resources":{"requests":{"cpu":"4","memory":"16Gi"}}}]}}}}}}""".formatted(
                        creation,
                        creation % TEAMS,
                        creation,
                        creation % TEAMS,
                        environment.substring(0, environment.length() - 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    private static Catalogue catalogue() {
        Map<String, TeamRules> teams = new HashMap<>();
        Map<QueueName, Catalogue.QueueRules> queues = new HashMap<>();
        for (int i = 0; i < TEAMS; i++) {
            TeamName team = new TeamName("team-" + i);
            QueueName queue = new QueueName("queue-" + i);
            queues.put(queue, new Catalogue.QueueRules(true, true, team));
            teams.put(
                    "team-" + i,
                    new TeamRules(
                            team,
                            queue,
                            new PriorityClassName("routine"),
                            new TreeSet<>(Set.of(queue)),
                            new TreeSet<>(Set.of(new PriorityClassName("routine"))),
                            Map.of()));
        }
        return new Catalogue(teams, queues);
    }

    /** What this process has used of the processors: it does not depend on who else runs. */
    private static long processor() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static SSLContext trusting(Certificates certificates) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("authority", certificates.authorities().get(0).certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
