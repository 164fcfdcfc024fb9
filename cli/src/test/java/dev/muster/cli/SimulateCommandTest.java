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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {
    private static final String CLUSTER = """
            kind: SimulatedCluster
            autoscaler: {kind: cluster-autoscaler, removeAfter: 5m}
            pools:
              spot:
                cpu: 16
                memory: 64Gi
                min: 0
                max: 4
                launch: {p50: 2m, p99: 5m}
                nodes: [{nodes: 4}, {from: 2h, nodes: 2}]
            """;
    private static final String LOAD = """
            kind: SimulatedWorkload
            lasts: 4h
            until: 8h
            jobs:
              train:
                teams: 2
                arrivals: {perDay: 60, swing: 0.3}
                gang: {2: 0.9, 99: 0.1}
                cpu: 4
                memory: 8Gi
                runs: 10m
            """;

    @TempDir
    private Path folder;

    private Path cluster = Path.of("");
    private Path load = Path.of("");

    @BeforeEach
    void files() throws IOException {
        cluster = Files.writeString(folder.resolve("cluster.yaml"), CLUSTER);
        load = Files.writeString(folder.resolve("load.yaml"), LOAD);
    }

    private Told simulate(String... more) {
        List<String> words =
                new ArrayList<>(List.of("simulate", "--cluster", cluster.toString(), "--workload", load.toString()));
        words.addAll(List.of(more));
        return Told.by(Map.of(), words.toArray(String[]::new));
    }

    @Test
    void policies_stand_side_by_side_and_what_is_written_says_the_same_twice() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Told told =
                simulate("--policy", "volcano", "--policy", "kube-scheduler", "--seeds", "2", "--out", one.toString());
        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out()).contains("volcano", "kube-scheduler", "wait p95 h");
        assertThat(told.err()).contains("larger than the cluster", "train-0");
        assertThat(told.out()).contains("held", "idle", "spare", "in vain");
        simulate("--policy", "volcano", "--policy", "kube-scheduler", "--seeds", "2", "--out", two.toString());
        assertThat(one.resolve("figures.csv")).hasSameTextualContentAs(two.resolve("figures.csv"));
        assertThat(one.resolve("series.csv")).hasSameTextualContentAs(two.resolve("series.csv"));
        assertThat(Files.readAllLines(one.resolve("figures.csv"))).hasSize(5);
        assertThat(one.resolve("report.html")).hasSameTextualContentAs(two.resolve("report.html"));
        assertThat(Files.readString(one.resolve("report.html")))
                .contains("<td title=", "<svg", "volcano", "larger than the cluster")
                .doesNotContain("http:", "https:", "<script", "NaN");
    }

    @Test
    void a_policy_of_the_service_is_a_policy_here() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.yaml"), "kind: Policy\nspec: {backfill: {depth: 3}}\n");
        Path other = Files.writeString(
                folder.resolve("other.yaml"),
                "kind: SimulatedPolicy\nname: with karpenter\nscheduler: volcano\nautoscaler: karpenter\n");
        Told told = simulate("--policy", mine.toString(), "--policy", other.toString(), "--seeds", "1");
        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out()).contains("mine", "with karpenter");
        assertThat(simulate("--policy", mine.toString(), "--policy", mine.toString())
                        .err())
                .contains("Two policies are called 'mine'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max: 4      | maxx: 4                | cluster.yaml:8:5: unknown field 'maxx'      | Did you mean 'max'?
            cpu: 16     | cpu: -1                | cluster.yaml:5:10                            | cpu
            from: 2h    | from: 2x               | bad length of time '2x'                      | such as 90s
            p99: 5m     | p99: 1m                | p99 is below p50                             | cluster.yaml:9:28
            cluster-autoscaler | magic           | bad autoscaler.kind 'magic'                  | cluster-autoscaler
            SimulatedCluster   | Pool            | bad kind 'Pool'                              | SimulatedCluster
            """)
    void a_bad_cluster_is_refused_with_its_line_and_what_was_expected(String good, String bad, String what, String hint)
            throws IOException {
        Files.writeString(cluster, CLUSTER.replace(good, bad));
        Told told = simulate("--policy", "volcano");
        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).contains(what, hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            perDay: 60  | perWeek: 60            | load.yaml:7:16: unknown field 'perWeek'      | perDay
            runs: 10m   | stages: []             | jobs.train.stages is empty                   | load.yaml:11:13
            runs: 10m   | saves: 10m             | either 'runs' or 'stages'                    | runs: 30m
            2: 0.9      | two: 0.9               | load.yaml:8                                  | whole number of 1
            swing: 0.3  | swing: 3               | bad number '3'                               | 0 to 1
            """)
    void what_arrives_is_refused_where_it_is_wrong_with_its_line_and_what_was_expected(
            String good, String bad, String what, String hint) throws IOException {
        Files.writeString(load, LOAD.replace(good, bad));
        Told told = simulate("--policy", "volcano");
        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).contains(what, hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind: Policy;spec: {backfill: {dept: 3}}              | mine.yaml:2:19: unknown field 'dept'      | Did you mean 'depth'?
            kind: Policy;spec: {breaker: {first: 3x}}             | mine.yaml:2:                              | 3x
            kind: Policy                                          | the policy has no spec                    | mine.yaml:1:1
            kind: Polizy;spec: {}                                 | bad kind 'Polizy'                         | Did you mean Policy
            spec: {}                                              | mine.yaml:1:1: the file has no 'kind'     | kind: Policy
            kind: SimulatedPolicy;name: mine                      | the policy has no 'scheduler'             | kube-scheduler
            kind: SimulatedPolicy;scheduler: volcanoo             | mine.yaml:2:12: bad scheduler 'volcanoo'  | volcano
            kind: SimulatedPolicy;scheduler: easy;autoscaler: {kind: karpenter, removeAfter: soon} | mine.yaml:3:  | such as 90s
            kind: [Policy                                         | mine.yaml:                                | expected
            """)
    void a_bad_policy_is_refused_with_its_line_and_what_was_expected(String text, String what, String hint)
            throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.yaml"), text.replace(';', '\n') + "\n");
        Told told = simulate("--policy", mine.toString());
        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).contains(what, hint);
    }

    @Test
    void a_recording_arrives_as_it_was_and_its_defects_are_named() throws IOException {
        String job = "%d %d -1 600 %s -1 -1 -1 -1 -1 1 1 1 -1 -1 -1 -1 -1\n";
        load = Files.writeString(
                folder.resolve("trace.swf"),
                job.formatted(1, 0, "4")
                        + job.formatted(2, 100, "8")
                        + job.formatted(3, 50, "999")
                        + job.formatted(4, 200, "many"));
        Told told = simulate("--policy", "muster", "--policy", "easy", "--seeds", "1", "-o", "json");
        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.err())
                .contains(
                        "the clock goes backwards 1 times, first in line 3",
                        "1 records are left out, first line 4",
                        "1 jobs are larger than the cluster and were left out: line-000000003");
        assertThat(told.out()).contains("\"JOBS\"");
    }

    @Test
    void an_unknown_policy_is_refused_with_those_that_are_known() {
        Told told = simulate("--policy", "magic");
        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).contains("no policy 'magic'", "kube-scheduler");
    }
}
