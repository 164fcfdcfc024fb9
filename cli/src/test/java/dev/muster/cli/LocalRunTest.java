package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalRunTest {
    @Test
    void a_job_is_named_after_its_command() {
        assertThat(LocalRun.nameOf(List.of("/usr/bin/python3", "train.py"))).isEqualTo("python3-train-py");
        assertThat(LocalRun.nameOf(List.of("sh", "-c", "echo $HOME"))).isEqualTo("sh");
        assertThat(LocalRun.nameOf(List.of("Ünïcode!"))).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
        assertThat(LocalRun.nameOf(List.of("///"))).isEqualTo("run");
        assertThat(LocalRun.nameOf(List.of("x".repeat(1000)))).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void lines_of_several_pods_stay_whole() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Prefixed one = new Prefixed(out, "[1] ");
                Prefixed two = new Prefixed(out, "[2] ")) {
            one.write("he".getBytes(StandardCharsets.UTF_8));
            two.write("other\n".getBytes(StandardCharsets.UTF_8));
            one.write("llo\nlast".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[2] other\n[1] hello\n[1] last\n");
    }
}
