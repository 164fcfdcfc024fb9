package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementCommandTest {
    @TempDir
    private Path folder;

    private Path nodes = Path.of("");
    private Path pods = Path.of("");

    @BeforeEach
    void files() throws IOException {
        StringBuilder lines = new StringBuilder("sn,cpu_milli,memory_mib,gpu,model\n");
        for (int i = 0; i < 12; i++) {
            lines.append("node-%d,32000,131072,%d,T4\n".formatted(i, i % 3 * 2));
        }
        nodes = Files.writeString(folder.resolve("nodes.csv"), lines);
        pods = Files.writeString(folder.resolve("pods.csv"), """
                name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec
                a,4000,8192,1,1000,
                b,4000,8192,1,500,T4|G2
                c,8000,16384,2,1000,
                d,2000,4096,0,0,
                """);
    }

    private Told placement(String... more) {
        List<String> words =
                new ArrayList<>(List.of("placement", "--nodes", nodes.toString(), "--pods", pods.toString()));
        words.addAll(List.of(more));
        return Told.by(Map.of(), words.toArray(String[]::new));
    }

    @Test
    void scorings_stand_side_by_side_and_are_written_as_a_page_and_for_programs() throws IOException {
        Path mine = Files.writeString(
                folder.resolve("mine.yaml"),
                "kind: Scoring\nnodeorder: {leastrequested: 0, smallNodes: 2}\nbinpack: {weight: 2, gpu: 4}\n");
        Path out = folder.resolve("out");
        Told told = placement(
                "--scoring", "volcano", "--scoring", mine.toString(), "--seeds", "2", "--out", out.toString());
        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).contains("volcano", "mine", "given at 100 %", "of several GPUs");
        assertThat(out.resolve("report.html"))
                .content()
                .contains("<svg", "mine")
                .doesNotContain("http");
        assertThat(out.resolve("samples.csv")).content().contains("volcano,2,1.00,", "mine,1,0.50,");
    }

    @Test
    void what_is_wrong_in_a_file_is_named_with_its_line() throws IOException {
        Files.writeString(pods, "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\na,1,1,0,0,\nb,1,1,two,1000,\n");
        assertThat(placement("--scoring", "random").err())
                .contains("pods.csv:3: bad num_gpu 'two': expected a whole number, 0 to 1000");
        Files.writeString(pods, "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\na,1,1,2,500,\n");
        assertThat(placement("--scoring", "random").err()).contains("pods.csv:2: Bad pod: 2 × 500 thousandths");
        Files.writeString(pods, "name,cpu_milli\n");
        Told told = placement("--scoring", "random");
        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).contains("pods.csv:1: there is no column 'memory_mib'");
    }

    @Test
    void an_unknown_scoring_and_a_wrong_weight_are_refused() throws IOException {
        assertThat(placement("--scoring", "nobody").err()).contains("no scoring 'nobody'", "best-fit");
        Path mine = Files.writeString(folder.resolve("mine.yaml"), "kind: Scoring\nbinpack: {weight: -1}\n");
        assertThat(placement("--scoring", mine.toString()).err()).contains("mine.yaml:2:", "expected 0 to 10000");
    }
}
