package dev.muster.kubernetes.log;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.LogChunk;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Output by byte. Kubernetes knows no offset, but times of lines: places that were passed are kept with theirs, and reading goes on from the
 * nearest. Who looks again at once where another look has ended is followed by a stream that stays open, so that what was read is not read again; it
 * ends when nobody looks any more. Once the kubelet has rotated a container's output the bytes before are gone for good; offsets go on for those who
 * were reading, and count from what is left for others.
 */
public final class Logs implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int NOT_YET = 400;

    private final KubernetesClient client;
    private final Pace pace;
    private final Places places = new Places();
    private final Looks looks;
    private final List<LogStream> open = new ArrayList<>();
    private boolean watched;
    private boolean closed;

    /**
     * {@code again}: within so long the next look makes a reader one who follows; {@code idle}: without a look for so long a stream ends;
     * {@code silent}: one that says nothing for so long is asked afresh; {@code patience}: so long it may take until something comes; at most {@code most} streams are open.
     */
    record Pace(Duration again, Duration idle, Duration silent, Duration patience, int most) {
        static final Pace USUAL = new Pace(
                Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20), 200);
    }

    public Logs(KubernetesClient client) {
        this(client, Pace.USUAL);
    }

    Logs(KubernetesClient client, Pace pace) {
        this.client = client;
        this.pace = pace;
        this.looks = new Looks(pace.again());
    }

    /** What broke off is read once more: a kubelet that closes a connection is no news to who reads. */
    public LogChunk read(LogSource source, long offset, int limit) {
        try {
            return readOnce(source, offset, limit);
        } catch (ClusterUnavailable e) {
            return readOnce(source, offset, limit);
        }
    }

    /** How many streams are held open. */
    synchronized int held() {
        return open.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(open).forEach(this::end);
    }

    private LogChunk readOnce(LogSource source, long offset, int limit) {
        LogStream stream = stream(source, offset);
        boolean goesOn = false;
        try {
            byte[] bytes = stream.take(offset, limit, pace.patience().toNanos());
            long next = offset + bytes.length;
            boolean all = stream.isDone(next);
            boolean none = isNone(stream);
            Throwable failure = stream.failure();
            if (failure != null && !none && !stream.follows()) {
                throw unreadable(source, failure);
            }
            looks.at(source, next, stream.follows() ? !all : !none && stream.missing() == 0);
            goesOn = !all && (stream.follows() || held() <= pace.most());
            return new LogChunk(offset, bytes, all && source.over() && (failure == null || none));
        } catch (IOException e) {
            throw unreadable(source, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(source, e);
        } finally {
            stream.occupy(false);
            if (!goesOn) {
                end(stream);
            }
        }
    }

    private static boolean isNone(LogStream stream) {
        return stream.code() == NOT_FOUND || stream.code() == NOT_YET;
    }

    private static ClusterUnavailable unreadable(LogSource source, Throwable e) {
        return new ClusterUnavailable(
                "The output of pod %s could not be read: %s".formatted(source.pod(), e.getMessage()), e);
    }

    /** One that has what is asked for at hand, or is opened for it. */
    private synchronized LogStream stream(LogSource source, long offset) {
        if (closed) {
            throw new ClusterUnavailable("The service stops", null);
        }
        endIdle();
        for (LogStream stream : List.copyOf(open)) {
            if (!stream.isOf(source)) {
                continue;
            }
            boolean stale = stream.isOfWhole() != source.over()
                    || stream.follows() && stream.nanosSilent() > pace.silent().toNanos();
            if (!stream.isFree()) {
                continue;
            }
            if (stale) {
                end(stream);
            } else if (stream.reaches(offset)) {
                stream.occupy(true);
                return stream;
            }
        }
        boolean follows = !source.over() && looks.isSoonAfter(source, offset) && hasRoom();
        LogStream made = LogStream.open(client, source, follows, places.before(source, offset), offset);
        made.occupy(true);
        open.add(made);
        watch();
        return made;
    }

    private boolean hasRoom() {
        if (open.size() < pace.most()) {
            return true;
        }
        Optional<LogStream> idle = open.stream()
                .filter(stream ->
                        stream.isFree() && stream.nanosUnread() > pace.again().toNanos())
                .max(Comparator.comparingLong(LogStream::nanosUnread));
        idle.ifPresent(this::end);
        return idle.isPresent();
    }

    private synchronized void end(LogStream stream) {
        if (open.remove(stream)) {
            places.keep(stream.source(), stream.marks());
            stream.close();
        }
    }

    private void endIdle() {
        List<LogStream> idle = open.stream()
                .filter(stream ->
                        stream.isFree() && stream.nanosUnread() > pace.idle().toNanos())
                .toList();
        idle.forEach(this::end);
    }

    /** Also where nobody looks any more at all. */
    private void watch() {
        if (watched || open.isEmpty()) {
            return;
        }
        watched = true;
        CompletableFuture.delayedExecutor(pace.idle().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    synchronized (this) {
                        watched = false;
                        endIdle();
                        watch();
                    }
                });
    }
}
