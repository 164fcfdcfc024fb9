package dev.muster.archive;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterAround;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A cluster whose pods' output outlives them. What runs is copied now and then; pods that have ended are let go once their output is
 * kept, and those that must give way at once, copied while they stop. Output that cannot be kept holds up nobody: it is lost, and said.
 */
final class ArchivedCluster extends ClusterAround implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ArchivedCluster.class);
    private static final int PIECE = 1 << 20;
    private static final int THREADS = 4;
    /** How long what has ended is kept from going while its output is read, and how often that may fail. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_FAILURES = 2;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    /** However many pods run, the cluster is asked about fifty a second. */
    private static final Duration FOR_EACH_POD = Duration.ofMillis(20);
    /** Who has copied within so long leads still. */
    private static final Duration LEADS = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final OutputFiles files;
    /** Null: files are all there is. */
    private final @Nullable Shipping shipping;

    private final InstantSource clock;
    private final ExecutorService workers;
    /** When each pod is looked at again. */
    private final Map<PodRef, Instant> next = new ConcurrentHashMap<>();
    /** How often a pod could not be read since it was read last. */
    private final Map<PodRef, Integer> failures = new ConcurrentHashMap<>();

    private volatile Instant ledAt = Instant.MIN;

    private final Set<AttemptId> leaving = ConcurrentHashMap.newKeySet();
    private final Set<AttemptId> busy = ConcurrentHashMap.newKeySet();
    /** What lets those go that have ended, once their output is kept. */
    private final Map<AttemptId, Runnable> ended = new ConcurrentHashMap<>();

    ArchivedCluster(Cluster cluster, OutputFiles files, @Nullable Shipping shipping, InstantSource clock) {
        super(cluster);
        this.shipping = shipping;
        this.clock = clock;
        this.cluster = cluster;
        this.files = files;
        this.workers = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "muster-archive");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Copies what is new of all pods that are due; called each second by who leads. */
    void follow() {
        ledAt = clock.instant();
        Set<AttemptId> known = cluster.attempts();
        leaving.retainAll(known);
        ended.keySet().retainAll(known);
        next.keySet().removeIf(pod -> !known.contains(pod.attempt()));
        failures.keySet().removeIf(pod -> !known.contains(pod.attempt()));
        for (AttemptId attempt : known) {
            if (isDue(attempt)) {
                submit(attempt);
            }
        }
    }

    @Override
    public void release(AttemptId attempt) {
        release(attempt, () -> cluster.release(attempt));
    }

    @Override
    public void release(AttemptId attempt, Duration grace) {
        release(attempt, () -> cluster.release(attempt, grace));
    }

    private void release(AttemptId attempt, Runnable release) {
        List<PodStatus> pods = pods(attempt);
        boolean settled = pods.stream().allMatch(pod -> files.isComplete(pod.pod()) || isGivenUp(pod.pod()));
        boolean over = pods.stream().allMatch(pod -> pod.phase().isFinal());
        leaving.add(attempt);
        if (settled || !over) {
            release.run();
            return;
        }
        ended.put(attempt, release);
        submit(attempt);
    }

    /**
     * Where the archive has it to the end it is asked, or has it so far and is kept by this replica, which costs the cluster nothing; else the
     * cluster, and the archive for what the cluster has lost.
     */
    @Override
    public LogChunk log(PodRef pod, long offset, int limit) {
        if (offset >= 0 && limit > 0 && files.isComplete(pod)) {
            return whole(pod, offset, limit);
        }
        boolean leads = ledAt.isAfter(clock.instant().minus(LEADS));
        if (leads && offset >= 0 && limit > 0 && files.size(pod) > offset) {
            return files.read(pod, offset, limit);
        }
        LogChunk seen = cluster.log(pod, offset, limit);
        if (seen.bytes().length > 0) {
            return seen;
        }
        Optional<LogChunk> elsewhere =
                cluster.status(pod.attempt()).isEmpty() ? elsewhere(pod, offset, limit) : Optional.empty();
        return elsewhere.orElseGet(() -> files.size(pod) > offset ? files.read(pod, offset, limit) : seen);
    }

    private LogChunk whole(PodRef pod, long offset, int limit) {
        LogChunk here = files.read(pod, offset, limit);
        // Asked after the file: it may have been moved just now.
        return here.bytes().length == 0 && files.isElsewhere(pod)
                ? elsewhere(pod, offset, limit).orElse(here)
                : here;
    }

    /** Asked where the cluster has forgotten it and this disk has not all: it may be a replica that led only for a while. */
    private Optional<LogChunk> elsewhere(PodRef pod, long offset, int limit) {
        return shipping == null ? Optional.empty() : shipping.read(pod, offset, limit);
    }

    private boolean isDue(AttemptId attempt) {
        Instant now = clock.instant();
        boolean goes = leaving.contains(attempt);
        return pods(attempt).stream()
                .filter(pod -> pod.startedAt() != null)
                .filter(pod -> {
                    // What goes, or has ended, is read at once, but not again and again where that fails.
                    boolean hurries = (goes || pod.phase().isFinal()) && !failures.containsKey(pod.pod());
                    return hurries
                            || !next.getOrDefault(pod.pod(), Instant.EPOCH).isAfter(now);
                })
                .anyMatch(pod -> !files.isComplete(pod.pod()));
    }

    private boolean isGivenUp(PodRef pod) {
        return failures.getOrDefault(pod, 0) >= MOST_FAILURES;
    }

    private void failed(PodRef pod, RuntimeException e) {
        boolean first = failures.merge(pod, 1, Integer::sum) == 1;
        next.put(pod, clock.instant().plus(LOOK_AGAIN));
        LOG.logf(
                first ? Logger.Level.WARN : Logger.Level.DEBUG,
                "act=output-not-kept pod=%s why=\"%s\"",
                pod,
                e.getMessage());
    }

    private List<PodStatus> pods(AttemptId attempt) {
        return cluster.status(attempt).map(GangStatus::pods).orElse(List.of());
    }

    private void submit(AttemptId attempt) {
        if (!busy.add(attempt)) {
            return;
        }
        try {
            workers.execute(() -> {
                try {
                    work(attempt);
                } catch (ClusterUnavailable e) {
                    // Whoever wants it released says so again.
                    ended.remove(attempt);
                    LOG.debugf("act=archive-waits attempt=%s why=\"%s\"", attempt, e.getMessage());
                } finally {
                    busy.remove(attempt);
                }
                if (ended.containsKey(attempt)) {
                    submit(attempt); // it ended just when this was done
                }
            });
        } catch (RejectedExecutionException e) {
            // The service stops; the next one goes on.
            busy.remove(attempt);
        }
    }

    private void work(AttemptId attempt) {
        if (!ended.containsKey(attempt)) {
            keep(attempt, true);
        }
        Runnable release = ended.get(attempt);
        if (release != null) {
            keep(attempt, false);
            release.run();
            ended.remove(attempt, release);
        }
    }

    /** {@code some}: as much as can be read now. Else all of it, but its room is wanted: who cannot be read is not waited for long. */
    private void keep(AttemptId attempt, boolean some) {
        Instant patience = clock.instant().plus(PATIENCE);
        int unread = 0;
        for (PodStatus pod : pods(attempt)) {
            if (!some && clock.instant().isAfter(patience)) {
                LOG.warnf("act=output-not-kept attempt=%s why=\"it took longer than %s\"", attempt, PATIENCE);
                return;
            }
            boolean hasBegun = pod.startedAt() != null
                    || pod.phase() == PodPhase.RUNNING
                    || pod.phase().isFinal();
            if (!hasBegun || (!some && isGivenUp(pod.pod()))) {
                continue;
            }
            try {
                copy(pod.pod());
                failures.remove(pod.pod());
            } catch (UncheckedIOException | ClusterUnavailable e) {
                failed(pod.pod(), e);
                if (some || ++unread == MOST_FAILURES) {
                    return;
                }
            }
        }
    }

    private void copy(PodRef pod) {
        copyHere(pod);
        if (shipping != null) {
            shipping.offer(pod);
        }
    }

    private void copyHere(PodRef pod) {
        while (!files.isComplete(pod)) {
            long offset = files.size(pod);
            LogChunk chunk = cluster.log(pod, offset, PIECE);
            files.append(pod, chunk);
            if (chunk.end()) {
                files.complete(pod);
            }
            if (chunk.bytes().length < PIECE) {
                Duration all = FOR_EACH_POD.multipliedBy(next.size());
                Duration wait = all.compareTo(LOOK_AGAIN) > 0 ? all : LOOK_AGAIN;
                next.put(pod, clock.instant().plus(wait));
                return;
            }
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    @Override
    public void replace(Gang gang, Set<PodRef> pods) {
        // Its successor writes from the first byte on.
        pods(gang.id()).stream()
                .filter(pod -> pod.phase() == PodPhase.LOST && pods.contains(pod.pod()))
                .forEach(pod -> files.delete(pod.pod()));
        cluster.replace(gang, pods);
    }
}
