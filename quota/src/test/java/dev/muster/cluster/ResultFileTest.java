package dev.muster.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultFileTest {
    @Test
    void a_result_is_text_as_it_was_written() {
        assertThat(ResultFile.text("{\"rows\": 3}\n".getBytes(UTF_8))).isEqualTo("{\"rows\": 3}\n");
        assertThat(ResultFile.text(new byte[0])).isEmpty();
    }

    @Test
    void what_is_too_long_is_cut_between_characters() {
        String umlauts = "x" + "ä".repeat(3_000);
        String kept = ResultFile.text(umlauts.getBytes(UTF_8));
        assertThat(kept).isEqualTo("x" + "ä".repeat(2_047));
        assertThat(ResultFile.text("y".repeat(5_000).getBytes(UTF_8))).hasSize(ResultFile.MOST_BYTES);
    }

    @Test
    void what_no_column_holds_is_marked() {
        assertThat(ResultFile.text(new byte[] {'a', 0, 'b', (byte) 0xFF})).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(ResultFile.text("a\0b")).isEqualTo("a\uFFFDb");
    }
}
