package dev.muster.simulation.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.cluster.Download;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessesTest {
    /** Long, because machines that run tests are busy. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    @TempDir
    Path directory;

    private final Heard heard = new Heard();

    @Test
    void without_sessions_a_tree_of_processes_is_still_ended() {
        try (LocalProcesses processes =
                new LocalProcesses(directory, 4096, heard, Wrapper.withoutSession(), new PagePorts())) {
            processes.ensure(shell(1, "sleep 1000 & echo ready; wait"));
            await().until(() -> output(processes, 1).equals("ready\n"));
            processes.stop(pod(1), Duration.ofSeconds(5));
            await().until(() -> heard.ends.containsKey(pod(1)));
            assertThat(heard.ends.get(pod(1))).contains("RELEASED");
        }
    }

    @Test
    void an_end_that_nobody_could_take_is_reported_again() {
        heard.deaf.set(3);
        try (LocalProcesses processes = new LocalProcesses(directory, 4096, heard)) {
            processes.ensure(shell(1, "exit 4"));
            await().until(() -> heard.ends.containsKey(pod(1)));
            assertThat(heard.ends.get(pod(1))).isEqualTo("4 EXITED ");
            assertThat(heard.deaf.get()).isNegative();
        }
    }

    @Test
    void ensuring_twice_starts_once() {
        for (int time = 0; time < 3; time++) {
            try (LocalProcesses processes = new LocalProcesses(directory, 4096, heard)) {
                processes.ensure(shell(1, "echo once; sleep 0.2"));
                processes.ensure(shell(1, "echo twice"));
                await().until(() -> output(processes, 1).equals("once\n"));
            }
        }
        try (LocalProcesses processes = new LocalProcesses(directory, 4096, heard)) {
            processes.ensure(shell(1, "echo thrice"));
            await().until(() -> heard.ends.containsKey(pod(1)));
            assertThat(output(processes, 1)).isEqualTo("once\n");
        }
    }

    @Test
    void a_file_that_the_process_wrote_over_counts_as_nothing() {
        try (LocalProcesses processes = new LocalProcesses(directory, 4096, heard)) {
            processes.ensure(
                    shell(1, "echo 99999999999999999999 > ../pid; echo nonsense > ../exit; sleep 0.2; exit 3"));
            await().until(() -> heard.ends.containsKey(pod(1)));
            assertThat(heard.ends.get(pod(1))).startsWith("3 EXITED");
        }
    }

    @Test
    void what_its_job_brings_along_is_there_before_its_command_begins() throws IOException {
        byte[] content = "hello from afar".getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger asked = new AtomicInteger();
        server.createContext("/file", call -> {
            // Away at first, as a service that is just starting.
            boolean away = asked.getAndIncrement() == 0;
            call.sendResponseHeaders(away ? 503 : 200, away ? -1 : content.length);
            if (!away) {
                call.getResponseBody().write(content);
            }
            call.close();
        });
        server.start();
        String url = "http://127.0.0.1:%d/file".formatted(server.getAddress().getPort());
        try (LocalProcesses processes = new LocalProcesses(directory, 4096, heard)) {
            processes.ensure(bringing(1, "cat $MUSTER_ARTIFACTS/app.txt", new Download("app.txt", HELLO, url)));
            processes.ensure(bringing(2, "echo never", new Download("app.txt", "0".repeat(64), url)));
            processes.ensure(bringing(3, "echo never", new Download("app.txt", HELLO, url.replace("/file", "/none"))));
            await().until(() -> heard.ends.size() == 3);

            assertThat(output(processes, 1)).isEqualTo("hello from afar");
            assertThat(heard.ends.get(pod(2))).contains("CONFIG").contains("expected 0000");
            assertThat(heard.ends.get(pod(3))).contains("CONFIG").contains("HTTP 404");
        } finally {
            server.stop(0);
        }
    }

    private static final String HELLO = "3286954415e6621adf38678745c8f9b2fb509b46b83d398831f76fe543f20d9b";

    private static PodCommand bringing(int job, String script, Download file) {
        return new PodCommand(pod(job), List.of("sh", "-c", script), Map.of(), List.of(), null, List.of(file));
    }

    @Test
    void only_the_latest_outputs_of_pods_that_are_gone_are_kept() throws IOException {
        Outputs outputs = new Outputs(directory);
        for (int job = 0; job < Outputs.MOST_PODS + 5; job++) {
            PodDirectory files = outputs.of(pod(job));
            files.create();
            files.say(List.of("hello"));
            outputs.retire(pod(job));
        }
        assertThat(outputs.of(pod(4)).exists()).isFalse();
        assertThat(outputs.of(pod(5)).exists()).isTrue();
        assertThat(outputs.of(pod(5)).work()).doesNotExist();
        assertThat(new String(outputs.of(pod(5)).read(0, 100, true).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("hello\n");
    }

    @Test
    void what_its_command_leaves_in_its_result_file_is_its_last_word() {
        try (LocalProcesses processes = new LocalProcesses(directory, 4096, heard)) {
            processes.ensure(shell(1, "printf '{\"rows\": 3}' > $MUSTER_RESULT_FILE"));
            processes.ensure(shell(2, "true"));
            processes.ensure(shell(3, "ln -s /etc/passwd $MUSTER_RESULT_FILE"));
            processes.ensure(shell(4, "mkfifo $MUSTER_RESULT_FILE"));
            processes.ensure(shell(5, "head -c 9000 /dev/zero | tr '\\0' x > $MUSTER_RESULT_FILE"));
            await().until(() -> heard.ends.size() == 5);
            assertThat(heard.ends.values()).allMatch(end -> end.startsWith("0 EXITED"));
            assertThat(processes.lastWord(pod(1))).hasValue("{\"rows\": 3}");
            assertThat(processes.lastWord(pod(2))).isEmpty();
            assertThat(processes.lastWord(pod(3))).as("no file of others").isEmpty();
            assertThat(processes.lastWord(pod(4))).as("nobody waits for it").isEmpty();
            assertThat(processes.lastWord(pod(5))).hasValue("x".repeat(4096));
        }
    }

    @Test
    void a_port_that_somebody_has_is_told_to_nobody() throws IOException {
        try (ServerSocket taken = anywhere()) {
            int next = PagePorts.anyFree();
            Queue<Integer> first = new ConcurrentLinkedQueue<>(List.of(taken.getLocalPort(), next, next));
            PagePorts some = new PagePorts(() -> first.isEmpty() ? PagePorts.anyFree() : first.remove());
            try (LocalProcesses processes = new LocalProcesses(directory, 4096, heard, Wrapper.ofThisMachine(), some)) {
                processes.ensure(shell(1, "echo $MUSTER_PAGE_PORT; sleep 1000"));
                await().until(() -> output(processes, 1).equals(next + "\n"));
                assertThat(processes.door(pod(1)).orElseThrow().address().getPort())
                        .isEqualTo(next);
                processes.ensure(shell(2, "echo $MUSTER_PAGE_PORT"));
                await().until(() -> output(processes, 2).endsWith("\n"));
                assertThat(output(processes, 2))
                        .as("nor one that another pod was told")
                        .isNotEqualTo(next + "\n");
                assertThat(first).isEmpty();
                processes.stop(pod(1), Duration.ofSeconds(5));
                await().until(() -> heard.ends.size() == 2);
            }
        }
    }

    @Test
    void who_fails_because_another_took_its_port_is_not_at_fault() throws IOException {
        String waits = "echo $MUSTER_PAGE_PORT; while [ ! -e go ]; do sleep 0.05; done; exit 1";
        try (LocalProcesses processes = new LocalProcesses(directory, 4096, heard)) {
            processes.ensure(shell(1, waits));
            processes.ensure(shell(2, waits));
            await().until(() ->
                    output(processes, 1).endsWith("\n") && output(processes, 2).endsWith("\n"));
            int port = Integer.parseInt(output(processes, 1).strip());
            try (ServerSocket taken = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
                assertThat(taken.isBound()).isTrue();
                Outputs outputs = new Outputs(directory);
                Files.createFile(outputs.of(pod(1)).work().resolve("go"));
                Files.createFile(outputs.of(pod(2)).work().resolve("go"));
                await().until(() -> heard.ends.size() == 2);
            }
            assertThat(heard.ends.get(pod(1)))
                    .startsWith("null OTHER it exited with 1, and another program")
                    .contains("port " + port);
            assertThat(heard.ends.get(pod(2))).isEqualTo("1 EXITED ");
        }
    }

    @Test
    void ports_that_the_system_gives_to_anybody_are_not_told() {
        IntSupplier ports = PagePorts.candidates("32768\t60999\n");
        assertThat(IntStream.generate(ports).limit(20_000))
                .allMatch(port -> (port >= 20_000 && port < 30_000) || port >= 61_000);
        assertThat(IntStream.generate(PagePorts.candidates("1024 65535")).limit(5))
                .as("where it gives all, any will do")
                .allMatch(port -> port >= 1024);
    }

    @Test
    void what_the_system_gives_is_asked_of_it() {
        try (LocalProcesses processes = new LocalProcesses(directory, 4096, heard)) {
            processes.ensure(shell(1, "cat /proc/sys/net/ipv4/ip_local_port_range || echo 49152 65535"));
            await().until(() -> heard.ends.containsKey(pod(1)));
            assertThat(PagePorts.givenByTheSystem().split("\\s+"))
                    .isEqualTo(output(processes, 1)
                            .lines()
                            .reduce((a, b) -> b)
                            .orElseThrow()
                            .split("\\s+"));
        }
    }

    private static ServerSocket anywhere() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @Test
    void nobody_else_may_look_into_the_directory() throws IOException {
        new Outputs(directory).cluster();
        assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);
    }

    private static PodCommand shell(int job, String script) {
        return new PodCommand(pod(job), List.of("sh", "-c", script), Map.of(), List.of(), null);
    }

    private static PodRef pod(int job) {
        return new PodRef(new AttemptId(new JobId("job" + job), 1), new RoleName("worker"), 0);
    }

    private static String output(LocalProcesses processes, int job) {
        return new String(processes.log(pod(job), 0, 4096, false).bytes(), StandardCharsets.UTF_8);
    }

    /** Keeps what it hears, unless it is deaf so many times more. */
    private static final class Heard implements ProcessReports {
        private final Map<PodRef, String> ends = new ConcurrentHashMap<>();
        private final AtomicInteger deaf = new AtomicInteger();

        @Override
        public void began(PodRef pod, Instant at) {
            if (deaf.getAndDecrement() > 0) {
                throw new IllegalStateException("deaf, for the test");
            }
        }

        @Override
        public void ended(PodRef pod, @Nullable Integer exitCode, PodEnd cause, String message) {
            if (deaf.getAndDecrement() > 0) {
                throw new IllegalStateException("deaf, for the test");
            }
            ends.put(pod, exitCode + " " + cause + " " + message);
        }
    }
}
