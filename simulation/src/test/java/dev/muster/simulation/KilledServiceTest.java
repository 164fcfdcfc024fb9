package dev.muster.simulation;

import static dev.muster.simulation.Gangs.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real Java program that holds a cluster, and opens the cluster again. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc: run it on Linux")
class KilledServiceTest {
    /** Long, because machines that run tests are busy. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    @TempDir
    Path directory;

    private SimulatedCluster cluster;
    private Process service;

    @AfterEach
    void endEverything() {
        if (service != null) {
            service.destroyForcibly();
        }
        if (cluster != null) {
            cluster.attempts().forEach(cluster::release);
            await().until(() -> cluster.attempts().isEmpty());
            cluster.close();
        }
    }

    @Test
    void every_launch_that_was_answered_is_known_after_a_kill() throws Exception {
        for (int launches : List.of(1, 7, 60)) {
            Path own = directory.resolve("after-" + launches);
            List<String> said = runAndKill(own, launches, "simulated", "1000000", "");
            int last = said.size();
            try (SimulatedCluster again = SimulatedCluster.open(SimulationSettings.in(own, InstantSource.system()))) {
                Set<AttemptId> known = again.attempts();
                for (int job = 1; job <= last; job++) {
                    boolean released = job % 3 == 2 && job + 1 <= last;
                    if (released) {
                        assertThat(known).doesNotContain(attempt(job));
                    } else if (job % 3 != 2) {
                        assertThat(known).contains(attempt(job));
                    }
                }
                await().until(() -> again.attempts().stream()
                        .flatMap(id -> again.status(id).orElseThrow().pods().stream())
                        .allMatch(pod -> pod.phase() == PodPhase.SUCCEEDED));
            }
        }
    }

    @Test
    void processes_go_on_while_the_service_is_down_and_are_adopted() throws Exception {
        Path go = directory.resolve("go");
        runAndKill(directory, 3, "processes", "3", "echo one; until [ -e " + go + " ]; do sleep 0.05; done; echo two");
        open();
        await().until(() -> pods().size() == 6
                && pods().stream().allMatch(pod -> output(pod).equals("one\n")));
        await().until(() -> pods().stream().allMatch(pod -> pod.phase() == PodPhase.RUNNING));
        Files.createFile(go);
        await().until(() -> pods().stream().allMatch(pod -> pod.phase() == PodPhase.SUCCEEDED));
        assertThat(pods()).allSatisfy(pod -> assertThat(output(pod)).isEqualTo("one\ntwo\n"));
    }

    @Test
    void a_command_runs_once_however_often_the_service_dies() throws Exception {
        for (int time = 0; time < 3; time++) {
            runAndKill(
                    directory,
                    1,
                    "processes",
                    "4",
                    "echo run >> " + directory + "/runs-$MUSTER_POD; sleep 0.4; exit 3");
        }
        open();
        await().until(() -> pods().stream().allMatch(pod -> pod.phase() == PodPhase.FAILED));
        assertThat(pods()).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.exitCode()).isEqualTo(3);
            assertThat(directory.resolve("runs-" + pod.pod())).hasContent("run");
        });
    }

    @Test
    void a_command_that_ended_while_the_service_was_down_kept_its_exit_code() throws Exception {
        runAndKill(directory, 1, "running processes", "1", "sleep 0.3; echo late; exit 9");
        await().until(() -> Files.exists(directory.resolve("processes/job1-1-worker-0/exit"))
                && Files.exists(directory.resolve("processes/job1-1-worker-1/exit")));
        open();
        await().until(() -> pods().stream().allMatch(pod -> pod.phase() == PodPhase.FAILED));
        assertThat(pods()).allSatisfy(pod -> {
            assertThat(pod.exitCode()).isEqualTo(9);
            assertThat(pod.cause()).isEqualTo(PodEnd.EXITED);
            assertThat(output(pod)).isEqualTo("late\n");
        });
    }

    @Test
    void a_process_that_was_killed_while_the_service_was_down_has_failed() throws Exception {
        runAndKill(directory, 1, "running processes", "1", "echo ready; sleep 1000");
        Path pid = directory.resolve("processes/job1-1-worker-0/pid");
        await().until(() -> Files.exists(pid));
        long group = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle wrapper = ProcessHandle.of(group).orElseThrow();
        List<ProcessHandle> tree = new ArrayList<>(wrapper.descendants().toList());
        tree.add(0, wrapper);
        tree.forEach(ProcessHandle::destroyForcibly);
        open();
        await().until(() -> pods().get(0).phase() == PodPhase.FAILED);
        assertThat(pods().get(0).cause()).isEqualTo(PodEnd.OTHER);
        assertThat(pods().get(0).message()).contains("gone without an exit code");
        assertThat(pods().get(1).phase()).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void a_pid_that_now_is_somebody_else_is_not_taken_for_ours() throws Exception {
        runAndKill(directory, 1, "running processes", "1", "echo ready; sleep 1000");
        Path pid = directory.resolve("processes/job1-1-worker-0/pid");
        await().until(() -> Files.exists(pid));
        long ours = Long.parseLong(Files.readString(pid).strip());
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        try {
            Files.writeString(pid, stranger.pid() + "\n");
            open();
            await().until(() -> pods().get(0).phase() == PodPhase.FAILED);
            assertThat(stranger.isAlive()).isTrue();
            await().until(() ->
                    ProcessHandle.of(ours).filter(KilledServiceTest::lives).isEmpty());
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void processes_of_attempts_that_nobody_knows_are_ended() throws Exception {
        runAndKill(directory, 1, "running processes", "1", "echo ready; sleep 1000");
        Path pid = directory.resolve("processes/job1-1-worker-0/pid");
        await().until(() -> Files.exists(pid));
        long process = Long.parseLong(Files.readString(pid).strip());
        Files.delete(directory.resolve("journal"));
        open();
        assertThat(cluster.attempts()).isEmpty();
        await().until(() ->
                ProcessHandle.of(process).filter(KilledServiceTest::lives).isEmpty());
    }

    @Test
    void processes_end_where_the_operator_allows_them_no_more() throws Exception {
        runAndKill(directory, 1, "running processes", "1", "echo ready; sleep 1000");
        Path pid = directory.resolve("processes/job1-1-worker-0/pid");
        await().until(() -> Files.exists(pid));
        long process = Long.parseLong(Files.readString(pid).strip());
        cluster = SimulatedCluster.open(SimulationSettings.in(directory, InstantSource.system()));
        assertThat(pods()).allSatisfy(pod -> assertThat(pod.cause()).isEqualTo(PodEnd.CONFIG));
        await().until(() ->
                ProcessHandle.of(process).filter(KilledServiceTest::lives).isEmpty());
    }

    @Test
    void an_attempt_that_was_being_released_is_released_after_the_kill() throws Exception {
        runAndKill(directory, 1, "running processes", "1", "echo ready; until [ -e /nowhere ]; do sleep 0.05; done");
        open();
        await().until(() -> pods().stream().allMatch(pod -> output(pod).equals("ready\n")));
        // Closed before TERM can have been sent: the next to open it has to send it.
        cluster.release(attempt(1));
        cluster.close();
        open();
        await().until(() -> cluster.attempts().isEmpty());
    }

    private void open() {
        cluster = SimulatedCluster.open(
                SimulationSettings.in(directory, InstantSource.system()).withLocalProcesses(true));
    }

    private List<PodStatus> pods() {
        return cluster.attempts().stream()
                .sorted()
                .flatMap(id -> cluster.status(id).orElseThrow().pods().stream())
                .toList();
    }

    private String output(PodStatus pod) {
        return new String(cluster.log(pod.pod(), 0, 1000).bytes(), StandardCharsets.UTF_8);
    }

    /** A zombie that nobody reaps counts as dead. */
    private static boolean lives(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Runs the program, kills it after so many launches, and says what it printed until then. It prints into a file: a pipe
     * would be open for as long as anything that it was just starting holds it.
     */
    private List<String> runAndKill(Path own, int launches, String kind, String most, String script) throws Exception {
        Path output = Files.createTempFile(directory, "said", ".txt");
        Path errors = Files.createTempFile(directory, "errors", ".txt");
        service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledService.class.getName(),
                        own.toString(),
                        kind,
                        most,
                        script)
                .redirectOutput(output.toFile())
                .redirectError(
                        output.resolveSibling(output.getFileName() + ".err").toFile())
                .start();
        await().until(() -> launched(output).size() >= launches || said(errors).contains("Exception"));
        assertThat(said(errors)).doesNotContain("Exception");
        service.destroyForcibly();
        await().until(() -> !service.isAlive());
        return launched(output);
    }

    private static String said(Path file) throws IOException {
        return Files.readString(file);
    }

    /** The whole lines of those; one that was being written at the kill is not among them. */
    private static List<String> launched(Path output) throws IOException {
        String all = said(output);
        return all.substring(0, all.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith("launched "))
                .toList();
    }
}
