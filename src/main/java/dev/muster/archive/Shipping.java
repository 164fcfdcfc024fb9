package dev.muster.archive;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/**
 * Output that is whole goes to a bucket, and is read there from then on. A file is deleted once the bucket has it; while the bucket is
 * away files stay, and are offered again.
 */
final class Shipping implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Shipping.class);
    private static final int THREADS = 2;

    private final OutputFiles files;
    private final Bucket bucket;
    private final String prefix;
    private final Set<PodRef> offered = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "muster-shipping");
        thread.setDaemon(true);
        return thread;
    });
    /** A bucket that is away is told once, until it is there again. */
    private volatile boolean away;

    Shipping(OutputFiles files, Bucket bucket, String prefix) {
        this.files = files;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Sees to it, in a moment; said again it does no harm. */
    void offer(PodRef pod) {
        if (!files.isToShip(pod) || !offered.add(pod)) {
            return;
        }
        try {
            workers.execute(() -> {
                try {
                    ship(pod);
                } finally {
                    offered.remove(pod);
                }
            });
        } catch (RejectedExecutionException e) {
            // The service stops; the next one offers it again.
            offered.remove(pod);
        }
    }

    private void ship(PodRef pod) {
        try {
            if (files.isToShip(pod)) {
                bucket.put(prefix + files.key(pod), files.output(pod));
                files.moved(pod);
            }
            away = false;
        } catch (IOException | UncheckedIOException e) {
            LOG.logf(
                    away ? Logger.Level.DEBUG : Logger.Level.WARN,
                    "act=output-stays-here pod=%s why=\"%s\"",
                    pod,
                    e.getMessage());
            away = true;
        }
    }

    /**
     * What the bucket has from {@code offset} on; empty where it has nothing of that pod.
     *
     * @throws ClusterUnavailable where it cannot be asked
     */
    Optional<LogChunk> read(PodRef pod, long offset, int limit) {
        try {
            return bucket.read(prefix + files.key(pod), offset, limit)
                    .map(piece -> new LogChunk(offset, piece.bytes(), offset + piece.bytes().length >= piece.size()));
        } catch (IOException e) {
            throw new ClusterUnavailable("Output that is kept in a bucket cannot be read now: " + e.getMessage(), e);
        }
    }

    /** All of the job. */
    void delete(JobId job) throws IOException {
        for (List<String> keys = ours(job); !keys.isEmpty(); keys = ours(job)) {
            for (String key : keys) {
                bucket.delete(key);
            }
        }
    }

    /** A server that lists what was not asked for has nothing else deleted. */
    private List<String> ours(JobId job) throws IOException {
        String begins = prefix + files.keys(job);
        return bucket.keys(begins).stream()
                .filter(key -> key.startsWith(begins) && key.matches("[-A-Za-z0-9_./]+"))
                .toList();
    }

    /** Whether something that was offered has not been seen to. */
    boolean isBusy() {
        return !offered.isEmpty();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
