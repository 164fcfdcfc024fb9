package dev.muster.kubernetes.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times of lines, taken off whatever the pieces are in which they come, and what they are good for. */
class StampsTest {
    private static final String T1 = "2026-01-01T00:00:01.000000001Z ";
    private static final String T2 = "2026-01-01T00:00:01.000000002Z ";
    private static final String T3 = "2026-01-01T00:00:02.000000000Z ";
    private static final String OUTPUT = T1 + "one\n" + T2 + "two\n" + T2 + "again\n" + T3 + "\n" + T3 + "three";

    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private final List<LogMark> told = new ArrayList<>();

    @Test
    void however_it_is_cut_the_lines_are_the_same() {
        for (int cut = 0; cut <= OUTPUT.length(); cut++) {
            got.reset();
            Stamps stamps = stamps(LogMark.START, 0);
            feed(stamps, OUTPUT.substring(0, cut));
            feed(stamps, OUTPUT.substring(cut));
            assertThat(text()).isEqualTo("one\ntwo\nagain\n\nthree");
            assertThat(stamps.mark()).isEqualTo(new LogMark(20, T3.strip(), 6));
        }
    }

    @Test
    void wherever_it_breaks_off_the_rest_follows_from_its_mark() {
        for (int cut = 0; cut <= OUTPUT.length(); cut++) {
            got.reset();
            Stamps first = stamps(LogMark.START, 0);
            feed(first, OUTPUT.substring(0, cut));
            LogMark mark = first.mark();
            assertThat(mark.offset()).isEqualTo(got.size());
            Stamps second = stamps(mark, mark.offset());
            String since = "&sinceTime=2026-01-01T00:00:02Z".equals(mark.query()) ? T3 + "\n" + T3 + "three" : OUTPUT;
            feed(second, since);
            assertThat(text()).isEqualTo("one\ntwo\nagain\n\nthree");
        }
    }

    @Test
    void between_a_mark_and_what_is_asked_for_nothing_is_told() {
        Stamps stamps = stamps(new LogMark(4, T2.strip(), 0), 10);
        feed(stamps, OUTPUT);
        assertThat(text()).isEqualTo("ain\n\nthree");
        assertThat(stamps.missing()).isZero();

        Stamps beyond = stamps(LogMark.START, 100);
        feed(beyond, OUTPUT);
        assertThat(beyond.missing()).isEqualTo(80);
    }

    @Test
    void the_rest_of_a_long_line_that_began_before_is_known() {
        Stamps stamps = stamps(new LogMark(50, T3.strip(), 3), 50);
        feed(stamps, "rest of a long line\n" + T3 + "abcd\n");
        assertThat(text()).isEqualTo("d\n");
    }

    @Test
    void where_the_mark_is_gone_what_is_left_is_new() {
        Stamps stamps = stamps(new LogMark(50, T1.strip(), 9), 60);
        feed(stamps, T3 + "three\n");
        assertThat(text()).isEqualTo("three\n");
        assertThat(stamps.mark()).isEqualTo(new LogMark(66, T3.strip(), 6));
    }

    @Test
    void times_of_other_zones_are_times() {
        Stamps stamps = stamps(new LogMark(9, "2026-01-01T02:00:01.000000001+02:00", 4), 9);
        assertThat(new LogMark(9, "2026-01-01T02:00:01.000000001+02:00", 4).query())
                .isEqualTo("&sinceTime=2026-01-01T00:00:01Z");
        feed(stamps, "2026-01-01T02:00:01.000000001+02:00 one\n2026-01-01T02:00:03.000000000+02:00 two\n");
        assertThat(text()).isEqualTo("two\n");
    }

    @Test
    void a_line_that_only_begins_as_a_time_is_a_line() {
        Stamps stamps = stamps(LogMark.START, 0);
        feed(stamps, "2026-01-01T00");
        assertThat(text()).isEmpty();
        stamps.finish();
        assertThat(text()).isEqualTo("2026-01-01T00");
        assertThat(stamps.mark()).isEqualTo(LogMark.START);
    }

    @Test
    void beginnings_are_told_of_some_lines() {
        Stamps stamps = stamps(LogMark.START, 0);
        for (int i = 0; i < 1_000; i++) {
            feed(stamps, T1 + "x".repeat(99) + "\n");
        }
        assertThat(told).hasSizeBetween(5, 7).allMatch(mark -> mark.offset() % 100 == 0);
    }

    private Stamps stamps(LogMark from, long asked) {
        return new Stamps(from, asked, (bytes, begin, end) -> got.write(bytes, begin, end - begin), told::add);
    }

    private static void feed(Stamps stamps, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        stamps.feed(bytes, bytes.length);
    }

    private String text() {
        return got.toString(StandardCharsets.US_ASCII);
    }
}
