package dev.muster.controlplane;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Serves the output of pods as a kubelet does: the API server comes here for it. Nodes that KWOK plays have nobody who would. */
public final class FakeKubelet implements AutoCloseable {
    public static final String OUTPUT = "first line\nsecond line, a little longer\nthird\n";

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Pattern LIMIT = Pattern.compile("limitBytes=(\\d+)");
    private static final Pattern SINCE = Pattern.compile("sinceTime=([^&]+)");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration APART = Duration.ofMillis(700);
    private static final DateTimeFormatter FIXED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final HttpsServer server;

    /** What a container has written, by namespace, pod and container; null: nobody knows it. */
    @FunctionalInterface
    public interface Written {
        byte @Nullable [] by(String namespace, String pod, String container);
    }

    /** The key is made once for all kubelets of a JVM: a process of its own for each test would be most of what a test does. */
    private static final class Key {
        static final SSLContext CONTEXT = make();

        private static SSLContext make() {
            try {
                return context();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private FakeKubelet(HttpsServer server) {
        this.server = server;
    }

    /** All pods have written the same. */
    public static FakeKubelet start() {
        return start((namespace, pod, container) -> OUTPUT.getBytes(StandardCharsets.UTF_8));
    }

    public static FakeKubelet start(Written written) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(Key.CONTEXT));
            server.createContext("/containerLogs/", exchange -> answer(exchange, written));
            server.start();
            return new FakeKubelet(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, Written written) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        byte[] bytes = path.length == 5 ? written.by(path[2], path[3], path[4]) : null;
        if (bytes == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (query.contains("timestamps=true")) {
            Matcher since = SINCE.matcher(query);
            bytes = stamped(bytes, since.find() ? Instant.parse(since.group(1)) : Instant.EPOCH);
        }
        Matcher limit = LIMIT.matcher(query);
        if (limit.find()) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length, Long.parseLong(limit.group(1))));
        }
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        // Only the body is closed: a connection that is cut can cut the answer short for the API server.
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    /** Each line with its time, as kubelets write it: the first at {@link #BEGIN}, the next ones so much later each. */
    private static byte[] stamped(byte[] output, Instant since) {
        StringBuilder stamped = new StringBuilder();
        Instant time = BEGIN;
        for (String line : new String(output, StandardCharsets.UTF_8).split("(?<=\n)")) {
            if (!time.isBefore(since) && !line.isEmpty()) {
                stamped.append(FIXED.format(time)).append(' ').append(line);
            }
            time = time.plus(APART);
        }
        return stamped.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static SSLContext context() throws IOException, GeneralSecurityException {
        Path directory = Files.createTempDirectory(Path.of("target"), "kubelet-");
        Path file = directory.resolve("kubelet.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "kubelet",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=kubelet",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = code(keytool);
        if (code != 0) {
            throw new IOException("keytool made no key and ended with %d: %s".formatted(code, said));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream store = Files.newInputStream(file)) {
            keys.load(store, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static int code(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("keytool was not waited for", e);
        }
    }
}
