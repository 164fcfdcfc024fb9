package dev.muster.kubernetes.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.LogChunk;
import dev.muster.kubernetes.StandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Output through an API server that answers as Kubernetes does, by the real client: it is exact, and what following it costs. */
class LogsTest {
    private static final int LIMIT = 1 << 20;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    /** A time and a blank. */
    private static final int STAMP = 31;

    private static final Duration LONG = Duration.ofMinutes(10);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private StandInKubelet kubelet;
    private StandIn server;
    private Logs logs;
    private long millis;

    @BeforeEach
    void an_api_server() throws IOException {
        kubelet = new StandInKubelet();
        server = StandIn.start(kubelet);
        logs = new Logs(server.client());
    }

    @AfterEach
    void close() {
        logs.close();
        server.close();
    }

    @Test
    void who_follows_a_busy_container_reads_each_line_once() {
        lines(20_000);
        Reader reader = new Reader(0);
        reader.readsAll();
        for (int i = 0; i < 200; i++) {
            lines(50);
            reader.readsAll();
        }

        assertThat(reader.bytes()).isEqualTo(written.toByteArray());
        // The first look, one stream for all others, and of what it begins with the lines of one second again.
        long lines = 30_000;
        assertThat(kubelet.asked).hasSizeLessThanOrEqualTo(3);
        assertThat(kubelet.sent.get()).isLessThan(written.size() + lines * STAMP + 2 * 1_000 * (STAMP + 40));
        assertThat(logs.held()).isEqualTo(1);
    }

    @Test
    void who_looks_now_and_then_reads_what_is_new_and_holds_nothing_open() {
        paced(Duration.ZERO, LONG, 10);
        lines(20_000);
        Reader reader = new Reader(0);
        reader.look();
        long first = kubelet.sent.get();
        for (int i = 0; i < 20; i++) {
            millis += 5_000;
            lines(100);
            reader.look();
        }

        assertThat(reader.bytes()).isEqualTo(written.toByteArray());
        assertThat(kubelet.sent.get() - first).isLessThan(40 * 100 * (STAMP + 40));
        assertThat(logs.held()).isZero();
    }

    @Test
    void what_breaks_off_anywhere_goes_on_at_the_same_byte() {
        Random random = new Random(7);
        Reader reader = new Reader(0);
        for (int i = 0; i < 300; i++) {
            piece(random);
            if (random.nextInt(4) == 0) {
                kubelet.cut();
            }
            if (random.nextInt(2) == 0) {
                reader.look();
            }
        }
        reader.readsAll();

        assertThat(reader.bytes()).isEqualTo(written.toByteArray());
        byte[] all = written.toByteArray();
        for (int i = 0; i < 50; i++) {
            int from = random.nextInt(all.length);
            assertThat(read(from, 100, false).bytes())
                    .isEqualTo(Arrays.copyOfRange(all, from, Math.min(from + 100, all.length)));
        }
    }

    @Test
    void rotation_goes_unnoticed_for_who_follows() {
        lines(100);
        Reader reader = new Reader(0);
        reader.readsAll();
        lines(1);
        reader.readsAll();

        kubelet.rotate();
        lines(100);
        reader.readsAll();
        assertThat(reader.bytes()).isEqualTo(written.toByteArray());
    }

    @Test
    void after_a_rotation_between_two_looks_what_is_left_comes_once_and_all_that_follows() {
        paced(Duration.ZERO, LONG, 10);
        lines(100);
        Reader reader = new Reader(0);
        reader.look();
        int known = written.size();
        lines(10); // never seen by anybody
        int lost = written.size() - known;
        kubelet.rotate();
        lines(20);
        reader.look();
        millis += 2_000;
        lines(5);
        reader.look();

        byte[] all = written.toByteArray();
        assertThat(reader.bytes()).startsWith(Arrays.copyOf(all, known));
        assertThat(Arrays.copyOfRange(reader.bytes(), known, reader.bytes().length))
                .isEqualTo(Arrays.copyOfRange(all, known + lost, all.length));
    }

    @Test
    void a_container_that_starts_again_goes_on_where_the_one_before_ended() {
        lines(50);
        Reader reader = new Reader(0);
        reader.readsAll();
        lines(50);
        reader.readsAll();

        kubelet.restart();
        millis += 1;
        lines(30);
        reader.readsAll();
        lines(30);
        reader.readsAll();
        assertThat(reader.bytes()).isEqualTo(written.toByteArray());
    }

    @Test
    void a_stream_that_nobody_reads_any_more_ends() {
        paced(LONG, Duration.ofMillis(100), 10);
        lines(10);
        Reader reader = new Reader(0);
        reader.look();
        reader.look();
        await().untilAsserted(() -> assertThat(kubelet.following).hasValue(1));

        await().untilAsserted(() -> assertThat(logs.held()).isZero());
        await().untilAsserted(() -> {
            lines(1);
            assertThat(kubelet.following).hasValue(0);
        });
        reader.readsAll();
        assertThat(reader.bytes()).isEqualTo(written.toByteArray());
    }

    @Test
    void one_that_says_nothing_for_long_is_asked_afresh() {
        logs.close();
        logs = new Logs(server.client(), new Logs.Pace(LONG, LONG, Duration.ZERO, LONG, 10));
        lines(10);
        Reader reader = new Reader(0);
        reader.look();
        reader.look();
        int asked = kubelet.asked.size();
        reader.look();
        assertThat(kubelet.asked).hasSizeGreaterThan(asked);
        await().untilAsserted(() -> {
            reader.look();
            assertThat(reader.bytes()).isEqualTo(written.toByteArray());
        });
        assertThat(logs.held()).isEqualTo(1);
    }

    @Test
    void a_reader_that_rests_holds_up_the_kubelet_and_not_our_memory() {
        paced(LONG, LONG, 10);
        lines(1);
        Reader reader = new Reader(0);
        reader.look();
        reader.look();
        await().untilAsserted(() ->
                assertThat(kubelet.following).as("asked: %s", kubelet.asked).hasValue(1));
        long before = kubelet.sent.get();

        String line = "x".repeat(999) + "\n";
        int all = 64 << 20;
        for (int size = 0; size < all; size += line.length()) {
            millis++;
            text(line);
        }
        // As much as sockets hold.
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(20)).until(() -> {
            long now = kubelet.sent.get();
            boolean rests = now == lastSent;
            lastSent = now;
            return rests;
        });
        assertThat(kubelet.sent.get() - before).isLessThan(all / 2);

        reader.readsAll();
        assertThat(reader.bytes()).isEqualTo(written.toByteArray());
        assertThat(kubelet.asked).hasSize(2);
    }

    private volatile long lastSent = -1;

    @Test
    void another_reader_who_has_read_less_gets_what_he_has_not_read() {
        lines(2_000);
        Reader first = new Reader(0);
        first.readsAll();
        lines(1);
        first.readsAll();

        byte[] all = written.toByteArray();
        assertThat(read(all.length - 500, LIMIT, false).bytes())
                .isEqualTo(Arrays.copyOfRange(all, all.length - 500, all.length));
        Reader second = new Reader(10);
        second.readsAll();
        assertThat(second.bytes()).isEqualTo(Arrays.copyOfRange(all, 10, all.length));
    }

    @Test
    void pieces_of_much_output_are_read_in_one_go() {
        lines(20_000);
        Reader reader = new Reader(0);
        while (reader.offset < written.size()) {
            LogChunk chunk = read(reader.offset, 50_000, true);
            reader.took(chunk);
        }
        assertThat(reader.bytes()).isEqualTo(written.toByteArray());
        assertThat(kubelet.asked).hasSize(1);
        assertThat(read(reader.offset, 50_000, true).end()).isTrue();
    }

    @Test
    void the_end_is_told_with_the_last_byte_of_a_container_that_is_over_and_never_before() {
        lines(100);
        assertThat(read(0, LIMIT, false).end()).isFalse();
        assertThat(read(0, 100, true).end()).isFalse();
        LogChunk whole = read(0, LIMIT, true);
        assertThat(whole.end()).isTrue();
        assertThat(whole.bytes()).isEqualTo(written.toByteArray());
        // Opened while it ran, the last line could be missing.
        Reader reader = new Reader(0);
        reader.look();
        lines(1);
        assertThat(read(reader.offset, LIMIT, true).bytes()).hasSize(written.size() - (int) reader.offset);
    }

    @Test
    void far_beyond_the_end_there_is_nothing_and_nothing_is_held() {
        lines(10);
        assertThat(read(1L << 40, 100, false).bytes()).isEmpty();
        assertThat(read(1L << 40, 100, false).bytes()).isEmpty();
        assertThat(logs.held()).isZero();
    }

    @Test
    void a_container_that_has_not_begun_or_is_gone_has_written_nothing_and_trouble_is_told() {
        kubelet.code = 400;
        assertThat(read(0, LIMIT, false)).matches(chunk -> chunk.bytes().length == 0 && !chunk.end());
        kubelet.code = 404;
        assertThat(read(0, LIMIT, true)).matches(chunk -> chunk.bytes().length == 0 && chunk.end());
        kubelet.code = 403;
        assertThatThrownBy(() -> read(0, LIMIT, false))
                .isInstanceOf(ClusterUnavailable.class)
                .hasMessageContaining("pi-1-main-0")
                .hasMessageContaining("403");
        assertThat(logs.held()).isZero();
    }

    @Test
    void a_kubelet_that_writes_no_times_is_read_as_it_is() {
        kubelet.writesTimes = false;
        text("2026-01-01T00:00:00.123Z INFO ours\n");
        text("short");
        Reader reader = new Reader(0);
        reader.readsAll();
        text(" and more\n");
        text("2026-01-01T00:00:00.123456789Z of its own\n");
        reader.readsAll();
        assertThat(reader.bytes()).isEqualTo(written.toByteArray());
    }

    @Test
    void no_more_streams_are_held_than_may_be() {
        paced(LONG, LONG, 2);
        lines(10);
        for (int pod = 0; pod < 5; pod++) {
            for (int look = 0; look < 3; look++) {
                logs.read(source("uid-" + pod, false), 0, LIMIT);
                LogChunk next = logs.read(source("uid-" + pod, false), written.size(), LIMIT);
                assertThat(next.bytes()).isEmpty();
            }
        }
        assertThat(logs.held()).isLessThanOrEqualTo(2);
    }

    private void paced(Duration again, Duration idle, int most) {
        logs.close();
        logs = new Logs(server.client(), new Logs.Pace(again, idle, LONG, Duration.ofSeconds(20), most));
    }

    /** A thousand a second. */
    private void lines(int count) {
        for (int i = 0; i < count; i++) {
            millis++;
            text("line %d of something that is computed\n".formatted(millis));
        }
    }

    /** A part of a line, a line, or the same instant again. */
    private void piece(Random random) {
        millis += random.nextInt(3) * (long) random.nextInt(700);
        text("x".repeat(random.nextInt(2_000)) + (random.nextInt(3) == 0 ? "" : "ü\n"));
    }

    private void text(String text) {
        written.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        kubelet.write(BEGIN.plusMillis(millis), text);
    }

    private LogChunk read(long offset, int limit, boolean over) {
        return logs.read(source("uid-1", over), offset, limit);
    }

    private static LogSource source(String uid, boolean over) {
        return new LogSource("vision", "pi-1-main-0", uid, "main", over);
    }

    /** Goes on where it was. */
    private final class Reader {
        private final long from;
        private final ByteArrayOutputStream got = new ByteArrayOutputStream();
        private long offset;

        Reader(long from) {
            this.from = from;
            this.offset = from;
        }

        void look() {
            took(read(offset, LIMIT, false));
        }

        void took(LogChunk chunk) {
            assertThat(chunk.offset()).isEqualTo(offset);
            got.writeBytes(chunk.bytes());
            offset = chunk.nextOffset();
        }

        /** Looks until all is there that was written. */
        void readsAll() {
            await().pollInterval(Duration.ofMillis(1)).pollDelay(Duration.ZERO).until(() -> {
                look();
                return from + got.size() >= written.size();
            });
        }

        byte[] bytes() {
            return got.toByteArray();
        }
    }
}
