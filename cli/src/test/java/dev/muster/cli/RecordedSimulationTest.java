package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service recorded happens again under other policies, with nothing but the recording. */
class RecordedSimulationTest {
    private static final String HEAD =
            "{'kind':'Recording','version':1,'from':'2026-01-05T09:00:00Z','to':'2026-01-05T19:00:00Z','scenario':"
                    + "'pools: {a: {nodes: 4, cpu: 8, memory: 32Gi}}\\nqueues: {vision: {deserved: {cpu: 16}}}\\n'}";
    private static final String NODES = "{'kind':'Supply','at':'%s','pool':'a','nodes':%d}";
    private static final String JOB = "{'kind':'Job','at':'%s','id':'%s','team':'vision','queue':'vision','priority':2,"
            + "'state':'SUCCEEDED','seconds':%s,'toldSeconds':3600.0,"
            + "'roles':[{'name':'worker','minimum':%d,'maximum':%d,'requests':{'cpu':8000},'pools':['a']}]}";

    @TempDir
    private Path folder;

    private static String nodes(String time, int count) {
        return NODES.formatted("2026-01-05T" + time + "Z", count);
    }

    private static String job(String id, String time, String seconds, int pods) {
        return JOB.formatted("2026-01-05T" + time + "Z", id, seconds, pods, pods);
    }

    private Path recording(String... lines) throws IOException {
        return Files.writeString(
                folder.resolve("week.ndjson"), String.join("\n", lines).replace('\'', '"') + "\n");
    }

    private Told simulate(Path recording, String... policies) {
        List<String> words = new ArrayList<>(List.of("simulate", "--workload", recording.toString(), "--seeds", "1"));
        words.addAll(List.of("--out", folder.resolve("out").toString()));
        for (String policy : policies) {
            words.addAll(List.of("--policy", policy));
        }
        return Told.by(Map.of(), words.toArray(String[]::new));
    }

    /** The value of a column in figures.csv. */
    private double figure(String policy, String column) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("out/figures.csv"));
        int at = List.of(lines.get(0).split(",")).indexOf(column);
        return lines.stream()
                .filter(line -> line.startsWith(policy + ","))
                .mapToDouble(line -> Double.parseDouble(line.split(",")[at]))
                .sum();
    }

    @Test
    void jobs_come_again_as_they_did_and_wait_for_nodes_as_there_were() throws IOException {
        Path recording = recording(
                HEAD,
                nodes("09:00:00", 4),
                nodes("11:00:00", 2),
                nodes("13:00:00", 4),
                job("first", "09:30:00", "1800.0", 4),
                job("second", "11:30:00", "1800.0", 4),
                job("third", "14:30:00", "1800.0", 2));
        Told told = simulate(recording, "recorded", "volcano");
        assertThat(told.exitCode()).isZero();
        assertThat(figure("recorded", "done")).isEqualTo(3);
        assertThat(figure("volcano", "done")).isEqualTo(3);
        // The second needs four nodes, which are there again an hour and a half after it came.
        assertThat(figure("recorded", "wait_p95")).isBetween(1.49, 1.52);
    }

    @Test
    void what_never_ran_or_fits_nowhere_is_left_out_and_a_clock_that_goes_backwards_is_named_with_its_line()
            throws IOException {
        Path recording = recording(
                HEAD,
                nodes("09:00:00", 4),
                job("late", "12:00:00", "60.0", 1),
                job("early", "10:00:00", "60.0", 1),
                job("never", "12:30:00", "null", 1),
                job("wide", "12:30:00", "60.0", 5));
        Told told = simulate(recording, "muster");
        assertThat(told.exitCode()).isZero();
        assertThat(told.err() + told.out())
                .contains(
                        "the clock goes backwards 1 times (line 4: 2026-01-05T10:00:00Z, expected 2026-01-05T12:00:00Z or later)",
                        "1 jobs never started",
                        "1 jobs are larger than the cluster and were left out: wide");
        assertThat(figure("muster", "done")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'kind':'Job'}|1: kind 'Job': expected the first line to be of kind Recording",
                "nonsense|1: no JSON",
                "{'kind':'Recording','version':9,'from':'2026-01-05T09:00:00Z','to':'2026-01-06T09:00:00Z','scenario':''}|1: version 9: expected 1",
                "{'kind':'Recording','version':1,'from':'2026-01-06T09:00:00Z','to':'2026-01-05T09:00:00Z','scenario':''}|1: from 2026-01-06T09:00:00Z to 2026-01-05T09:00:00Z",
            })
    void a_wrong_first_line_is_refused(String line, String message) throws IOException {
        Told told = simulate(recording(line), "muster");
        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).contains("week.ndjson:" + message);
    }

    @Test
    void a_wrong_line_is_refused_with_its_number_and_what_was_expected() throws IOException {
        assertThat(simulate(recording(HEAD, nodes("09:00:00", -1)), "muster").err())
                .contains("week.ndjson:2:", "0 to 1,000,000 nodes");
        assertThat(simulate(recording(HEAD, job("one", "09:00:00", "-5.0", 1)), "muster")
                        .err())
                .contains("week.ndjson:2: job one ran -5.0 s: expected 0 to ten years");
        assertThat(simulate(
                                recording(HEAD, job("one", "09:00:00", "5.0", 1), job("one", "09:00:00", "5.0", 1)),
                                "muster")
                        .err())
                .contains("week.ndjson:3: job one is there twice");
        assertThat(simulate(recording(HEAD, "{'kind':'Pod'}"), "muster").err())
                .contains("week.ndjson:2: kind 'Pod': expected Supply or Job");
        assertThat(simulate(recording(HEAD), "muster").err()).contains("holds no job");
    }

    @Test
    void the_recorded_policy_needs_a_recording() throws IOException {
        Path cluster = Files.writeString(
                folder.resolve("c.yaml"), "kind: SimulatedCluster\npools: {a: {cpu: 4, max: 1, min: 1}}\n");
        Path load = Files.writeString(
                folder.resolve("w.yaml"),
                "kind: SimulatedWorkload\nlasts: 1h\njobs: {a: {arrivals: {perDay: 24}, cpu: 1, runs: 1m}}\n");
        assertThat(Told.by(Map.of(), "simulate", "--workload", load.toString(), "--policy", "muster")
                        .err())
                .contains("There is no --cluster", "muster record");
        assertThat(Told.by(
                                Map.of(),
                                "simulate",
                                "--cluster",
                                cluster.toString(),
                                "--workload",
                                load.toString(),
                                "--policy",
                                "recorded")
                        .err())
                .contains("No policy was recorded");
    }
}
