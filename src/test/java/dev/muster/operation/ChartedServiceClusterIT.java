package dev.muster.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.TestCluster;
import dev.muster.embedded.TestDatabase;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/install.md, typed line by line on a real API server, from nothing to a first gang and back out. The container that the
 * installed Deployment asks for is a process here: the image's command, the chart's user without capabilities, its volumes, a root
 * that it cannot write, its service account, a PostgreSQL that is not its own. Where the page is at its first gang, somebody new
 * types what examples/ has for clusters.
 */
@ClusterTest
class ChartedServiceClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String OF_THE_RELEASE = "app.kubernetes.io/instance=muster";
    private static final AtomicInteger USERS = new AtomicInteger();
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    @TempDir
    Path directory;

    private final TestCluster cluster;
    private final KubernetesClient client;
    private final VolcanoStandIn volcano;
    private final Map<String, String> database = TestDatabase.empty();
    private Operator operator;
    private PodSpec pod;
    private ChartedService service;
    private String token;

    ChartedServiceClusterIT(TestCluster cluster) {
        this.cluster = cluster;
        client = cluster.client();
        volcano = new VolcanoStandIn(client);
    }

    @BeforeEach
    void give_the_operator_a_clone_and_programs() throws Exception {
        Path desk = Files.createDirectory(directory.resolve("desk"));
        Path clone = Path.of("..").toRealPath();
        for (String name : List.of("muster", "deploy", "examples")) {
            Files.createSymbolicLink(desk.resolve(name), clone.resolve(name));
        }
        operator = new Operator(
                desk,
                Map.of(
                        "KUBECONFIG", cluster.kubeconfig().toAbsolutePath().toString(),
                        "PATH", Chart.programs() + ":" + System.getenv("PATH"),
                        "HOME", desk.toString(),
                        "MUSTER_HOME", desk.resolve(".muster").toString(),
                        "JAVA_HOME", System.getProperty("java.home")),
                Path.of("target", "install-page.log"));
        Files.deleteIfExists(Path.of("target", "install-page.log"));
        assertThat(client.namespaces().withName("muster").get())
                .as("the page begins with nothing")
                .isNull();
        volcano.install();
    }

    @AfterEach
    void leave_nothing_behind() throws Exception {
        if (service != null) {
            Files.writeString(Path.of("target", "charted-service.log"), service.output());
            service.close();
        }
        operator.types(
                "helm uninstall muster -n muster --ignore-not-found; kubectl delete namespace muster vision stories story-ads story-search"
                        + " --ignore-not-found; kubectl delete queues.scheduling.volcano.sh -l muster.dev/installation=main;"
                        + " kubectl delete priorityclasses routine urgent exceptional rush --ignore-not-found");
        volcano.remove();
    }

    @Test
    void the_page_takes_an_operator_from_nothing_to_a_first_gang_and_back_out() throws Exception {
        try (FakeNodes nodes = FakeNodes.add(cluster, "cpu", 3, Map.of("cpu", "8", "memory", "32Gi"))) {
            nodes.names().forEach(name -> client.nodes()
                    .withName(name)
                    .patch(MERGE, "{\"metadata\":{\"labels\":{\"" + FakeNodes.POOL + "\":null}}}"));
            InstallPage page = page();
            for (InstallPage.Piece piece : page.pieces()) {
                switch (piece.language()) {
                    case "yaml" -> operator.writes(piece.file(), page.done(piece.text()));
                    case "sql" -> ask(page.done(piece.text()));
                    case "sh" -> {
                        for (String command : piece.commands()) {
                            type(page, command);
                        }
                    }
                    default -> throw new IllegalStateException("Nobody here speaks " + piece.language());
                }
            }
            assertThat(page.unused()).isEmpty();
            assertNothingIsLeft();
        }
    }

    private InstallPage page() throws IOException {
        String server = database.get("quarkus.datasource.jdbc.url").replaceFirst("^jdbc:postgresql://([^/]*)/.*", "$1");
        String user = "operator_" + USERS.incrementAndGet();
        return InstallPage.read()
                .instead("mvn -B package", ": mvn -B package", "it is built")
                .instead("docker build", ": docker build", "no container engine: ImageClusterIT reads the Dockerfile")
                .instead("&& docker push", "&& : docker push", "no registry")
                .instead("create user muster ", "create user " + user + " ", "the server has one of that name")
                .instead(
                        "create database muster owner muster",
                        "create database %s owner %s".formatted(user, user),
                        "likewise")
                .instead("username=muster", "username=" + user, "likewise")
                .instead("password '…'", "password 'from the page'", "any will do")
                .instead("=/dev/stdin", "=<(printf %s 'from the page')", "nobody types")
                .instead("db.example.com:5432/muster?sslmode=verify-full", server + "/" + user, "no TLS in between")
                .instead(
                        "  secret: muster-database",
                        """
                          secret: muster-database
                        settings:
                          QUARKUS_HTTP_PORT: "0"
                          MUSTER_WEBHOOK_PORT: "%d"
                          MUSTER_KUBERNETES_KUBECONFIG: /access/kubeconfig""".formatted(freePort()),
                        "free ports of this machine, and a file instead of what a kubelet mounts")
                .instead("kubectl -n muster port-forward", ": kubectl -n muster port-forward", "no kubelet")
                .instead("image.tag=…", "image.tag=0.2.0", "any will do")
                .instead(
                        "--confirm …",
                        "--confirm \"$(./muster teams offboard vision | sed -n 's/.*--confirm //p')\"",
                        "nobody reads");
    }

    private void type(InstallPage page, String command) throws Exception {
        Operator.Outcome outcome = operator.types(page.done(command));
        boolean mayComplain = command.startsWith("./muster doctor") || command.startsWith("./muster logs");
        assertThat(outcome.code()).as("%s%n%s", command, outcome.text()).isIn(mayComplain ? List.of(0, 1) : List.of(0));
        if (command.startsWith("helm upgrade --install")) {
            becomeThePod();
            page.instead("http://127.0.0.1:8080", service.url().orElseThrow(), "no port is fixed");
        } else if (command.startsWith("export MUSTER_TOKEN")) {
            token = operator.types("printf %s \"$MUSTER_TOKEN\"").text();
            assertThat(token).hasSizeGreaterThan(31);
        } else if (command.startsWith("./muster doctor")) {
            // What the page mends next, and what no test here can: the API server has no way to a pod.
            assertThat(failures()).containsExactly("VOLCANO_CONFIGURATION", "WEBHOOK");
        } else if (command.startsWith("./muster volcano diff")) {
            assertConfigurationOfOthersIsNotOverwritten();
        } else if (command.startsWith("./muster volcano apply")) {
            assertThat(volcano.inForce()).contains("gang");
            assertThat(failures()).containsExactly("WEBHOOK");
        } else if (command.startsWith("./muster apply -f first.yaml")) {
            awaitTheGang();
        } else if (command.startsWith("kubectl -n vision get podgroups")) {
            assertThat(outcome.text().lines().filter(line -> line.contains("Running") && line.contains("pod/")))
                    .hasSize(4);
            client.pods()
                    .inNamespace("vision")
                    .resources()
                    .forEach(pod -> pod.patch(
                            MERGE, "{\"metadata\":{\"annotations\":{\"simulation.muster.dev/run-time\":\"1ms\"}}}"));
        } else if (command.startsWith("./muster wait first")) {
            await().atMost(PATIENCE).until(() -> client.pods()
                    .inNamespace("vision")
                    .list()
                    .getItems()
                    .isEmpty());
        } else if (command.startsWith("./muster logs first")) {
            Newcomer newcomer = new Newcomer(
                    operator, client, URI.create(service.url().orElseThrow()), path -> answered("GET", path, ""));
            newcomer.adHocRun(directory);
            newcomer.stories();
        } else if (command.startsWith("helm upgrade muster")) {
            assertThat(installed().getContainers().get(0).getImage()).endsWith("/muster:0.2.0");
            assertThat(secret("muster-access", "token"))
                    .as("kept over upgrades")
                    .isEqualTo(token);
        } else if (command.startsWith("helm uninstall")) {
            endThePod();
        }
    }

    private void becomeThePod() throws Exception {
        pod = installed();
        Map<String, String> environment = new HashMap<>();
        pod.getContainers().get(0).getEnv().forEach(variable -> {
            var from = variable.getValueFrom();
            String value = from == null
                    ? variable.getValue()
                    : from.getSecretKeyRef() == null
                            ? "10.0.0.1"
                            : secret(
                                    from.getSecretKeyRef().getName(),
                                    from.getSecretKeyRef().getKey());
            environment.put(variable.getName(), value.replace("$(POD_IP)", "10.0.0.1"));
        });
        String account = Files.readString(cluster.kubeconfigOf("muster", pod.getServiceAccountName()));
        service = ChartedService.start(
                directory,
                pod,
                environment,
                Map.of("/access/token", secret("muster-access", "token"), "/access/kubeconfig", account));
        Container container = pod.getContainers().get(0);
        for (var probe :
                List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(service.runs()).as(service.output()).isTrue();
                assertThat(service.call("GET", probe.getHttpGet().getPath(), "", ""))
                        .hasValueSatisfying(
                                answer -> assertThat(answer.statusCode()).isEqualTo(200));
            });
        }
    }

    /** The rest of what it may not do, then its end, as by a kubelet. */
    private void endThePod() throws Exception {
        long user = pod.getSecurityContext().getRunAsUser();
        if (ContainerRoot.canBeSealed()) {
            assertThat(service.rootMount().split(",")).contains("ro");
        }
        if (ContainerRoot.mayBeAnybody()) {
            assertThat(service.strayed(user))
                    .as("files that it made or changed outside of its volumes")
                    .isEmpty();
            assertThat(service.status())
                    .containsEntry("Uid:", Long.toString(user))
                    .containsEntry(
                            "Gid:", Long.toString(pod.getSecurityContext().getRunAsGroup()))
                    .containsEntry("NoNewPrivs:", "1")
                    .containsEntry("CapEff:", "0000000000000000");
        }
        assertThat(service.stopsWithin(Duration.ofSeconds(pod.getTerminationGracePeriodSeconds())))
                .as(service.output())
                .isTrue();
    }

    private PodSpec installed() {
        return client.apps()
                .deployments()
                .inNamespace("muster")
                .withName("muster")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private String secret(String name, String key) {
        String value = client.secrets()
                .inNamespace("muster")
                .withName(name)
                .get()
                .getData()
                .get(key);
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private void awaitTheGang() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(answered("GET", "/api/v1/teams/vision/jobs", ""))
                .contains("\"RUNNING\""));
        assertThat(client.pods().inNamespace("vision").list().getItems())
                .hasSize(4)
                .extracting((Pod pod) -> pod.getStatus().getPhase())
                .containsOnly("Running");
    }

    private List<String> failures() throws IOException {
        return json(answered("GET", "/api/v1/doctor", "")).findParents("verdict").stream()
                .filter(check -> check.path("verdict").asText().equals("FAIL") && check.has("check"))
                .map(check -> check.path("check").asText())
                .toList();
    }

    /** What was shown is applied, and never over what somebody else has written meanwhile. */
    private void assertConfigurationOfOthersIsNotOverwritten() throws IOException {
        JsonNode before = json(answered("GET", "/api/v1/volcano", ""));
        assertThat(before.path("diff")).isNotEmpty();
        volcano.configure("actions: \"allocate\"\n");
        String confirmation = "{\"confirmation\": \"%s\"}"
                .formatted(before.path("confirmation").asText());
        assertThat(call("POST", "/api/v1/volcano:apply", confirmation).statusCode())
                .isEqualTo(409);
        assertThat(volcano.inForce()).isEqualTo("actions: \"allocate\"\n");
    }

    private void assertNothingIsLeft() throws Exception {
        for (String label : List.of(OF_THE_RELEASE, "muster.dev/installation", "muster.dev/team")) {
            assertThat(everythingWith(label)).as(label).isEmpty();
        }
        assertThat(client.namespaces().withName("vision").get()).isNull();
    }

    /** Objects of whatever kind, in all namespaces. */
    private List<String> everythingWith(String label) throws Exception {
        Operator.Outcome listed = operator.types("kubectl get \"$(kubectl api-resources --verbs=list -o name"
                + " | grep -v componentstatus | paste -sd, -)\" -A -o name -l " + label + " 2>/dev/null");
        assertThat(listed.code()).as(listed.text()).isZero();
        return listed.text().lines().toList();
    }

    private void ask(String statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.get("quarkus.datasource.jdbc.url"),
                        database.get("quarkus.datasource.username"),
                        database.get("quarkus.datasource.password"));
                Statement statement = connection.createStatement()) {
            for (String each : statements.split(";")) {
                if (!each.isBlank()) {
                    statement.execute(each);
                }
            }
        }
    }

    private String answered(String method, String path, String json) {
        HttpResponse<String> answer = call(method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return answer.body();
    }

    private HttpResponse<String> call(String method, String path, String json) {
        try {
            return service.call(method, path, token, json).orElseThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
