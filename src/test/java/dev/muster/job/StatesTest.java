package dev.muster.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables in the code, the design and docs/states.md are one. */
class StatesTest {
    @Test
    void jobs_move_as_the_design_says() {
        assertThat(moves(JobState.values(), JobState::canBecome)).isEqualTo(moves("""
                        BLOCKED: QUEUED CANCELLED EXPIRED FAILED
                        QUEUED: LAUNCHING SUSPENDED CANCELLED EXPIRED
                        LAUNCHING: RUNNING QUEUED FAILED CANCELLING SUSPENDING
                        RUNNING: SUCCEEDED FAILED QUEUED CANCELLING SUSPENDING
                        SUSPENDING: SUSPENDED CANCELLING
                        CANCELLING: CANCELLED
                        SUSPENDED: QUEUED CANCELLED"""));
    }

    @Test
    void attempts_move_as_the_design_says() {
        assertThat(moves(AttemptState.values(), AttemptState::canBecome)).isEqualTo(moves("""
                        LAUNCHING: RUNNING RELEASING
                        RUNNING: RECOVERING RELEASING
                        RECOVERING: RUNNING RELEASING
                        RELEASING: ENDED"""));
    }

    @Test
    void the_final_states_are_the_four() {
        assertThat(Arrays.stream(JobState.values()).filter(JobState::isFinal))
                .containsExactlyInAnyOrder(JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED);
    }

    @Test
    void the_diagram_of_jobs_is_the_table() throws IOException {
        assertThat(drawn(0)).isEqualTo(moves(JobState.values(), JobState::canBecome));
    }

    @Test
    void the_diagram_of_attempts_is_the_table() throws IOException {
        assertThat(drawn(1)).isEqualTo(moves(AttemptState.values(), AttemptState::canBecome));
    }

    private static <S extends Enum<S>> Set<String> moves(S[] states, BiPredicate<S, S> canBecome) {
        return Arrays.stream(states)
                .flatMap(from -> Arrays.stream(states)
                        .filter(to -> canBecome.test(from, to))
                        .map(to -> from + " --> " + to))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> moves(String table) {
        return table.lines()
                .flatMap(line ->
                        Arrays.stream(line.split(": ")[1].split(" ")).map(to -> line.split(":")[0] + " --> " + to))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> drawn(int diagram) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "states.md"));
        Matcher blocks =
                Pattern.compile("```mermaid\\n(.*?)```", Pattern.DOTALL).matcher(page);
        String block = blocks.results()
                .skip(diagram)
                .findFirst()
                .map(found -> found.group(1))
                .orElseThrow(() -> new AssertionError("docs/states.md has no diagram " + diagram));
        return Pattern.compile("([A-Z]+) --> ([A-Z]+)")
                .matcher(block)
                .results()
                .map(move -> move.group(1) + " --> " + move.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
