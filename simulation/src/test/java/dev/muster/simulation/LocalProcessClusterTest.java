package dev.muster.simulation;

import static dev.muster.simulation.Gangs.attempt;
import static dev.muster.simulation.Gangs.cpu;
import static dev.muster.simulation.Gangs.gang;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.cluster.Download;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PageAnswer;
import dev.muster.cluster.PageRequest;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.PodTemplate;
import dev.muster.cluster.ServiceAddress;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc: run it on Linux")
class LocalProcessClusterTest {
    /** Long, because machines that run tests are busy. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    @TempDir
    Path directory;

    private SimulatedCluster cluster;

    @BeforeEach
    void open() {
        cluster = SimulatedCluster.open(SimulationSettings.in(directory, InstantSource.system())
                .withLocalProcesses(true)
                .withOutputLimit(64 * 1024));
        cluster.declare(List.of(SimulatedPool.of("here", 1, cpu(8)).withLocalProcesses()));
    }

    @AfterEach
    void close() {
        cluster.attempts().forEach(cluster::release);
        await().until(() -> cluster.attempts().isEmpty());
        cluster.close();
    }

    @Test
    void output_streams_while_the_command_runs_and_the_exit_code_comes_back() {
        shell(1, "for i in 1 2 3; do echo $i; sleep 0.2; done; exit 7");
        await().until(() -> output(1).contains("1"));
        assertThat(pod(1).phase()).isEqualTo(PodPhase.RUNNING);
        PodStatus ended = ended(1);
        assertThat(output(1)).isEqualTo("1\n2\n3\n");
        assertThat(ended.phase()).isEqualTo(PodPhase.FAILED);
        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(ended.cause()).isEqualTo(PodEnd.EXITED);
        assertThat(ended.startedAt()).isNotNull();
        assertThat(ended.endedAt()).isAfterOrEqualTo(ended.startedAt());
    }

    @Test
    void a_command_that_ends_well_has_succeeded() {
        shell(1, "true");
        assertThat(ended(1).phase()).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(ended(1).exitCode()).isZero();
        assertThat(log(1).end()).isTrue();
    }

    @Test
    void output_and_errors_come_in_the_order_in_which_they_were_written() {
        shell(1, "for i in 1 2 3 4 5; do echo out$i; echo err$i >&2; done");
        ended(1);
        assertThat(output(1)).isEqualTo("out1\nerr1\nout2\nerr2\nout3\nerr3\nout4\nerr4\nout5\nerr5\n");
    }

    @Test
    void every_pod_knows_its_place_in_the_gang() {
        String say = "echo $MUSTER_JOB $MUSTER_ATTEMPT $MUSTER_ROLE $MUSTER_INDEX $RANK/$WORLD_SIZE";
        cluster.launch(gang(1).process("driver", 1, "here", "sh", "-c", say)
                .process("worker", 2, "here", "sh", "-c", say)
                .build());
        await().until(() -> pods(1).stream().allMatch(pod -> pod.phase().isFinal()));
        assertThat(pods(1).stream().map(pod -> text(cluster.log(pod.pod(), 0, 1000))))
                .containsExactly(
                        "job1 job1-1 driver 0 0/3\n", "job1 job1-1 worker 0 1/3\n", "job1 job1-1 worker 1 2/3\n");
    }

    @Test
    void a_process_serves_its_page_at_the_port_that_it_was_told() throws IOException {
        shell(1, "echo $MUSTER_PAGE_PORT; exec sleep 600");
        await().until(() -> output(1).endsWith("\n"));
        PodRef pod = pods(1).get(0).pod();
        PageRequest asked = new PageRequest(4040, "/jobs/?id=1", Map.of("X-Forwarded-Context", "/base"));
        assertThat(cluster.page(pod, asked)).as("before it serves one").isEmpty();

        int port = Integer.parseInt(output(1).strip());
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        page.createContext("/", call -> {
            byte[] body = (call.getRequestURI() + " " + call.getRequestHeaders().getFirst("X-Forwarded-Context"))
                    .getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().set("Location", "http://127.0.0.1/jobs/");
            call.sendResponseHeaders(302, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        page.start();
        try {
            PageAnswer answer = cluster.page(pod, asked).orElseThrow();
            assertThat(answer.status()).as("redirects are told, not followed").isEqualTo(302);
            assertThat(answer.location()).contains("http://127.0.0.1/jobs/");
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("/jobs/?id=1 /base");
            PodRef other = new PodRef(new AttemptId(pod.attempt().job(), 7), pod.role(), 0);
            assertThat(cluster.page(other, asked)).isEmpty();
        } finally {
            page.stop(0);
        }
    }

    @Test
    void a_command_sees_its_own_variables_and_nothing_of_this_program() {
        PodTemplate template = Gangs.template(
                cpu(1), List.of("sh", "-c", "echo [$GREETING]; env"), Map.of("GREETING", "a  b; `c` $(d)"), Map.of());
        cluster.launch(gang(1).role("worker", template, Map.of("here", 1)).build());
        ended(1);
        assertThat(output(1)).startsWith("[a  b; `c` $(d)]\n".replace("  ", " "));
        List<String> names = output(1)
                .lines()
                .filter(line -> line.matches("[A-Za-z_]\\w*=.*"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertThat(names)
                .isSubsetOf(
                        "PATH",
                        "LANG",
                        "LC_ALL",
                        "TZ",
                        "USER",
                        "LOGNAME",
                        "HOME",
                        "TMPDIR",
                        "PWD",
                        "OLDPWD",
                        "SHLVL",
                        "_",
                        "GREETING",
                        "MUSTER_RESULT_FILE",
                        "RANK",
                        "WORLD_SIZE",
                        "MUSTER_JOB",
                        "MUSTER_JOB_NAME",
                        "MUSTER_TEAM",
                        "MUSTER_ATTEMPT",
                        "MUSTER_ROLE",
                        "MUSTER_INDEX",
                        "MUSTER_PAGE_PORT",
                        "MUSTER_POD",
                        "MUSTER_CLUSTER");
        assertThat(System.getenv().keySet()).as("there is something to hide").anyMatch(name -> !names.contains(name));
    }

    @Test
    void a_command_runs_in_a_directory_of_its_own_that_goes_with_its_attempt() {
        shell(1, "pwd; echo $HOME; echo $TMPDIR; echo x > file; mkdir -p a/b; ln -s / a/b/root; chmod 0 a; ls $TMPDIR");
        ended(1);
        List<String> lines = output(1).lines().toList();
        assertThat(lines.get(0)).isEqualTo(lines.get(1)).startsWith(directory.toString());
        Path work = Path.of(lines.get(0));
        assertThat(work.resolve("file")).exists();
        cluster.release(attempt(1));
        await().until(() -> !Files.exists(work) && !Files.exists(Path.of(lines.get(2))));
        assertThat(Path.of("/tmp")).as("links are not followed").exists();
    }

    @Test
    void the_output_of_an_attempt_that_is_gone_can_still_be_read() {
        shell(1, "echo hello");
        ended(1);
        cluster.release(attempt(1));
        await().until(() -> cluster.status(attempt(1)).isEmpty());
        assertThat(output(1)).isEqualTo("hello\n");
        assertThat(log(1).end()).isTrue();
        cluster.close();
        open();
        assertThat(output(1)).isEqualTo("hello\n");
    }

    @Test
    void arguments_reach_the_command_untouched() {
        cluster.launch(
                gang(1).process("worker", 1, "here", "printf", "%s|", "a b", "", "$HOME", "*", "'\"\n", "-n", "\u00fc")
                        .build());
        ended(1);
        assertThat(output(1)).isEqualTo("a b||$HOME|*|'\"\n|-n|\u00fc|");
    }

    @Test
    void a_name_that_the_shell_has_for_itself_is_still_a_program() {
        cluster.launch(gang(1).process("worker", 1, "here", "exit", "3").build());
        assertThat(ended(1).cause()).isEqualTo(PodEnd.CONFIG);
        assertThat(ended(1).message()).contains("command 'exit' is not an executable file on PATH");
    }

    @Test
    void without_a_command_the_pod_fails_and_says_so() {
        cluster.launch(gang(1).process("worker", 1, "here").build());
        assertThat(ended(1).phase()).isEqualTo(PodPhase.FAILED);
        assertThat(ended(1).cause()).isEqualTo(PodEnd.CONFIG);
        assertThat(ended(1).exitCode()).isNull();
        assertThat(ended(1).message()).contains("no command");
        assertThat(output(1)).contains("no command");
    }

    @Test
    void a_command_that_cannot_be_started_is_a_configuration_fault() {
        int job = 0;
        for (Map<String, String> env : List.of(Map.of("A=B", "x"), Map.of("A", "x\u0000y"), Map.of("", "x"))) {
            PodTemplate template = Gangs.template(cpu(1), List.of("true"), env, Map.of());
            cluster.launch(
                    gang(++job).role("worker", template, Map.of("here", 1)).build());
            assertThat(ended(job).cause()).as("%s", env).isEqualTo(PodEnd.CONFIG);
        }
        cluster.launch(gang(9).process("worker", 1, "here", "echo", "x".repeat(3_000_000))
                .build());
        assertThat(ended(9).cause()).isEqualTo(PodEnd.CONFIG);
        assertThat(ended(9).message()).contains("could not be started");
    }

    @Test
    void a_secret_cannot_be_had() {
        PodTemplate plain = Gangs.template(cpu(1), List.of("true"), Map.of(), Map.of());
        PodTemplate secret = new PodTemplate(
                "registry.example/image:1",
                plain.command(),
                plain.args(),
                plain.env(),
                List.of(new PodTemplate.SecretEnv("TOKEN", "vault", "token")),
                List.of(),
                null,
                plain.resources(),
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                Map.of());
        cluster.launch(gang(1).role("worker", secret, Map.of("here", 1)).build());
        assertThat(ended(1).cause()).isEqualTo(PodEnd.CONFIG);
        assertThat(ended(1).message()).contains("secret 'vault'");
    }

    @Test
    void an_image_is_ignored_and_the_output_says_so() {
        PodTemplate plain = Gangs.template(cpu(1), List.of("echo", "hello"), Map.of(), Map.of());
        PodTemplate image = new PodTemplate(
                "registry.example/image:1",
                plain.command(),
                plain.args(),
                plain.env(),
                List.of(),
                List.of(),
                null,
                plain.resources(),
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                Map.of());
        cluster.launch(gang(1).role("worker", image, Map.of("here", 1)).build());
        ended(1);
        assertThat(output(1).lines())
                .containsExactly(
                        "muster: image registry.example/image:1 is ignored: this pool runs commands as local processes",
                        "hello");
    }

    @Test
    void output_beyond_the_limit_is_dropped_and_the_command_goes_on() {
        shell(1, "head -c 300000 /dev/zero | tr '\\0' x; sleep 0.1; echo late; exit 5");
        assertThat(ended(1).exitCode()).isEqualTo(5);
        assertThat(cluster.log(pod(1).pod(), 0, 1 << 20).bytes()).hasSize(64 * 1024);
        assertThat(log(1).end()).isTrue();
    }

    @Test
    void a_signal_shows_in_the_exit_code() {
        shell(1, "kill -9 $$");
        assertThat(ended(1).exitCode()).isEqualTo(137);
        assertThat(ended(1).message()).isEqualTo("ended by signal 9");
    }

    @Test
    void a_released_process_is_asked_first_and_what_it_says_last_is_kept() {
        shell(1, "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        await().until(() -> output(1).contains("ready"));
        cluster.release(attempt(1));
        await().until(() -> cluster.status(attempt(1)).isEmpty());
        assertThat(output(1)).startsWith("ready\n").endsWith("bye\n");
    }

    @Test
    void a_process_that_does_not_listen_is_killed_after_its_grace() {
        cluster.launch(gang(1).grace(Duration.ofMillis(300))
                .process("worker", 1, "here", "sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done")
                .build());
        await().until(() -> output(1).contains("ready"));
        Instant asked = Instant.now();
        cluster.release(attempt(1));
        await().until(() -> cluster.status(attempt(1)).isEmpty());
        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(survivors(1)).isEmpty();
    }

    @Test
    void everything_a_command_started_ends_with_it() {
        shell(1, "sleep 1000 & (sleep 1001 &) ; setsid sleep 1002 & nohup sleep 1003 >/dev/null 2>&1 & echo left");
        assertThat(ended(1).exitCode()).isZero();
        assertThat(output(1)).isEqualTo("left\n");
        await().until(() -> survivors(1).isEmpty());
    }

    @Test
    void releasing_ends_a_whole_tree_of_processes() {
        shell(1, "(sleep 1000; true) & (trap '' TERM; sleep 1001; sleep 1002) & echo ready; wait");
        await().until(() -> output(1).contains("ready"));
        cluster.release(attempt(1));
        await().until(() -> cluster.status(attempt(1)).isEmpty());
        await().until(() -> survivors(1).isEmpty());
    }

    @Test
    void a_release_that_comes_at_once_leaves_nothing_behind() {
        for (int job = 1; job <= 20; job++) {
            shell(job, "sleep 1000");
            cluster.release(attempt(job));
        }
        await().until(() -> cluster.attempts().isEmpty());
        for (int job = 1; job <= 20; job++) {
            int number = job;
            await().until(() -> survivors(number).isEmpty());
        }
    }

    @Test
    void many_processes_run_at_once() {
        cluster.declare(List.of(SimulatedPool.of("here", 1, cpu(200)).withLocalProcesses()));
        cluster.launch(
                gang(1).process("worker", 60, "here", "sh", "-c", "echo $MUSTER_INDEX; exit $((MUSTER_INDEX % 2))")
                        .build());
        await().until(() -> pods(1).stream().allMatch(pod -> pod.phase().isFinal()));
        assertThat(pods(1)).allSatisfy(pod -> {
            assertThat(pod.exitCode()).isEqualTo(pod.pod().index() % 2);
            assertThat(text(cluster.log(pod.pod(), 0, 100))).isEqualTo(pod.pod().index() + "\n");
        });
    }

    @Test
    void pods_of_a_lost_node_are_killed() {
        shell(1, "echo ready; sleep 1000");
        await().until(() -> output(1).contains("ready"));
        cluster.nodeLost(new NodeName("here-0"));
        assertThat(pod(1).phase()).isEqualTo(PodPhase.LOST);
        await().until(() -> survivors(1).isEmpty());
    }

    @Test
    void room_counts_for_processes_too() {
        shell(1, "sleep 1000");
        cluster.launch(gang(2).process("worker", 8, "here", "true").build());
        await().until(() -> pod(1).phase() == PodPhase.RUNNING);
        assertThat(pods(2)).extracting(PodStatus::phase).containsOnly(PodPhase.PENDING);
        cluster.release(attempt(1));
        await().until(() -> pods(2).stream().allMatch(pod -> pod.phase() == PodPhase.SUCCEEDED));
    }

    @Test
    void one_that_starts_after_the_service_has_come_back_elsewhere_finds_it_there() throws Exception {
        byte[] file = "brought along\n".getBytes(StandardCharsets.UTF_8);
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/files/data.txt", exchange -> {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        elsewhere.start();
        String address = "http://127.0.0.1:" + elsewhere.getAddress().getPort();
        try {
            reopen("http://127.0.0.1:9"); // nobody is there
            cluster.launch(gang(1).process("worker", 8, "here", "sleep", "1000").build());
            await().until(() -> pods(1).stream().allMatch(pod -> pod.phase() == PodPhase.RUNNING));
            PodTemplate template = Gangs.template(
                    cpu(1),
                    List.of("sh", "-c", "cat \"$MUSTER_ARTIFACTS/data.txt\"; echo \"$WHERE\""),
                    Map.of("WHERE", ServiceAddress.LATER + "/result"),
                    Map.of());
            Download wanted = new Download("data.txt", sum, ServiceAddress.LATER + "/files/data.txt");
            cluster.launch(gang(2).role("worker", Download.with(template, List.of(wanted)), Map.of("here", 1))
                    .build());
            assertThat(pod(2).phase()).isEqualTo(PodPhase.PENDING);

            reopen(address);
            cluster.release(attempt(1));

            assertThat(ended(2).phase()).as(output(2)).isEqualTo(PodPhase.SUCCEEDED);
            assertThat(output(2)).isEqualTo("brought along\n" + address + "/result\n");
        } finally {
            elsewhere.stop(0);
        }
    }

    private void reopen(String service) {
        cluster.close();
        cluster = SimulatedCluster.open(SimulationSettings.in(directory, InstantSource.system())
                .withLocalProcesses(true)
                .withService(() -> service));
    }

    private void shell(int job, String script) {
        cluster.launch(
                gang(job).process("worker", 1, "here", "sh", "-c", script).build());
    }

    private PodStatus ended(int job) {
        await().until(() -> pod(job).phase().isFinal());
        return pod(job);
    }

    private PodStatus pod(int job) {
        return pods(job).get(0);
    }

    private List<PodStatus> pods(int job) {
        return cluster.status(attempt(job)).orElseThrow().pods();
    }

    private LogChunk log(int job) {
        return cluster.log(new PodRef(attempt(job), new RoleName("worker"), 0), 0, 1 << 20);
    }

    private String output(int job) {
        return text(log(job));
    }

    private static String text(LogChunk chunk) {
        return new String(chunk.bytes(), StandardCharsets.UTF_8);
    }

    /** Processes that carry the attempt in their environment, as /proc tells. */
    private List<String> survivors(int job) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> environment(process).contains("MUSTER_ATTEMPT=" + attempt(job))
                            && environment(process).contains("HOME=" + directory.resolve("processes")))
                    .map(Path::toString)
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String environment(Path process) {
        try {
            return String.join(
                    "\n",
                    Arrays.asList(
                            new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1)
                                    .split("\0")));
        } catch (IOException e) {
            return "";
        }
    }
}
