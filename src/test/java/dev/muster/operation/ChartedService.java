package dev.muster.operation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged service as the chart's container would start it: the image's command, the container's environment and no other, its
 * user where we may become that, its volumes, and a root that it cannot write where the machine allows that.
 */
final class ChartedService implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Path directory;
    private final ContainerRoot root;
    private final Process process;

    private ChartedService(Path directory, ContainerRoot root, Process process) {
        this.directory = directory;
        this.root = root;
        this.process = process;
    }

    /** {@code environment}: all of it, values that come from elsewhere filled in; {@code files} of the volumes, by path in the container. */
    static ChartedService start(Path directory, PodSpec pod, Map<String, String> environment, Map<String, String> files)
            throws IOException {
        long user = pod.getSecurityContext().getRunAsUser();
        Container container = pod.getContainers().get(0);
        ContainerRoot root = ContainerRoot.make(
                directory,
                container.getVolumeMounts().stream()
                        .map(mount -> mount.getMountPath().substring(1))
                        .toList());
        Dockerfile image = Dockerfile.read();
        copy(Path.of("target", "quarkus-app"), root.root().resolve("app"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = Path.of(file.getKey());
            Files.writeString(
                    root.volume(path.getParent().getFileName().toString()).resolve(path.getFileName()),
                    file.getValue());
        }
        if (ContainerRoot.mayBeAnybody()) {
            run("chown", "-R", user + ":" + user, directory.resolve("volumes").toString());
        }
        ProcessBuilder builder = new ProcessBuilder(root.entered(user, image.words("ENTRYPOINT")))
                .directory(root.volume("data").toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile());
        builder.environment().clear();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            builder.environment().put(variable.getKey(), root.seen(variable.getValue()));
        }
        builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        Files.createFile(directory.resolve("began"));
        return new ChartedService(directory, root, builder.start());
    }

    boolean runs() {
        return process.isAlive();
    }

    String output() throws IOException {
        return Files.readString(directory.resolve("output.log"));
    }

    /** Where it answers; empty until it has said so. */
    Optional<String> url() {
        try {
            return Optional.of(new ObjectMapper()
                    .readTree(Files.readString(root.volume("data").resolve("muster/service.json")))
                    .path("url")
                    .asText()
                    .replace("0.0.0.0", "127.0.0.1"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Status and body; empty while nobody answers. */
    Optional<HttpResponse<String>> call(String method, String path, String token, String body)
            throws InterruptedException {
        try {
            return Optional.of(CLIENT.send(
                    HttpRequest.newBuilder(URI.create(url().orElseThrow(IOException::new) + path))
                            .timeout(Duration.ofSeconds(30))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The numbers of its user and its capabilities, as Linux tells. */
    Map<String, String> status() throws IOException {
        Map<String, String> status = new HashMap<>();
        for (String line : Files.readAllLines(proc("status"))) {
            String[] words = line.split("\\s+");
            status.put(words[0], words.length > 1 ? words[1] : "");
        }
        return status;
    }

    /** How the file system that it sees is mounted: {@code ro} or {@code rw}, and more, with commas. */
    String rootMount() throws IOException {
        return Files.readAllLines(proc("mountinfo")).stream()
                .map(line -> line.split(" "))
                .filter(words -> words[4].equals("/"))
                .map(words -> words[5])
                .reduce("", (lower, upper) -> upper);
    }

    /** Files of its user that are younger than it and lie outside of its volumes and of what the machine itself makes up. */
    List<String> strayed(long user) throws IOException, InterruptedException {
        Path from = ContainerRoot.canBeSealed() ? directory : Path.of("/");
        Process search = new ProcessBuilder(
                        "find",
                        from.toString(),
                        "-xdev",
                        "-path",
                        directory.resolve("volumes").toString(),
                        "-prune",
                        "-o",
                        "-path",
                        "/tmp/hsperfdata_*",
                        "-prune",
                        "-o",
                        "-user",
                        Long.toString(user),
                        "-newer",
                        directory.resolve("began").toString(),
                        "-print")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> found = new String(search.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        search.waitFor();
        return found;
    }

    private Path proc(String what) {
        return Path.of("/proc", Long.toString(process.pid()), what);
    }

    /** As a kubelet does, which then waits for so long. */
    boolean stopsWithin(Duration grace) throws InterruptedException {
        process.destroy();
        return process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        run("chmod", "-R", "a+rX", to.toString());
    }

    private static void run(String... command) throws IOException {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IOException("%s ended with %d".formatted(String.join(" ", command), code));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
