package dev.muster.operation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packaged service as the chart's container would start it: the image's command, the container's environment and no other, its
 * user where we may become that, its volumes below {@code root}.
 */
final class ChartedService implements AutoCloseable {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Path root;
    private final Process process;

    private ChartedService(Path root, Process process) {
        this.root = root;
        this.process = process;
    }

    /** {@code secrets}: what the environment takes from elsewhere, by variable; {@code files} of the volumes, by path in the container. */
    static ChartedService start(
            Path root, long user, Container container, Map<String, String> secrets, Map<String, String> files)
            throws IOException, InterruptedException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        copy(Path.of("target", "quarkus-app"), root.resolve("app"));
        for (String volume : List.of("data", "access")) {
            Files.createDirectory(root.resolve(volume));
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(root.resolve(file.getKey().substring(1)), file.getValue());
        }
        if (mayBeAnybody()) {
            run("chown", "-R", Long.toString(user), root.resolve("data").toString());
            run("chown", "-R", Long.toString(user), root.resolve("access").toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command(root, user))
                .directory(root.resolve("data").toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("output.log").toFile());
        builder.environment().clear();
        for (EnvVar variable : container.getEnv()) {
            String value = variable.getValueFrom() == null ? variable.getValue() : secrets.get(variable.getName());
            builder.environment()
                    .put(
                            variable.getName(),
                            value.replace("$(POD_IP)", "127.0.0.1").replaceAll("^/(data|access)/", root + "/$1/"));
        }
        return new ChartedService(root, builder.start());
    }

    /** As the Dockerfile says, without capabilities as the chart says. */
    private static List<String> command(Path root, long user) throws IOException {
        String line = Files.readAllLines(Path.of("..", "deploy", "Dockerfile")).stream()
                .filter(each -> each.startsWith("ENTRYPOINT"))
                .findFirst()
                .orElseThrow();
        List<String> command = new ArrayList<>();
        if (mayBeAnybody()) {
            command.addAll(List.of(
                    "setpriv",
                    "--reuid=" + user,
                    "--regid=" + user,
                    "--clear-groups",
                    "--no-new-privs",
                    "--bounding-set=-all",
                    "--inh-caps=-all"));
        }
        Matcher words = WORD.matcher(line);
        while (words.find()) {
            String word = words.group(1);
            command.add(
                    word.equals("java")
                            ? Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString()
                            : word.replaceAll("^/app/", root + "/app/"));
        }
        return command;
    }

    /** Whether this is root with the program that makes it somebody else. */
    static boolean mayBeAnybody() {
        return System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/setpriv"));
    }

    boolean runs() {
        return process.isAlive();
    }

    String output() throws IOException {
        return Files.readString(root.resolve("output.log"));
    }

    /** Status and body; empty while nobody answers. */
    Optional<HttpResponse<String>> call(String method, String path, String token, String body)
            throws InterruptedException {
        try {
            String url = new ObjectMapper()
                    .readTree(Files.readString(root.resolve("data/muster/service.json")))
                    .path("url")
                    .asText()
                    .replace("0.0.0.0", "127.0.0.1");
            return Optional.of(CLIENT.send(
                    HttpRequest.newBuilder(URI.create(url + path))
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

    /** Files, as far as they are some, that it holds open to write. */
    List<Path> written() throws IOException {
        List<Path> written = new ArrayList<>();
        try (Stream<Path> open = Files.list(proc("fd"))) {
            for (Path each : open.toList()) {
                Path target = Files.readSymbolicLink(each);
                if (target.startsWith("/") && Files.isRegularFile(target) && isForWriting(each)) {
                    written.add(target);
                }
            }
        }
        return written;
    }

    private boolean isForWriting(Path descriptor) throws IOException {
        return Files.readAllLines(proc("fdinfo").resolve(descriptor.getFileName())).stream()
                .filter(line -> line.startsWith("flags:"))
                .anyMatch(line -> (Long.parseLong(line.split("\\s+")[1], 8) & 3) != 0);
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
