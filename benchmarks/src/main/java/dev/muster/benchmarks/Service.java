package dev.muster.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged service as a process of its own, with its embedded PostgreSQL, on a free port. */
final class Service implements AutoCloseable {
    /** A second in /proc. */
    private static final double TICKS = 100;

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final Process process;
    private final Path data;
    private final URI url;
    private final double secondsToReady;

    private Service(Process process, Path data, URI url, double secondsToReady) {
        this.process = process;
        this.data = data;
        this.url = url;
        this.secondsToReady = secondsToReady;
    }

    /** Starts it on {@code data}, which may hold what an earlier one left, and waits until it is ready. */
    static Service start(Path clone, Path data, List<String> settings) throws IOException, InterruptedException {
        Path jar = clone.resolve("src/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "No packaged service at %s: run benchmarks/run, which builds it".formatted(jar));
        }
        Files.createDirectories(data);
        Files.deleteIfExists(data.resolve("service.json"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmuster.data=" + data,
                "-Dquarkus.http.port=0"));
        command.addAll(imageFlags(clone));
        command.addAll(settings);
        command.addAll(List.of("-jar", jar.toString()));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("service.log").toFile()))
                .start();
        URI url = awaitReady(process, data);
        return new Service(process, data, url, (System.nanoTime() - begin) / 1e9);
    }

    /** What the image tells the virtual machine, but for the heap. */
    private static List<String> imageFlags(Path clone) throws IOException {
        List<String> flags = new ArrayList<>();
        for (String line : Files.readAllLines(clone.resolve("deploy/Dockerfile"))) {
            if (line.startsWith("ENTRYPOINT ")) {
                new JsonMapper()
                        .readTree(line.substring("ENTRYPOINT ".length()))
                        .forEach(word -> {
                            if (word.textValue().startsWith("-XX:")
                                    && !word.textValue().contains("MaxRAM")) {
                                flags.add(word.textValue());
                            }
                        });
            }
        }
        return flags;
    }

    private static URI awaitReady(Process process, Path data) throws IOException, InterruptedException {
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The service ended with %d, see %s"
                        .formatted(process.exitValue(), data.resolve("service.log")));
            }
            Path file = data.resolve("service.json");
            if (Files.exists(file) && Files.size(file) > 0) {
                URI url = URI.create(
                        new JsonMapper().readTree(file.toFile()).required("url").textValue());
                if (isReady(url)) {
                    return url;
                }
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        throw new IllegalStateException(
                "The service was not ready within %s, see %s".formatted(READY_WITHIN, data.resolve("service.log")));
    }

    private static boolean isReady(URI url) {
        try (HttpConnection connection = new HttpConnection(url, "")) {
            return connection.call("GET", "/q/health/ready", "").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    double secondsToReady() {
        return secondsToReady;
    }

    Path data() {
        return data;
    }

    URI url() {
        return url;
    }

    String token() throws IOException {
        return Files.readString(data.resolve("token")).strip();
    }

    HttpConnection connect() throws IOException {
        return new HttpConnection(url, token());
    }

    List<HttpConnection> connect(int connections) throws IOException {
        List<HttpConnection> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(connect());
        }
        return all;
    }

    /** Bytes of the objects that are still reachable: a full collection, then what is left. */
    long liveHeap() throws IOException, InterruptedException {
        String histogram = jcmd("GC.class_histogram");
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("jcmd gave no total: " + histogram));
        return Long.parseLong(total.strip().split("\\s+")[2]);
    }

    long pid() {
        return process.pid();
    }

    /** Time on processors that the service itself has used. */
    double cpuSeconds() {
        return cpuSeconds(process.toHandle());
    }

    /** The same by thread, those that live: by the first word of their names. */
    Map<String, Double> cpuSecondsByThread() throws IOException {
        Map<String, Double> all = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                int end = stat.lastIndexOf(')');
                String[] after = stat.substring(end + 2).split(" ");
                double ticks = Long.parseLong(after[11]) + Long.parseLong(after[12]);
                all.merge(stat.substring(stat.indexOf('(') + 1, end), ticks / TICKS, Double::sum);
            }
        }
        return all;
    }

    /** And its PostgreSQL: every process in the data directory's cluster that still runs. */
    double cpuSecondsOfDatabase() {
        return ProcessHandle.allProcesses()
                .filter(each -> isOfDatabase(each))
                .mapToDouble(Service::cpuSeconds)
                .sum();
    }

    private boolean isOfDatabase(ProcessHandle handle) {
        String server = data.toString();
        return handle.info().commandLine().orElse("").contains(server) && handle.pid() != process.pid()
                || handle.parent()
                        .flatMap(parent -> parent.info().commandLine())
                        .filter(line -> line.contains(server) && line.contains("postgres"))
                        .isPresent();
    }

    private static double cpuSeconds(ProcessHandle handle) {
        return handle.info()
                        .totalCpuDuration()
                        .orElseThrow(() -> new IllegalStateException("The system does not say what a process uses"))
                        .toMillis()
                / 1e3;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return output;
    }

    /** Asks it to stop, as Ctrl-C does, and waits: its PostgreSQL goes with it. */
    @Override
    public void close() {
        process.destroy();
        if (process.onExit().completeOnTimeout(null, 60, TimeUnit.SECONDS).join() == null) {
            process.destroyForcibly();
            throw new IllegalStateException("The service did not stop within 60 s");
        }
    }
}
