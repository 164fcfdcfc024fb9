package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {
    @TempDir
    private Path directory;

    private Packaged.Result replay(Path trace) throws IOException, InterruptedException {
        return new Packaged(directory).run("replay", trace.toString());
    }

    /** Sixty gangs that arrive faster than a cluster of 240 processors works them off. */
    private Path trace() throws IOException {
        Random dice = new Random(7);
        StringBuilder text = new StringBuilder("; made for this test\n");
        int arrival = 0;
        for (int job = 1; job <= 60; job++) {
            arrival += dice.nextInt(60);
            text.append("%d %d -1 %d %d -1 -1 -1 -1 -1 1 1 1 -1 -1 1 -1 -1\n"
                    .formatted(job, arrival, 60 + dice.nextInt(3_600), 1 + dice.nextInt(120)));
        }
        // Larger than the cluster; without a run time; cut off in the middle.
        text.append("61 10 -1 100 241 -1 -1 -1 -1 -1 1 1 1 -1 -1 1 -1 -1\n");
        text.append("62 10 -1 -1 4 -1 -1 -1 -1 -1 -1 1 1 -1 -1 1 -1 -1\n");
        text.append("63 10 -1 100 4 -1");
        return Files.writeString(directory.resolve("trace.swf"), text);
    }

    @Test
    void a_trace_gives_the_same_table_every_time_and_names_what_was_left_out() throws Exception {
        Path trace = trace();

        Packaged.Result first = replay(trace);
        Packaged.Result second = replay(trace);

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).isEqualTo(second.out());
        assertThat(first.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains("jobs 60", "done 60", "failed 0", "refused 1", "defective 2")
                .anyMatch(line -> line.startsWith("line 62, job 61: "))
                .anyMatch(line -> line.equals("1 × cut off in the middle: line 64 (6 fields instead of 18)"))
                .anyMatch(line -> line.equals("1 × no run time: line 63 (run time is -1)"))
                .noneMatch(line -> line.equals("mean wait 0.0 s"));
        try (var left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString()).toList()).isEqualTo(List.of("trace.swf"));
        }
    }
}
