package dev.muster.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarmlessTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            plain ü 漢 🙂\\n\\tx\\r|plain ü 漢 🙂\\n\\tx\\r
            \\e[1;31mred\\e[0m|\\e[1;31mred\\e[0m
            \\e[38;2;1;2;3mfine\\e[m|\\e[38;2;1;2;3mfine\\e[m
            a\\e[2J\\e[Hb|ab
            a\\e[5Ab|ab
            a\\e]0;title\\ab|ab
            a\\e]52;c;cm0gLXJmIC8=\\e\\Sb|ab
            a\\ePq#0\\e\\Sb|ab
            a\\e[6nb|ab
            a\\e[?1049hb|ab
            a\\e[>0mb|ab
            a\\e[1;31\\nb|a\\nb
            a\\e(0b|ab
            a\\ecb|ab
            a\\u009b2Jb|ab
            a\\u009d0;x\\u009cb|ab
            a\\bb\\ac|abc
            a\\u202eb\\u2066c|abc
            a\\e]0;never ends\\nb|a\\nb
            a\\e]never ends|a""")
    void only_lines_and_colours_reach_a_terminal(String written, String seen) throws IOException {
        byte[] bytes = meant(written).getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece <= bytes.length; piece += 3) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Harmless harmless = new Harmless(out);
            for (int at = 0; at < bytes.length; at += piece) {
                harmless.write(bytes, at, Math.min(piece, bytes.length - at));
            }
            harmless.close();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .as("in pieces of %d", piece)
                    .isEqualTo(meant(seen));
        }
    }

    @Test
    void what_is_no_text_and_long_does_no_harm() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Harmless harmless = new Harmless(out);
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        harmless.write(bytes);
        harmless.write("\u001b[".getBytes(StandardCharsets.UTF_8));
        harmless.write("1".repeat(1_000).getBytes(StandardCharsets.UTF_8));
        harmless.close();

        assertThat(out.toString(StandardCharsets.UTF_8)
                        .replaceAll("\u001b\\[[0-9;:]*m", "")
                        .chars())
                .hasSizeGreaterThan(50_000)
                .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
    }

    private static String meant(String text) {
        return text.replace("\\e", "\u001b")
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("\\a", "\u0007")
                .replace("\\b", "\b")
                .replace("\\u009b", "\u009b")
                .replace("\\u009d", "\u009d")
                .replace("\\u009c", "\u009c")
                .replace("\\u202e", "\u202e")
                .replace("\\u2066", "\u2066")
                .replace("\\S", "\\");
    }
}
