package dev.muster.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;

/**
 * Types what examples/stories/README.md and examples/adhoc/README.md say where an operator has just installed Muster. KWOK plays the
 * kubelets, so that pods begin and end and compute nothing; what a kubelet would do for the ad-hoc run is done by hand: its init
 * container's command and its own, with what the pod says and nothing else.
 */
final class Newcomer {
    /** Each job of the stories, and how many pods start together. */
    private static final Map<String, Integer> GANGS = Map.of(
            "story-etl-1", 21,
            "story-etl-2", 161,
            "story-first", 8,
            "story-second", 8,
            "story-stream", 3,
            "story-six-lines", 5,
            "story-borrows", 2,
            "story-routine", 5,
            "story-exceptional", 5,
            "story-rush", 5);

    private static final Set<String> TEAMS = Set.of("stories", "story-ads", "story-search");
    private static final String NAME = "muster.muster.svc";
    private static final Pattern COMMAND = Pattern.compile("`(\\./muster [^`]+)`");
    private static final String RUN_TIME = "simulation.muster.dev/run-time";
    private static final String SOON = "{\"metadata\":{\"annotations\":{\"" + RUN_TIME + "\":\"1ms\"}}}";
    /** What the address of the first file answers now. */
    private static final String DENIED = "set -- $MUSTER_DOWNLOADS; curl -s -o /dev/null -w '%{http_code}' \"$3\"";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Operator operator;
    private final KubernetesClient client;
    private final URI service;
    private final Function<String, String> answers;

    /** {@code service}: where it is for this machine; {@code answers}: what it answers to a path. */
    Newcomer(Operator operator, KubernetesClient client, URI service, Function<String, String> answers) {
        this.operator = operator;
        this.client = client;
        this.service = service;
        this.answers = answers;
    }

    /** Each by its one command; every gang starts whole, and ends. */
    void stories() throws Exception {
        String page = Files.readString(Path.of("..", "examples", "stories", "README.md"));
        List<String> commands = COMMAND.matcher(page)
                .results()
                .map(found -> found.group(1))
                .filter(command ->
                        command.startsWith("./muster") && !command.contains(" demo") && !command.contains("TEAM"))
                .toList();
        List<String> stories = commands.stream()
                .filter(command -> command.startsWith("./muster apply"))
                .toList();
        assertThat(stories).hasSize(5);
        try (GangWatch watch = new GangWatch(client)) {
            for (String story : stories) {
                assertThat(typed(story)).contains("job/story-");
            }
            eventually(watch, () -> assertThat(GANGS.keySet())
                    .as("%s", watch)
                    .allMatch(job -> watch.hasRunWhole(job, GANGS.get(job))));
            for (String look : commands) {
                if (!look.startsWith("./muster apply")) {
                    typed(look);
                }
            }
            for (String away :
                    page.lines().filter(line -> line.startsWith("./muster ")).toList()) {
                typed(away);
            }
            eventually(watch, () -> assertThat(states())
                    .as("what was cancelled, and all else ended well")
                    .allSatisfy((job, state) ->
                            assertThat(state).isEqualTo(job.equals("story-stream") ? "CANCELLED" : "SUCCEEDED")));
        }
        for (String team : TEAMS) {
            await().atMost(PATIENCE)
                    .until(() ->
                            client.pods().inNamespace(team).list().getItems().isEmpty());
            typed(
                    "./muster teams offboard %1$s --confirm \"$(./muster teams offboard %1$s | sed -n 's/.*--confirm //p')\""
                            .formatted(team));
            await().atMost(PATIENCE)
                    .until(() -> client.namespaces().withName(team).get() == null);
        }
    }

    /** Meanwhile what has been seen whole is let end: nobody waits for minutes that are played. */
    private void eventually(GangWatch watch, ThrowingRunnable assertion) {
        // A pod may go between two looks.
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .untilAsserted(() -> {
                    watch.pods().stream()
                            .filter(pod -> "Running".equals(pod.getStatus().getPhase())
                                    && TEAMS.contains(pod.getMetadata().getNamespace()))
                            .filter(pod -> !"executor"
                                    .equals(pod.getMetadata().getLabels().get("muster.dev/role")))
                            .filter(pod -> !pod.getMetadata()
                                    .getAnnotations()
                                    .getOrDefault(RUN_TIME, "")
                                    .equals("1ms"))
                            .filter(pod -> !GangWatch.job(pod).equals("story-stream")
                                    && watch.hasRunWhole(GangWatch.job(pod), GANGS.getOrDefault(GangWatch.job(pod), 1)))
                            .forEach(pod -> client.resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), SOON));
                    assertion.run();
                });
    }

    private Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        for (String team : TEAMS) {
            json("/api/v1/teams/" + team + "/jobs?pageSize=100")
                    .path("items")
                    .forEach(job -> states.put(
                            job.at("/metadata/name").asText(),
                            job.at("/status/state").asText()));
        }
        return states;
    }

    /** The run of a script that is in no image: what it brings along is fetched, it computes, its result comes back. */
    void adHocRun(Path directory) throws Exception {
        String id = typed(
                        "./muster run --detach --team vision --image python:3.12-slim --py-file examples/adhoc/main.py"
                                + " --file examples/adhoc/data.csv --arg data.csv")
                .strip()
                .lines()
                .reduce("", (before, last) -> last);
        Pod pod = await().atMost(PATIENCE)
                .until(
                        () -> client.pods().inNamespace("vision").list().getItems().stream()
                                .filter(one -> "main-py"
                                                .equals(one.getMetadata()
                                                        .getAnnotations()
                                                        .get("muster.dev/job-name"))
                                        && "Running".equals(one.getStatus().getPhase()))
                                .toList(),
                        pods -> pods.size() == 1)
                .get(0);
        Container fetch = pod.getSpec().getInitContainers().get(0);
        Path volume = Files.createDirectory(directory.resolve("volume"));
        assertThat(byHand(fetch, fetch.getCommand(), volume, directory)).isEmpty();
        assertThat(volume.resolve("data.csv")).hasSameTextualContentAs(Path.of("../examples/adhoc/data.csv"));
        Container main = pod.getSpec().getContainers().get(0);
        assertThat(main.getVolumeMounts())
                .filteredOn(mount ->
                        mount.getName().equals(fetch.getVolumeMounts().get(0).getName()))
                .singleElement()
                .satisfies(mount -> assertThat(mount.getReadOnly()).isTrue());
        List<String> command = new ArrayList<>(main.getCommand());
        command.addAll(main.getArgs());
        main.getEnv().stream()
                .filter(variable -> variable.getName().equals("MUSTER_RESULT_URL"))
                .forEach(variable ->
                        variable.setValue(variable.getValue().replace("http://" + NAME + ":80", service.toString())));
        assertThat(byHand(main, command, volume, directory)).isEqualTo("data.csv has 4 rows\n");

        client.resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), SOON);
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode status = json("/api/v1/teams/vision/jobs/" + id).path("status");
            assertThat(status.path("state").asText()).isEqualTo("SUCCEEDED");
            assertThat(status.path("result").asText()).isEqualTo("{\"rows\": 4}");
        });
        await().atMost(PATIENCE)
                .until(() ->
                        client.pods().inNamespace("vision").list().getItems().isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(byHand(fetch, List.of("/bin/sh", "-c", DENIED), volume, directory))
                        .as("the address of an attempt that has ended")
                        .isEqualTo("404"));
    }

    /** With the variables of the container and no others; its volume is a directory here, the service's name an address here. */
    private String byHand(Container container, List<String> command, Path volume, Path directory) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        // Where the cluster's name of the service leads; curl still sends that name.
        Files.writeString(
                directory.resolve(".curlrc"),
                "connect-to = \"%s:80:%s:%d\"%n".formatted(NAME, service.getHost(), service.getPort()));
        builder.environment().put("HOME", directory.toString());
        String mounted = container.getVolumeMounts().get(0).getMountPath();
        for (EnvVar variable : container.getEnv()) {
            if (variable.getValue() != null) {
                builder.environment()
                        .put(variable.getName(), variable.getValue().replace(mounted, volume.toString()));
            }
        }
        Path output = directory.resolve("by-hand.log");
        Process process = builder.redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private String typed(String command) throws IOException, InterruptedException {
        Operator.Outcome outcome = operator.types(command);
        assertThat(outcome.code()).as("%s%n%s", command, outcome.text()).isZero();
        return outcome.text();
    }

    private JsonNode json(String path) {
        try {
            return JSON.readTree(answers.apply(path));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
