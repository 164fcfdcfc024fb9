package dev.muster.kubernetes.log;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Output that is being read, and the last of it. It asks for more only as its readers come near what it has, so what nobody reads waits at the
 * kubelet. It needs no thread.
 */
final class LogStream implements AutoCloseable {
    /** Kept of it: readers that are so far apart share it. */
    static final int WINDOW = 256 << 10;

    private static final int AHEAD = WINDOW / 2;
    private static final int SAID = 1 << 10;

    private final LogSource source;
    private final boolean follows;
    private final Stamps stamps;
    private final Deque<LogMark> marks = new ArrayDeque<>();
    private byte[] window = new byte[1 << 10];
    private long start;
    private int length;
    /** Up to where somebody has read. */
    private long read;

    private @Nullable AsyncBody body;
    private boolean asked;
    private boolean ended;
    private boolean closed;
    private boolean busy;
    private int code = 200;
    private @Nullable Throwable failure;
    private long lookedAt = System.nanoTime();
    private long heardAt = lookedAt;

    private LogStream(LogSource source, boolean follows, LogMark from, long offset) {
        this.source = source;
        this.follows = follows;
        this.start = offset;
        this.read = offset;
        marks.add(from);
        this.stamps = new Stamps(from, offset, this::append, this::passed);
    }

    /** What comes from {@code offset} on, which {@code from} is not after; {@code follows}: also what is yet to be written. */
    static LogStream open(KubernetesClient client, LogSource source, boolean follows, LogMark from, long offset) {
        LogStream stream = new LogStream(source, follows, from, offset);
        String server = client.getMasterUrl().toString().replaceAll("/+$", "");
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(server + source.path() + (follows ? "&follow=true" : "") + from.query())
                .forStreaming()
                .build();
        client.getHttpClient().consumeBytes(request, stream::heard).whenComplete(stream::answered);
        return stream;
    }

    LogSource source() {
        return source;
    }

    boolean follows() {
        return follows;
    }

    /** Whether all there ever will be was there when it was opened. */
    boolean isOfWhole() {
        return source.over();
    }

    boolean isOf(LogSource other) {
        return source.uid().equals(other.uid()) && source.container().equals(other.container());
    }

    synchronized boolean reaches(long offset) {
        return offset >= start && offset <= start + length;
    }

    synchronized long nanosUnread() {
        return System.nanoTime() - lookedAt;
    }

    synchronized long nanosSilent() {
        return System.nanoTime() - heardAt;
    }

    /** Nothing comes any more, and all up to {@code offset} is all there was. */
    synchronized boolean isDone(long offset) {
        return ended && !closed && offset >= start + length;
    }

    /** What Kubernetes answered. */
    synchronized int code() {
        return code;
    }

    /** Why it ended before its end; null where it did not. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** How many bytes there are too few for there to be any at the offset that was asked for. */
    synchronized long missing() {
        return stamps.missing();
    }

    /** Places in it at which reading may go on. */
    synchronized List<LogMark> marks() {
        List<LogMark> all = new ArrayList<>(marks);
        all.add(stamps.mark());
        return all;
    }

    /**
     * Bytes from {@code offset} on. Where it follows, what has come, which is nothing where that was dropped meanwhile; else as many as are asked for
     * or all there are, and waited for.
     *
     * @throws IOException where nothing comes for {@code patience}
     */
    synchronized byte[] take(long offset, int limit, long patience) throws IOException, InterruptedException {
        long began = System.nanoTime();
        byte[] taken = new byte[0];
        while (true) {
            lookedAt = System.nanoTime();
            if (closed) {
                throw new IOException("its stream was closed");
            }
            if (offset + taken.length < start) {
                return taken;
            }
            int from = (int) (offset + taken.length - start);
            int had = taken.length;
            taken = Arrays.copyOf(taken, had + Math.min(limit - had, length - from));
            System.arraycopy(window, from, taken, had, taken.length - had);
            read = Math.max(read, offset + taken.length);
            demand();
            if (follows || taken.length == limit || ended) {
                return taken;
            }
            long left = patience - (lookedAt - Math.max(began, heardAt));
            if (left <= 0) {
                throw new IOException("nothing came for %d s".formatted(patience / 1_000_000_000));
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }

    /** Whether it is the caller's alone now: those that do not follow serve one reader at a time. */
    synchronized boolean isFree() {
        return follows || !busy;
    }

    synchronized void occupy(boolean now) {
        busy = now;
    }

    @Override
    public synchronized void close() {
        // To cancel what has ended would hit whoever has its connection now.
        if (body != null && !ended) {
            body.cancel();
        }
        closed = true;
        ended = true;
        notifyAll();
    }

    private synchronized void answered(@Nullable HttpResponse<AsyncBody> response, @Nullable Throwable e) {
        heardAt = System.nanoTime();
        if (response == null) {
            end(e);
            return;
        }
        code = response.code();
        body = response.body();
        body.done().whenComplete((done, broken) -> end(broken));
        if (closed) {
            body.cancel();
            return;
        }
        demand();
    }

    private synchronized void heard(List<ByteBuffer> buffers, AsyncBody from) {
        asked = false;
        heardAt = System.nanoTime();
        if (closed) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            if (code == 200) {
                stamps.feed(bytes, bytes.length);
            } else if (length < SAID) {
                append(bytes, 0, Math.min(bytes.length, SAID - length));
            }
        }
        demand();
        notifyAll();
    }

    private synchronized void end(@Nullable Throwable e) {
        if (ended) {
            return;
        }
        ended = true;
        if (code != 200) {
            failure = new IOException(
                    "HTTP %d: %s".formatted(code, new String(window, 0, length, StandardCharsets.UTF_8).strip()));
            length = 0;
        } else if (e == null) {
            stamps.finish();
        } else {
            failure = e;
        }
        notifyAll();
    }

    private void demand() {
        if (body != null && !asked && !ended && start + length - read < AHEAD) {
            asked = true;
            body.consume();
        }
    }

    private void passed(LogMark mark) {
        marks.addLast(mark);
        forget();
    }

    private void append(byte[] bytes, int from, int to) {
        int more = to - from;
        if (length + more > WINDOW) {
            int dropped = (int) Math.min(read - start, Math.max(0, length + more - AHEAD));
            System.arraycopy(window, dropped, window, 0, length - dropped);
            start += dropped;
            length -= dropped;
            forget();
        }
        if (length + more > window.length) {
            window = Arrays.copyOf(window, Math.max(length + more, Math.min(WINDOW, 2 * window.length)));
        }
        System.arraycopy(bytes, from, window, length, more);
        length += more;
    }

    /** Of the places before what is kept the last is enough. */
    private void forget() {
        while (marks.size() > 1) {
            LogMark first = marks.removeFirst();
            if (marks.getFirst().offset() > start) {
                marks.addFirst(first);
                return;
            }
        }
    }
}
