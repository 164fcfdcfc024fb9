package dev.muster.kubernetes.log;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output of one container as a kubelet gives it through an API server: lines, or parts of long ones, with times; since a whole second; followed
 * through rotation and until the container ends. It counts what it sends.
 */
final class StandInKubelet implements HttpHandler {
    private static final DateTimeFormatter FIXED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern SINCE = Pattern.compile("sinceTime=([^&]+)");

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final AtomicLong sent = new AtomicLong();
    final AtomicLong following = new AtomicLong();
    /** What it answers instead. */
    volatile int code = 200;

    volatile boolean writesTimes = true;
    private Container container = new Container();
    private int cuts;

    /** Text without a line's end goes on in the next one. */
    private record Entry(Instant time, String text) {}

    private static final class Container {
        List<Entry> file = new ArrayList<>();
        boolean runs = true;
    }

    synchronized void write(Instant time, String text) {
        container.file.add(new Entry(time, text));
        notifyAll();
    }

    /** What was written is gone for who comes now. */
    synchronized void rotate() {
        container.file = new ArrayList<>();
        notifyAll();
    }

    synchronized void end() {
        container.runs = false;
        notifyAll();
    }

    /** Another container in the same pod. */
    synchronized void restart() {
        end();
        container = new Container();
    }

    /** Breaks off all that is being followed. */
    synchronized void cut() {
        cuts++;
        notifyAll();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        asked.add(query);
        if (code != 200) {
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
            return;
        }
        Matcher since = SINCE.matcher(query);
        Instant from = since.find() ? Instant.parse(since.group(1)) : Instant.EPOCH;
        exchange.getResponseHeaders().add("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, 0);
        boolean follows = query.contains("follow=true");
        following.addAndGet(follows ? 1 : 0);
        try {
            send(exchange.getResponseBody(), from, follows);
            exchange.getResponseBody().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            exchange.close();
        } finally {
            following.addAndGet(follows ? -1 : 0);
        }
    }

    private void send(OutputStream to, Instant since, boolean follows) throws IOException, InterruptedException {
        Container followed;
        List<Entry> file;
        int before;
        synchronized (this) {
            followed = container;
            file = container.file;
            before = cuts;
        }
        int next = 0;
        boolean atStart = true;
        while (true) {
            List<Entry> entries;
            synchronized (this) {
                while (follows && next == file.size() && file == followed.file && followed.runs && before == cuts) {
                    to.flush();
                    wait();
                }
                if (before != cuts && follows) {
                    throw new IOException("cut");
                }
                entries = List.copyOf(file.subList(next, file.size()));
                next = file.size();
                if (entries.isEmpty()) {
                    if (file == followed.file) {
                        return;
                    }
                    file = followed.file;
                    next = 0;
                }
            }
            for (Entry entry : entries) {
                if (!entry.time().isBefore(since)) {
                    String stamp = atStart && writesTimes ? FIXED.format(entry.time()) + " " : "";
                    byte[] bytes = (stamp + entry.text()).getBytes(StandardCharsets.UTF_8);
                    to.write(bytes);
                    sent.addAndGet(bytes.length);
                }
                atStart = entry.text().endsWith("\n");
            }
            to.flush();
        }
    }
}
