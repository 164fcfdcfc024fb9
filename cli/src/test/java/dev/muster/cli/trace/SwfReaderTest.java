package dev.muster.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SwfReaderTest {
    private static final String WHOLE =
            "  7   120   5   300   4  299.5   -1   4   600   -1   1   1   1   -1 -1   1 -1 -1\n";

    private static Collected read(String text) throws IOException {
        return Collected.of(new SwfReader(), text);
    }

    @Test
    void a_record_is_a_gang_of_its_processors() throws IOException {
        assertThat(read(WHOLE).jobs)
                .containsExactly(new TraceJob(1, "7", Duration.ofSeconds(120), Duration.ofSeconds(300), 4));
    }

    @Test
    void comments_blank_lines_and_windows_line_ends_are_passed_over() throws IOException {
        Collected read = read("; MaxNodes: 4\r\n;\r\n\r\n   \r\n" + WHOLE.replace("\n", "\r\n"));

        assertThat(read.jobs).extracting(TraceJob::line).containsExactly(5L);
        assertThat(read.defects).isEmpty();
    }

    @Test
    void fractions_of_seconds_are_kept_to_the_millisecond() throws IOException {
        assertThat(read("1 0.5 0 552.2149 1 -1 -1 1 -1 -1 1 1 1 -1 -1 1 -1 -1\n").jobs)
                .containsExactly(new TraceJob(1, "1", Duration.ofMillis(500), Duration.ofMillis(552_215), 1));
    }

    @Test
    void unknown_allocated_processors_are_those_requested() throws IOException {
        assertThat(read("1 0 0 10 -1 -1 -1 16 -1 -1 1 1 1 -1 -1 1 -1 -1\n").jobs)
                .extracting(TraceJob::pods)
                .containsExactly(16);
    }

    @Test
    void every_defect_is_told_with_its_kind_line_and_value() throws IOException {
        Collected read = read(WHOLE
                + "2 0 0 -1 4 9 -1 4 9 -1 1 1 1 -1 -1 1 -1 -1\n"
                + "3 0 0 10 -1 9 -1 0 9 -1 1 1 1 -1 -1 1 -1 -1\n"
                + "4 -1 0 10 4 9 -1 4 9 -1 1 1 1 -1 -1 1 -1 -1\n"
                + "5 0 0 ten 4 9 -1 4 9 -1 1 1 1 -1 -1 1 -1 -1\n"
                + "6 0 0 10 4\n"
                + "7 0 0 1e999 4 9 -1 4 9 -1 1 1 1 -1 -1 1 -1 -1\n"
                + "8 0 0 99999999999 4 9 -1 4 9 -1 1 1 1 -1 -1 1 -1 -1\n"
                + "9 0 0 10 2.5 9 -1 4 9 -1 1 1 1 -1 -1 1 -1 -1\n"
                + WHOLE);

        assertThat(read.jobs).extracting(TraceJob::line).containsExactly(1L, 10L);
        assertThat(read.kinds())
                .containsExactly(
                        Defect.Kind.NO_RUN_TIME,
                        Defect.Kind.NO_PODS,
                        Defect.Kind.NO_ARRIVAL,
                        Defect.Kind.NO_NUMBER,
                        Defect.Kind.WRONG_FIELDS,
                        Defect.Kind.NO_NUMBER,
                        Defect.Kind.OUT_OF_BOUNDS,
                        Defect.Kind.NO_NUMBER);
        assertThat(read.defects.get(3)).isEqualTo(new Defect(5, Defect.Kind.NO_NUMBER, "run time is 'ten'"));
    }

    @Test
    void a_trace_cut_anywhere_in_a_record_keeps_all_records_before_it() throws IOException {
        for (int cut = 1; cut < WHOLE.strip().length() - 1; cut++) {
            String torn = WHOLE + WHOLE.strip().substring(0, cut);

            Collected read = read(torn);

            assertThat(read.jobs).as("cut after %d characters", cut).hasSize(1);
            assertThat(read.kinds()).as("cut after %d characters", cut).containsExactly(Defect.Kind.TORN);
        }
    }

    @Test
    void a_last_line_without_an_end_is_a_record_like_any_other() throws IOException {
        assertThat(read(WHOLE + WHOLE.strip()).jobs).hasSize(2);
    }

    @Test
    void a_line_of_a_megabyte_is_a_defect_and_not_a_megabyte_in_a_message() throws IOException {
        Collected read = read("1".repeat(1 << 20) + "\n" + WHOLE);

        assertThat(read.kinds()).containsExactly(Defect.Kind.TOO_LONG);
        assertThat(read.jobs).hasSize(1);
    }

    @Test
    void what_is_no_trace_at_all_gives_defects_that_are_safe_to_print() throws IOException {
        Collected read = read("\u001b[31m \0 a b c d e f g h i j k l m n o p\n");

        assertThat(read.defects).singleElement().satisfies(defect -> assertThat(defect.detail())
                .doesNotContain("\u001b", "\0"));
    }
}
