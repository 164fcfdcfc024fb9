package dev.muster.archive;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A server of S3 that others made keeps the contract: it checks signatures, and keeps objects as files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
        named = "MUSTER_TEST_S3PROXY",
        matches = ".+",
        disabledReason = "needs S3Proxy: ./muster test --s3")
class S3ProxyTest extends BucketContract {
    @TempDir
    private static Path home;

    private URI endpoint;
    private Process server;
    private int buckets;

    @BeforeAll
    void start() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        endpoint = URI.create("http://127.0.0.1:" + port);
        Files.createDirectory(home.resolve("objects"));
        Path settings =
                Files.writeString(home.resolve("s3proxy.conf"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v4
                s3proxy.identity=the-key
                s3proxy.credential=the secret of it
                jclouds.provider=filesystem-nio2
                jclouds.identity=unused
                jclouds.credential=unused
                jclouds.filesystem.basedir=%s
                """.formatted(endpoint, home.resolve("objects")));
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getenv("MUSTER_TEST_S3PROXY") + File.separator + "*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "s3proxy.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return socket.isConnected();
            }
        });
    }

    @AfterAll
    void stop() throws InterruptedException {
        server.destroy();
        server.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    Bucket.Place place() {
        try {
            Files.createDirectory(home.resolve("objects/bucket-" + ++buckets));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return place("the secret of it");
    }

    @Override
    Bucket.Place stranger() {
        return place("a guess");
    }

    private Bucket.Place place(String secret) {
        return Bucket.Place.of(endpoint, "bucket-" + buckets, "us-east-1", "the-key", secret, null);
    }
}
