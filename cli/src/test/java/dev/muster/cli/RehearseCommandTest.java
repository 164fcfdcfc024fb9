package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another policy would have done is awaited, and told side by side. */
class RehearseCommandTest extends AtATerminal {
    private static final String HEAD = """
            {"kind":"PolicyRehearsal","id":"r-1","percent":0,"spec":{},"revision":3,"changes":[],"from":"2026-11-20T00:00:00Z",
             "to":"2026-11-21T00:00:00Z","actor":"ada","askedAt":"2026-11-21T00:00:00Z",""";
    private static final String SIDE = """
            {"figures":{"done":9.0,"evictions":%d.0,"utilisation":0.5},"waits":[{"priority":100,"jobs":4,"p50":%s,"p95":2.0}]}""";

    @TempDir
    private Path folder;

    @Test
    void both_sides_are_told_when_it_is_done() throws IOException {
        service.on("POST /policy/rehearsals", HEAD + "\"remarks\":[],\"state\":\"WAITING\"}");
        service.on(
                "GET /policy/rehearsals/r-1",
                HEAD + "\"remarks\":[\"2 jobs never started\"],\"state\":\"DONE\",\"inForce\":"
                        + SIDE.formatted(0, "1.5") + ",\"tried\":" + SIDE.formatted(3, "0.05") + "}");

        Told told = muster("policy", "rehearse", "-f", policy(), "--hours", "24");

        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains("100 4 1h30m 3m00s 2h00m 2h00m", "evictions 0 3", "utilisation 50.0 % 50.0 %");
        assertThat(told.err()).contains("--cancel r-1", "2 jobs never started");
    }

    @Test
    void one_that_failed_says_why() throws IOException {
        service.on("POST /policy/rehearsals", HEAD + "\"remarks\":[],\"state\":\"FAILED\",\"trouble\":\"No job ran\"}");

        Told told = muster("policy", "rehearse", "-f", policy());

        assertThat(told.exitCode()).isNotZero();
        assertThat(told.out()).isEqualTo("Rehearsal r-1 is FAILED: No job ran\n");
    }

    @Test
    void what_cannot_be_meant_asks_for_nothing() throws IOException {
        assertThat(muster("policy", "rehearse", "-f", policy(), "--hours", "0").err())
                .contains("expected 1 to 744");
        assertThat(muster("policy", "rehearse").err()).contains("-f is missing");
        assertThat(service.asked()).isEmpty();
    }

    private String policy() throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), "kind: Policy\nspec: {maxLaunches: 7}\n")
                .toString();
    }
}
