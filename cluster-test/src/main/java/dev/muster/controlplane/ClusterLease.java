package dev.muster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cluster of one JVM and its directory, which goes when the last test is done, unless one failed: then its logs stay. */
final class ClusterLease implements AutoCloseable {
    private final Path directory;
    private final @Nullable TestCluster cluster;
    private final @Nullable RuntimeException refusal;
    private boolean failed;

    private ClusterLease(Path directory, @Nullable TestCluster cluster, @Nullable RuntimeException refusal) {
        this.directory = directory;
        this.cluster = cluster;
        this.refusal = refusal;
        this.failed = refusal != null;
    }

    /** A cluster that does not start is not tried again for the next test. */
    static ClusterLease take(Path parent, Function<Path, TestCluster> start) {
        Path directory = create(parent);
        try {
            return new ClusterLease(directory, start.apply(directory), null);
        } catch (RuntimeException e) {
            return new ClusterLease(directory, null, e);
        }
    }

    TestCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException(
                    "The cluster for tests did not start; its logs are in " + directory.toAbsolutePath(), refusal);
        }
        return cluster;
    }

    synchronized void keepLogs() {
        failed = true;
    }

    @Override
    public synchronized void close() {
        if (cluster instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("Cannot stop a cluster for tests", e);
            }
        }
        if (failed) {
            delete(directory.resolve("etcd"));
            say("A test on a cluster failed; the logs of the cluster are in " + directory.toAbsolutePath());
        } else {
            delete(directory);
        }
    }

    private static Path create(Path parent) {
        try {
            return Files.createTempDirectory(Files.createDirectories(parent), "cluster-");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a directory in " + parent.toAbsolutePath(), e);
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
