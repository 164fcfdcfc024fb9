package dev.muster.kubernetes.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.TestCluster;
import dev.muster.kubernetes.Labels;
import dev.muster.kubernetes.volcanoconfig.InForce;
import dev.muster.volcano.render.Rendering;
import dev.muster.volcano.render.Wanted;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One thing broken at a time on a real API server: the doctor finds that one, and says the mend. */
@ClusterTest
class DoctorClusterIT {
    private static final String TEXT = Rendering.of(Wanted.standard(Set.of()));
    private static final Expected.VolcanoPlace PLACE =
            new Expected.VolcanoPlace("sick-volcano", "volcano-scheduler-configmap", "volcano-scheduler.conf");

    private final TestCluster cluster;
    private final KubernetesClient client;

    DoctorClusterIT(TestCluster cluster) {
        this.cluster = cluster;
        client = cluster.client();
        namespace("sick-volcano");
        namespace("sick-muster");
    }

    @AfterEach
    void tidy() {
        client.configMaps().inNamespace(PLACE.namespace()).delete();
        client.apps().deployments().inNamespace(PLACE.namespace()).delete();
    }

    private Diagnosis ask(Check check) {
        return ClusterDoctor.look(check);
    }

    private static Expected expected(Map<String, Map<String, String>> queues, Map<String, String> namespaces) {
        return new Expected(
                "sick-muster",
                "sick-webhook",
                PLACE,
                TEXT,
                new TreeMap<>(queues),
                new TreeMap<>(namespaces),
                new TreeMap<>(Map.of("sick-rush", new Expected.Priority(100, true))));
    }

    @Test
    void a_cluster_that_answers_has_volcanos_kinds_and_the_time() {
        assertThat(ask(new ApiServerCheck(client)).verdict()).isEqualTo(Diagnosis.Verdict.OK);
        assertThat(ask(new KindsCheck(client)).verdict()).isEqualTo(Diagnosis.Verdict.OK);
        assertThat(ask(new ClockCheck(client, "sick-muster", InstantSource.system()))
                        .verdict())
                .isEqualTo(Diagnosis.Verdict.OK);
    }

    @Test
    void a_clock_that_is_wrong_is_told_by_how_much() {
        InstantSource late = () -> InstantSource.system().instant().minus(5, ChronoUnit.MINUTES);
        assertThat(ask(new ClockCheck(client, "sick-muster", late))).satisfies(found -> {
            assertThat(found.verdict()).isEqualTo(Diagnosis.Verdict.FAIL);
            assertThat(found.seen()).matches("(299|300|301|302) s apart from the API server");
        });
    }

    @Test
    void an_api_server_that_does_not_answer_is_said_once_and_nothing_else_is_guessed() {
        Config nowhere = Config.fromKubeconfig("""
                apiVersion: v1
                kind: Config
                current-context: a
                contexts:
                - {name: a, context: {cluster: a, user: a}}
                users:
                - {name: a, user: {token: none}}
                clusters:
                - {name: a, cluster: {server: 'https://127.0.0.1:1'}}
                """);
        nowhere.setRequestRetryBackoffLimit(0);
        try (KubernetesClient away =
                new KubernetesClientBuilder().withConfig(nowhere).build()) {
            List<Diagnosis> found =
                    new ClusterDoctor(away, expected(Map.of(), Map.of()), InstantSource.system()).examine();
            assertThat(found).allMatch(diagnosis -> diagnosis.verdict() == Diagnosis.Verdict.FAIL);
            assertThat(found.get(0).seen()).startsWith("the API server does not answer");
            assertThat(found.subList(1, found.size()))
                    .allMatch(diagnosis -> diagnosis.seen().startsWith("not looked at"));
        }
    }

    @Test
    void an_account_without_rights_is_told_which_are_missing_and_no_check_breaks_for_it() {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("weak")
                        .withNamespace("sick-muster")
                        .endMetadata()
                        .build())
                .serverSideApply();
        try (KubernetesClient weak = TestCluster.client(cluster.kubeconfigOf("sick-muster", "weak"))) {
            List<Diagnosis> found =
                    new ClusterDoctor(weak, expected(Map.of(), Map.of()), InstantSource.system()).examine();
            assertThat(named(found, "RIGHTS").seen())
                    .startsWith("%1$d of %1$d rights are missing: get pods"
                            .formatted(Need.all().size()));
            assertThat(named(found, "AUTOSCALER").seen())
                    .startsWith("could not be looked at")
                    .contains("forbidden");
            assertThat(named(found, "API_SERVER").verdict()).isEqualTo(Diagnosis.Verdict.OK);
        }
        assertThat(ask(new RightsCheck(client, "sick-muster", "sick-volcano")).verdict())
                .isEqualTo(Diagnosis.Verdict.OK);
    }

    @Test
    void volcano_that_is_not_there_or_not_ready_is_told() {
        VolcanoCheck check = new VolcanoCheck(client, PLACE, "scheduler", "volcano-scheduler");
        assertThat(ask(check).seen()).isEqualTo("no deployment volcano-scheduler in namespace sick-volcano");
        deploy("sick-volcano", "volcano-scheduler", List.of());
        assertThat(ask(check).seen()).isEqualTo("sick-volcano/volcano-scheduler has no ready replica");
        try (FakeNodes nodes = FakeNodes.add(cluster, "sick", 1, Map.of("cpu", "8", "memory", "8Gi", "pods", "10"))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> ask(check).seen().equals("sick-volcano/volcano-scheduler has 1 ready"));
            assertThat(nodes.names()).hasSize(1);
            client.apps().deployments().inNamespace(PLACE.namespace()).delete();
        }
    }

    @Test
    void a_configuration_that_is_not_musters_is_told_with_the_rules_it_breaks() {
        ConfigurationCheck check = new ConfigurationCheck(client, expected(Map.of(), Map.of()));
        assertThat(ask(check).verdict()).isEqualTo(Diagnosis.Verdict.FAIL);
        configure("actions: \"enqueue, allocate, preempt, backfill\"\ntiers: []\n");
        assertThat(ask(check)).satisfies(found -> {
            assertThat(found.verdict()).isEqualTo(Diagnosis.Verdict.FAIL);
            assertThat(found.seen()).contains("differs from what Muster renders; findings: ", "GANG_MISSING");
        });
        configure(TEXT.replace("binpack.weight: 1", "binpack.weight: 2"));
        assertThat(ask(check).verdict()).as("other, and harmless").isEqualTo(Diagnosis.Verdict.WARN);
        configure(TEXT);
        assertThat(ask(check).verdict()).isEqualTo(Diagnosis.Verdict.OK);
    }

    @Test
    void what_is_written_replaces_what_was_seen_and_nothing_that_changed_meanwhile() {
        InForce inForce = new InForce(client, PLACE.namespace(), PLACE.configMap(), PLACE.key());
        assertThat(inForce.write(TEXT, "")).as("there is none").isFalse();
        configure("old");
        assertThat(inForce.write(TEXT, "older")).isFalse();
        assertThat(inForce.write(TEXT, "old")).isTrue();
        assertThat(inForce.read()).contains(TEXT);
        assertThat(client.configMaps()
                        .inNamespace(PLACE.namespace())
                        .withName(PLACE.configMap())
                        .get()
                        .getData())
                .as("what else is in it stays")
                .containsKey("other");
    }

    @Test
    void a_queue_that_somebody_changed_is_told() {
        client.resource(new QueueBuilder()
                        .withNewMetadata()
                        .withName("sick-queue")
                        .endMetadata()
                        .withNewSpec()
                        .withCapability(Map.of("cpu", new Quantity("4")))
                        .endSpec()
                        .build())
                .serverSideApply();
        assertThat(ask(new QueuesCheck(client, expected(Map.of("sick-queue", Map.of("cpu", "4000m")), Map.of())))
                        .verdict())
                .isEqualTo(Diagnosis.Verdict.OK);
        assertThat(ask(new QueuesCheck(client, expected(Map.of("sick-queue", Map.of("cpu", "5")), Map.of())))
                        .seen())
                .isEqualTo("changed by somebody: sick-queue");
        client.resources(io.fabric8.volcano.api.model.scheduling.v1beta1.Queue.class)
                .withName("sick-queue")
                .delete();
    }

    @Test
    void a_priority_class_that_is_missing_or_other_is_told() {
        PrioritiesCheck check = new PrioritiesCheck(client, expected(Map.of(), Map.of()));
        assertThat(ask(check).seen()).isEqualTo("missing: sick-rush");
        client.resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName("sick-rush")
                        .endMetadata()
                        .withValue(7)
                        .withPreemptionPolicy("Never")
                        .build())
                .create();
        assertThat(ask(check).seen()).isEqualTo("not as Muster has them: sick-rush is 7, never preempts");
    }

    @Test
    void a_team_without_its_namespace_or_label_is_told() {
        Expected teams = expected(Map.of(), Map.of("vision", "sick-vision", "nlp", "sick-nlp"));
        namespace("sick-vision");
        assertThat(ask(new NamespacesCheck(client, teams)).seen())
                .isEqualTo(
                        "sick-nlp of team nlp is not there, sick-vision of team vision lacks the label " + Labels.TEAM);
    }

    @Test
    void an_autoscaler_that_would_pass_over_placeholders_is_told() {
        deploy("sick-volcano", "cluster-autoscaler", List.of("--expendable-pods-priority-cutoff=10"));
        assertThat(ask(new AutoscalerCheck(client)).seen())
                .contains(
                        "--expendable-pods-priority-cutoff=10: placeholders", "without --scale-down-delay-type-local");
        client.apps().deployments().inNamespace("sick-volcano").delete();
        deploy("sick-volcano", "cluster-autoscaler", List.of("--expander=priority", "--scale-down-delay-type-local"));
        assertThat(ask(new AutoscalerCheck(client))).satisfies(found -> {
            assertThat(found.verdict()).isEqualTo(Diagnosis.Verdict.OK);
            assertThat(found.seen())
                    .isEqualTo(
                            "sick-volcano/cluster-autoscaler with --expander=priority --scale-down-delay-type-local");
        });
    }

    @Test
    void a_webhook_that_is_not_registered_not_trusted_or_not_there_is_told() {
        WebhookCheck check = new WebhookCheck(client, "sick-webhook", InstantSource.system());
        assertThat(ask(check).seen()).startsWith("no MutatingWebhookConfiguration sick-webhook");
        webhook("");
        assertThat(ask(check).seen()).startsWith("sick-webhook has no caBundle");
        webhook(java.util.Base64.getEncoder()
                .encodeToString(
                        Config.fromKubeconfig(cluster.kubeconfig().toFile()).getCaCertData() == null
                                ? new byte[0]
                                : java.util.Base64.getDecoder()
                                        .decode(Config.fromKubeconfig(
                                                        cluster.kubeconfig().toFile())
                                                .getCaCertData())));
        assertThat(ask(check)).satisfies(found -> {
            assertThat(found.verdict()).isEqualTo(Diagnosis.Verdict.FAIL);
            assertThat(found.seen()).startsWith("127.0.0.1:1 ");
        });
        client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName("sick-webhook")
                .delete();
    }

    private void webhook(String bundle) {
        client.resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName("sick-webhook")
                        .endMetadata()
                        .addNewWebhook()
                        .withName("hold.sick.dev")
                        .withAdmissionReviewVersions("v1")
                        .withSideEffects("None")
                        .withNewClientConfig()
                        .withUrl("https://127.0.0.1:1/x")
                        .withCaBundle(bundle.isEmpty() ? null : bundle)
                        .endClientConfig()
                        .withNewNamespaceSelector()
                        .addToMatchLabels("nobody", "has-this")
                        .endNamespaceSelector()
                        .endWebhook()
                        .build())
                .serverSideApply();
    }

    private void configure(String text) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(PLACE.configMap())
                        .withNamespace(PLACE.namespace())
                        .endMetadata()
                        .addToData(PLACE.key(), text)
                        .addToData("other", "stays")
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    private void deploy(String namespace, String name, List<String> arguments) {
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeSelector(Map.of(FakeNodes.POOL, "sick"))
                        .addNewContainer()
                        .withName("c")
                        .withImage("i")
                        .withCommand(arguments)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private static Diagnosis named(List<Diagnosis> found, String check) {
        return found.stream()
                .filter(diagnosis -> diagnosis.check().equals(check))
                .findFirst()
                .orElseThrow();
    }
}
