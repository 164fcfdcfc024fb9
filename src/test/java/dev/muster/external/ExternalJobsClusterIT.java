package dev.muster.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.ServiceProcess;
import dev.muster.admission.Callers;
import dev.muster.admission.WebhookManifests;
import dev.muster.admission.certificate.Certificates;
import dev.muster.admission.certificate.Rotation;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.FakeKubelet;
import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.PodLife;
import dev.muster.controlplane.PodPage;
import dev.muster.controlplane.ScriptedSparkOperator;
import dev.muster.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/**
 * The whole way of a Job and of a SparkApplication that were created with a client of Kubernetes: held, planned, let go, done, their
 * output and Spark's page shown meanwhile and later; and when Muster was away.
 */
@ClusterTest
class ExternalJobsClusterIT {
    private static final String TEAM = "past-e2e";
    private static final String HOME = "muster-e2e";
    private static final String CONFIGURATION = "muster-e2e";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Certificates certificates = Rotation.USUAL.next(
            Optional.empty(), List.of("127.0.0.1"), InstantSource.system().instant());

    @Test
    void a_job_past_muster_goes_all_the_way_and_nothing_is_missed_while_muster_is_away(TestCluster cluster)
            throws Exception {
        people(cluster);
        ScriptedSparkOperator.install(cluster.client());
        int port = freePort();
        try (FakeKubelet kubelet = FakeKubelet.start((namespace, pod, container) ->
                        "%s of %s wrote this\n".formatted(container, pod).getBytes(StandardCharsets.UTF_8));
                FakeNodes nodes = FakeNodes.add(cluster, TEAM, 2, Map.of("cpu", "8", "memory", "32Gi"))
                        .servedBy(kubelet);
                ServiceProcess service = service(cluster, port);
                KubernetesClient ada = TestCluster.client(cluster.kubeconfigOf(TEAM, "ada"))) {
            assertThat(nodes.names()).hasSize(2);
            declare(service);
            try {
                apply(cluster, manifests(port).webhooks());
                eventually().ignoreException(KubernetesClientException.class).until(() -> create(
                                ada, "probe-" + System.nanoTime(), "1000", PodLife.runs())
                        .getSpec()
                        .getSuspend());
                theWholeWay(service, ada);
                anApplicationOfTheOperator(cluster, service, ada);
                whileMusterIsAway(service, ada);
            } finally {
                var v1 = cluster.client().admissionRegistration().v1();
                v1.mutatingWebhookConfigurations().withName(CONFIGURATION).delete();
                v1.validatingWebhookConfigurations().withName(CONFIGURATION).delete();
                cluster.client().namespaces().withName(TEAM).delete();
            }
        }
    }

    private static void theWholeWay(ServiceProcess service, KubernetesClient ada) {
        Job held = create(ada, "sweep", "1", PodLife.runsFor(Duration.ofSeconds(2)));
        assertThat(held.getSpec().getSuspend()).isTrue();
        eventually().untilAsserted(() -> assertThat(state(service, "sweep")).isEqualTo("SUCCEEDED"));
        JsonNode job = job(service, "sweep").orElseThrow();
        assertThat(job.at("/metadata/annotations/muster.dev~1external").asText())
                .isEqualTo("Job");
        assertThat(job.at("/metadata/team").asText()).isEqualTo(TEAM);
        Job done = ada.batch().v1().jobs().inNamespace(TEAM).withName("sweep").get();
        assertThat(done.getStatus().getSucceeded()).isEqualTo(2);
        eventually().untilAsserted(() -> assertThat(ada.batch()
                        .v1()
                        .jobs()
                        .inNamespace(TEAM)
                        .withName("sweep")
                        .get()
                        .getMetadata()
                        .getLabels())
                .doesNotContainKey("muster.dev/attempt"));
    }

    private static void anApplicationOfTheOperator(TestCluster cluster, ServiceProcess service, KubernetesClient ada)
            throws Exception {
        Optional<PodPage> page = PodPage.start();
        try (ScriptedSparkOperator operator =
                new ScriptedSparkOperator(cluster.client(), TEAM, PodLife.runs().annotations())) {
            GenericKubernetesResource application = (GenericKubernetesResource)
                    ada.resource("""
                            {"apiVersion": "sparkoperator.k8s.io/v1beta2", "kind": "SparkApplication",
                             "metadata": {"name": "pi", "namespace": "%s"},
                             "spec": {"type": "Python", "sparkVersion": "3.5.6", "mainApplicationFile": "local:///opt/spark/pi.py",
                               "sparkConf": {"spark.ui.port": "%d"}, "driver": {"memory": "512m"},
                               "executor": {"instances": 1, "memory": "512m"}}}""".formatted(TEAM, page.map(PodPage::port).orElse(4040)))
                            .create();
            Pod driver = eventually()
                    .until(
                            () -> operator.pods(application).stream()
                                    .filter(pod ->
                                            "Running".equals(pod.getStatus().getPhase()))
                                    .toList(),
                            pods -> pods.size() == 1)
                    .get(0);
            operator.executor(application, 1);
            eventually().untilAsserted(() -> assertThat(state(service, "pi")).isEqualTo("RUNNING"));
            String job = "/api/v1/teams/%s/jobs/%s"
                    .formatted(
                            TEAM,
                            job(service, "pi").orElseThrow().at("/metadata/id").asText());
            String output = job + "/logs?role=driver&index=0";
            String executors = job + "/logs?role=executor&index=0";
            assertThat(service.get(output).body()).isEqualTo("spark-kubernetes-driver of pi-driver wrote this\n");
            assertThat(service.get(executors).body()).isEqualTo("spark-kubernetes-executor of pi-exec-1 wrote this\n");
            if (page.isPresent()) {
                page.get().of(cluster.client(), driver);
                String shown = target(service, job);
                assertThat(shown).startsWith("/job-pages/");
                eventually().untilAsserted(() -> assertThat(
                                service.get(shown + "jobs/").body())
                        .contains("<title>Spark Jobs</title>", "href=\"" + shown + "stages/\""));
                assertThat(service.get(shown).headers().firstValue("Location")).contains(shown + "jobs/");
            }

            cluster.client()
                    .resource(driver)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            cluster.client()
                                    .getKubernetesSerialization()
                                    .asJson(Map.of(
                                            "metadata",
                                            Map.of(
                                                    "annotations",
                                                    PodLife.runsFor(Duration.ofMillis(1))
                                                            .annotations()))));
            eventually().untilAsserted(() -> assertThat(state(service, "pi")).isEqualTo("SUCCEEDED"));
            assertThat(target(service, job)).isEqualTo("https://history.example/spark-of-pi");
            eventually().until(() -> operator.pods(application).stream()
                    .noneMatch(pod -> pod.getMetadata().getName().equals("pi-driver")));
            assertThat(service.get(output).body())
                    .as("the same address when the pod is gone")
                    .isEqualTo("spark-kubernetes-driver of pi-driver wrote this\n");
        } finally {
            page.ifPresent(PodPage::close);
        }
    }

    /** Where Spark's page is now. */
    private static String target(ServiceProcess service, String job) throws Exception {
        var answer = service.get(job + "/links/spark-ui");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(307);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static void whileMusterIsAway(ServiceProcess service, KubernetesClient ada) throws Exception {
        create(ada, "too-large", "1000", PodLife.runs());
        eventually().untilAsserted(() -> {
            assertThat(state(service, "too-large")).isEqualTo("QUEUED");
            assertThat(job(service, "too-large")
                            .orElseThrow()
                            .at("/status/reason/message")
                            .asText())
                    .isNotEmpty();
        });
        create(ada, "runs", "1", PodLife.runsFor(Duration.ofSeconds(1)));
        eventually().untilAsserted(() -> assertThat(state(service, "runs")).isIn("LAUNCHING", "RUNNING", "SUCCEEDED"));
        service.kill();
        assertThatThrownBy(() -> create(ada, "refused", "1", PodLife.runs()))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("hold.muster.dev");
        ada.batch().v1().jobs().inNamespace(TEAM).withName("too-large").delete();
        service.start();
        eventually().untilAsserted(() -> {
            assertThat(state(service, "too-large")).isEqualTo("CANCELLED");
            assertThat(state(service, "runs")).isEqualTo("SUCCEEDED");
        });
    }

    private ServiceProcess service(TestCluster cluster, int port) throws IOException {
        ServiceProcess service = ServiceProcess.create();
        Path directory = Files.createDirectory(service.data().resolve("certificate"));
        Files.writeString(directory.resolve("tls.crt"), certificates.serving().certificatePem());
        Files.writeString(directory.resolve("tls.key"), certificates.serving().keyPem());
        return service.with("muster.cluster", "KUBERNETES")
                .with(
                        "muster.kubernetes.kubeconfig",
                        cluster.kubeconfigOf(HOME, "muster").toString())
                .with("muster.links.spark-ui", "https://history.example/{{spark.app}}")
                .with("muster.webhook.enabled", "true")
                .with("muster.webhook.host", "127.0.0.1")
                .with("muster.webhook.port", Integer.toString(port))
                .with("muster.webhook.certificates", directory.toString())
                .with("muster.webhook.users", "system:serviceaccount:" + HOME + ":muster")
                .start();
    }

    private WebhookManifests manifests(int port) {
        return new WebhookManifests(
                CONFIGURATION,
                WebhookManifests.Client.url("https://127.0.0.1:" + port, certificates.bundle()),
                new Callers(Set.of("system:serviceaccount:" + HOME + ":muster"), Callers.CONTROLLERS),
                5,
                List.of("kube-system", HOME));
    }

    private static void declare(ServiceProcess service) throws Exception {
        put(service, "/api/v1/queues/" + TEAM, "{\"kind\":\"Queue\",\"metadata\":{\"name\":\"%s\"},\"spec\":{}}");
        put(
                service,
                "/api/v1/teams/" + TEAM,
                "{\"kind\":\"Team\",\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"queue\":\"%1$s\",\"namespace\":\"%1$s\"}}");
        put(
                service,
                "/api/v1/pools/" + TEAM,
                "{\"kind\":\"Pool\",\"metadata\":{\"name\":\"%s\"},\"spec\":{\"nodes\":2,\"resources\":{\"cpu\":\"8\",\"memory\":\"32Gi\"}}}");
    }

    private static void put(ServiceProcess service, String path, String json) throws Exception {
        var answer = service.send("PUT", path, json.formatted(TEAM));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private static Job create(KubernetesClient ada, String name, String cpu, PodLife life) {
        return (Job) ada.resource("""
                        {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "%s", "namespace": "%s"},
                         "spec": {"parallelism": 2, "completions": 2, "template": {"metadata": {"annotations": %s},
                           "spec": {"restartPolicy": "Never", "nodeSelector": {"%s": "%s"}, "containers": [
                             {"name": "main", "image": "none", "resources": {"requests": {"cpu": "%s"}}}]}}}}""".formatted(
                                name,
                                TEAM,
                                ada.getKubernetesSerialization().asJson(life.annotations()),
                                FakeNodes.POOL,
                                TEAM,
                                cpu))
                .create();
    }

    private static String state(ServiceProcess service, String name) {
        return job(service, name).map(job -> job.at("/status/state").asText()).orElse("not there");
    }

    private static Optional<JsonNode> job(ServiceProcess service, String name) {
        try {
            for (JsonNode job : JSON.readTree(service.get("/api/v1/teams/" + TEAM + "/jobs?pageSize=100")
                            .body())
                    .path("items")) {
                if (job.at("/metadata/name").asText().equals(name)) {
                    return Optional.of(job);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void people(TestCluster cluster) {
        apply(cluster, """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: %2$s, labels: {muster.dev/team: %2$s}}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: muster, namespace: %1$s}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: ada, namespace: %2$s}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: muster-e2e}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: ServiceAccount, namespace: %1$s, name: muster}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: ada, namespace: %2$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
                subjects: [{kind: ServiceAccount, namespace: %2$s, name: ada}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: spark, namespace: %2$s}
                rules: [{apiGroups: [sparkoperator.k8s.io], resources: [sparkapplications], verbs: ['*']}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: ada-spark, namespace: %2$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: spark}
                subjects: [{kind: ServiceAccount, namespace: %2$s, name: ada}]
                ---
                apiVersion: scheduling.k8s.io/v1
                kind: PriorityClass
                metadata: {name: routine}
                value: 2
                preemptionPolicy: Never
                ---
                apiVersion: scheduling.volcano.sh/v1beta1
                kind: Queue
                metadata: {name: %2$s}
                spec: {}
                """.formatted(HOME, TEAM));
    }

    private static void apply(TestCluster cluster, String yaml) {
        cluster.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(
                        item -> cluster.client().resource(item).forceConflicts().serverSideApply());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }
}
