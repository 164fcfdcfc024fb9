package dev.muster.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private final Screen plain = new Screen(NOWHERE, NOWHERE, false, false);
    private final Screen coloured = new Screen(NOWHERE, NOWHERE, false, true);

    @Test
    void words_are_to_the_left_and_numbers_to_the_right() {
        Table table =
                new Table("NAME", ">PODS", "WHY").row("train", "4", "waits").row("x", "128", "");

        assertThat(table.lines(plain)).containsExactly("NAME   PODS  WHY", "train     4  waits", "x       128");
    }

    @Test
    void colours_take_no_room() {
        Table table =
                new Table("STATE", "NAME").row(coloured.state("FAILED"), "a").row(coloured.state("RUNNING"), "b");

        assertThat(table.lines(coloured).stream().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")))
                .containsExactly("STATE    NAME", "FAILED   a", "RUNNING  b");
    }

    @Test
    void text_is_cut_to_the_room_with_its_colour_closed() {
        String cut = Text.cut(Colour.RED.around("FAILED for good"), 7);

        assertThat(Text.width(cut)).isEqualTo(7);
        assertThat(cut).endsWith("…\u001b[0m");
    }

    @Test
    void text_from_elsewhere_cannot_steer_the_terminal() {
        assertThat(Text.plain("a\u001b]0;title\u0007b\nc")).doesNotContain("\u001b", "\u0007", "\n");
    }

    @Test
    void something_is_never_drawn_as_nothing_nor_nearly_full_as_full() {
        assertThat(Bar.of(0, 100, 4)).isEqualTo("····");
        assertThat(Bar.of(0.001, 100, 4)).isEqualTo("▏···");
        assertThat(Bar.of(50, 100, 4)).isEqualTo("██··");
        assertThat(Bar.of(99.99, 100, 4)).isEqualTo("███▉");
        assertThat(Bar.of(100, 100, 4)).isEqualTo("████");
        assertThat(Bar.of(200, 100, 4)).isEqualTo("████");
        assertThat(Bar.of(1, 0, 4)).isEqualTo("▏···");
        assertThat(Bar.percent(1, 1000)).isEqualTo("1%");
        assertThat(Bar.percent(999, 1000)).isEqualTo("99%");
    }

    @Test
    void spans_are_said_as_people_say_them() {
        assertThat(Span.of(Duration.ofMillis(850))).isEqualTo("850ms");
        assertThat(Span.of(Duration.ofSeconds(12))).isEqualTo("12s");
        assertThat(Span.of(Duration.ofSeconds(185))).isEqualTo("3m05s");
        assertThat(Span.of(Duration.ofMinutes(130))).isEqualTo("2h10m");
        assertThat(Span.of(Duration.ofHours(102))).isEqualTo("4d06h");
    }
}
