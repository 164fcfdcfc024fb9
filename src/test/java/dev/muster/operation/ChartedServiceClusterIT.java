package dev.muster.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.TestCluster;
import dev.muster.embedded.TestDatabase;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart's container as a process: the image's command with the rendered environment, as the chart's user without capabilities,
 * under the chart's service account on a real API server, with a PostgreSQL that is not its own.
 */
@ClusterTest
class ChartedServiceClusterIT {
    private static final String HOME = "muster-charted";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Set<String> OF_THE_ACCOUNT =
            Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");

    @TempDir
    Path root;

    @Test
    void the_charts_container_starts_a_gang_and_writes_nowhere_but_into_its_volumes(TestCluster cluster)
            throws Exception {
        KubernetesClient client = cluster.client();
        for (String name : List.of(HOME, "volcano-system", HOME + "-team")) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
        Map<String, String> database = TestDatabase.empty();
        List<HasMetadata> objects = rendered(client, database.get("quarkus.datasource.jdbc.url"));
        objects.stream()
                .filter(object -> OF_THE_ACCOUNT.contains(object.getKind()))
                .forEach(object -> client.resource(object).serverSideApply());
        Deployment deployment = objects.stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
        var pod = deployment.getSpec().getTemplate().getSpec();
        long user = pod.getSecurityContext().getRunAsUser();
        Container container = pod.getContainers().get(0);
        String account = Files.readString(cluster.kubeconfigOf(HOME, pod.getServiceAccountName()));
        try (FakeNodes nodes = FakeNodes.add(cluster, HOME, 1, Map.of("cpu", "8", "memory", "32Gi"));
                ChartedService service = ChartedService.start(
                        root,
                        user,
                        container,
                        Map.of(
                                "POD_IP", "127.0.0.1",
                                "QUARKUS_DATASOURCE_USERNAME", database.get("quarkus.datasource.username"),
                                "QUARKUS_DATASOURCE_PASSWORD", database.get("quarkus.datasource.password")),
                        Map.of("/access/token", TOKEN, "/access/kubeconfig", account))) {
            assertThat(nodes.names()).hasSize(1);
            for (var probe :
                    List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
                await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                    assertThat(service.runs()).as(service.output()).isTrue();
                    assertThat(service.call("GET", probe.getHttpGet().getPath(), "", ""))
                            .hasValueSatisfying(
                                    answer -> assertThat(answer.statusCode()).isEqualTo(200));
                });
            }
            runAGang(service);
            configureVolcano(service, client);
            assertThat(service.written())
                    .as("files that it holds open to write")
                    .allMatch(file -> file.startsWith(root.resolve("data"))
                            || file.startsWith("/tmp")
                            || file.equals(root.resolve("output.log")));
            if (ChartedService.mayBeAnybody()) {
                assertThat(service.status())
                        .containsEntry("Uid:", Long.toString(user))
                        .containsEntry("NoNewPrivs:", "1")
                        .containsEntry("CapEff:", "0000000000000000");
            }
            assertThat(service.stopsWithin(Duration.ofSeconds(pod.getTerminationGracePeriodSeconds())))
                    .as(service.output())
                    .isTrue();
        } finally {
            client.namespaces().withName(HOME + "-team").delete();
        }
    }

    private static void runAGang(ChartedService service) {
        put(service, "/api/v1/queues/" + HOME, "{\"kind\":\"Queue\",\"metadata\":{\"name\":\"%1$s\"},\"spec\":{}}");
        put(
                service,
                "/api/v1/teams/" + HOME,
                "{\"kind\":\"Team\",\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"queue\":\"%1$s\",\"namespace\":\"%1$s-team\"}}");
        put(
                service,
                "/api/v1/pools/" + HOME,
                "{\"kind\":\"Pool\",\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"nodes\":1,\"resources\":{\"cpu\":\"8\"}}}");
        answered(service, "POST", "/api/v1/teams/" + HOME + "/jobs", """
                {"kind": "Job", "metadata": {"name": "first", "annotations": {"simulation.muster.dev/run-time": "300ms"}},
                 "spec": {"roles": [{"name": "worker", "count": 3, "image": "registry.example.com/worker:1",
                   "resources": {"cpu": "1"}}]}}""");
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(service.call("GET", "/api/v1/teams/" + HOME + "/jobs", TOKEN, ""))
                        .hasValueSatisfying(answer -> assertThat(answer.body()).contains("\"SUCCEEDED\"")));
    }

    /** Shown first, applied when asked for with what was shown, and never over what somebody else has written meanwhile. */
    private static void configureVolcano(ChartedService service, KubernetesClient client) throws IOException {
        configMap(client, "actions: \"enqueue, allocate\"\n");
        JsonNode before = json(answered(service, "GET", "/api/v1/volcano", ""));
        assertThat(before.path("inForce").asText()).contains("enqueue, allocate");
        assertThat(before.path("diff")).isNotEmpty();
        String confirmation = "{\"confirmation\": \"%s\"}"
                .formatted(before.path("confirmation").asText());
        configMap(client, "actions: \"allocate\"\n");
        assertThat(status(service, "POST", "/api/v1/volcano:apply", confirmation))
                .isEqualTo(409);
        assertThat(inForce(client)).isEqualTo("actions: \"allocate\"\n");
        JsonNode again = json(answered(service, "GET", "/api/v1/volcano", ""));
        answered(
                service,
                "POST",
                "/api/v1/volcano:apply",
                "{\"confirmation\": \"%s\"}"
                        .formatted(again.path("confirmation").asText()));
        assertThat(inForce(client)).isEqualTo(again.path("wanted").asText()).contains("gang");
        assertThat(json(answered(service, "GET", "/api/v1/volcano", "")).path("diff"))
                .isEmpty();
    }

    private static void configMap(KubernetesClient client, String text) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("volcano-scheduler-configmap")
                        .withNamespace("volcano-system")
                        .endMetadata()
                        .addToData("volcano-scheduler.conf", text)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    private static String inForce(KubernetesClient client) {
        return client.configMaps()
                .inNamespace("volcano-system")
                .withName("volcano-scheduler-configmap")
                .get()
                .getData()
                .get("volcano-scheduler.conf");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static void put(ChartedService service, String path, String json) {
        answered(service, "PUT", path, json.formatted(HOME));
    }

    private static String answered(ChartedService service, String method, String path, String json) {
        HttpResponse<String> answer = call(service, method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return answer.body();
    }

    private static int status(ChartedService service, String method, String path, String json) {
        return call(service, method, path, json).statusCode();
    }

    private static HttpResponse<String> call(ChartedService service, String method, String path, String json) {
        try {
            return service.call(method, path, TOKEN, json).orElseThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** With ports that are free here, and the kubeconfig instead of what a kubelet mounts. */
    private List<HasMetadata> rendered(KubernetesClient client, String database)
            throws IOException, InterruptedException {
        String helm = System.getProperty("muster.helm", "");
        if (helm.isEmpty()) {
            helm = said(List.of("../tools/controlplane/build", "helm")).strip();
        }
        List<String> command = new ArrayList<>(List.of(helm + "/helm", "template", "muster", "../deploy/helm/muster"));
        command.addAll(List.of("-n", HOME, "--kube-version", "1.36.0"));
        for (String value : List.of(
                "image.repository=registry.example.com/muster",
                "database.secret=muster-database",
                "database.url=" + database,
                "settings.QUARKUS_HTTP_PORT=0",
                "settings.MUSTER_WEBHOOK_PORT=" + freePort(),
                "settings.MUSTER_KUBERNETES_KUBECONFIG=/access/kubeconfig")) {
            command.addAll(List.of("--set-string", value));
        }
        return client.load(new ByteArrayInputStream(said(command).getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return text;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
