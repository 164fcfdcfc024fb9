package dev.muster.kubernetes.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server itself keeps from changing, with the service down all the while. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoliciesClusterIT {
    private static final String TEAM = "gate-nlp";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final PatchContext DRY = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withDryRun(List.of("All"))
            .build();

    private Gatehouse gate;
    private TestCluster cluster;

    @BeforeAll
    void open(TestCluster given) {
        cluster = given;
        gate = Gatehouse.open(given, TEAM);
        await("the default service account")
                .atMost(Duration.ofSeconds(30))
                .until(() -> given.client()
                                .serviceAccounts()
                                .inNamespace(TEAM)
                                .withName("default")
                                .get()
                        != null);
        await().atMost(Duration.ofSeconds(30))
                .ignoreException(KubernetesClientException.class)
                .until(() -> held("probe-" + System.nanoTime()));
        make();
        gate.stop();
    }

    @AfterAll
    void close() {
        gate.close();
    }

    private boolean held(String name) {
        return gate.user()
                        .resource("""
                        {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "%s", "namespace": "%s"},
                         "spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "main", "image": "none"}]}}}}""".formatted(name, TEAM))
                        .create()
                        .getMetadata()
                        .getLabels()
                != null;
    }

    private void make() {
        for (String object : new String[] {"""
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "%s"},
             "spec": {"restartPolicy": "Never", "containers": [{"name": "main", "image": "none", "resources": {"requests": {"cpu": "1"}}}]}}""", """
            {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "j", "namespace": "%s"},
             "spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "main", "image": "none"}]}}}}""", """
            {"apiVersion": "scheduling.volcano.sh/v1beta1", "kind": "PodGroup", "metadata": {"name": "g", "namespace": "%s"},
             "spec": {"minMember": 3}}""", """
            {"apiVersion": "batch.volcano.sh/v1alpha1", "kind": "Job", "metadata": {"name": "v", "namespace": "%s"},
             "spec": {"minAvailable": 1, "tasks": [{"name": "worker", "replicas": 1, "template": {"spec": {"containers": [{"name": "main", "image": "none"}]}}}]}}"""}) {
            gate.user().resource(object.formatted(TEAM)).create();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Pod | p | {"metadata":{"labels":{"muster.dev/queue":"shared"}}}        | Labels under muster.dev/
            Pod | p | {"metadata":{"labels":{"muster.dev/attempt":"x-1"}}}         | Labels under muster.dev/
            Pod | p | {"metadata":{"annotations":{"muster.dev/submitted-by":null}}} | Annotations under muster.dev/
            Pod | p | {"metadata":{"annotations":{"scheduling.k8s.io/group-name":"other"}}} | PodGroup of a pod
            Pod | p | {"spec":{"schedulingGates":[]}}                              | gate muster.dev/queued
            Job | j | {"spec":{"suspend":false}}                                   | started and suspended by Muster alone
            Job | j | {"spec":{"parallelism":5}}                                   | parallelism and completions
            Job | j | {"spec":{"template":{"metadata":{"annotations":{"a":"b"}}}}} | Template, parallelism
            Job | j | {"metadata":{"labels":{"muster.dev/queue":"shared"}}}        | Labels under muster.dev/
            PodGroup | g | {"spec":{"minMember":1}}                                | spec.minMember is kept
            PodGroup | g | {"spec":{"queue":"others"}}                             | spec.queue is kept
            PodGroup | g | {"spec":{"priorityClassName":"rush"}}                   | spec.priorityClassName is kept
            PodGroup | g | {"spec":{"minTaskMember":{"a":1}}}                      | spec.minTaskMember is kept
            VolcanoJob | v | {"spec":{"queue":"others"}}                           | spec.queue is kept
            VolcanoJob | v | {"spec":{"minAvailable":5}}                           | spec.minAvailable is kept
            VolcanoJob | v | {"spec":{"tasks":[]}}                                 | spec.tasks is kept
            """)
    void what_was_checked_stays_as_it_is(String kind, String name, String patch, String message) {
        refused(message, () -> patch(gate.user(), DRY, kind, name, patch));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Pod | p | {"metadata":{"labels":{"mine":"x"},"annotations":{"mine":"x"}}}
            Job | j | {"metadata":{"labels":{"mine":"x"}},"spec":{"backoffLimit":3}}
            PodGroup | g | {"metadata":{"labels":{"mine":"x"}},"status":{"phase":"Inqueue"}}
            VolcanoJob | v | {"metadata":{"annotations":{"mine":"x"}}}
            """)
    void everything_else_changes_while_muster_is_down(String kind, String name, String patch) {
        assertThat(patch(gate.user(), MERGE, kind, name, patch)).isNotNull();
    }

    @Test
    void muster_may_do_all_of_it() {
        patch(gate.muster(), MERGE, "PodGroup", "g", "{\"metadata\":{\"labels\":{\"muster.dev/attempt\":\"x-1\"}}}");
        patch(gate.muster(), MERGE, "PodGroup", "g", "{\"metadata\":{\"labels\":{\"muster.dev/attempt\":null}}}");
    }

    @Test
    void a_pod_is_not_resized_past_its_charge() {
        refused(
                "charged what it was created with",
                () -> gate.user()
                        .pods()
                        .inNamespace(TEAM)
                        .withName("p")
                        .subresource("resize")
                        .patch(
                                DRY,
                                "{\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"none\",\"resources\":{\"requests\":{\"cpu\":\"2\"}}}]}}"));
    }

    @Test
    void the_label_that_makes_a_namespace_a_teams_is_not_taken_off() {
        gate.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: muster-test-namespaces}
                rules: [{apiGroups: [''], resources: [namespaces], verbs: ['*']}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: muster-test-namespaces}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: muster-test-namespaces}
                subjects: [{kind: ServiceAccount, namespace: %s, name: ada}]
                """.formatted(TEAM));
        refused("what makes a namespace a team's", () -> gate.user()
                .namespaces()
                .withName(TEAM)
                .patch(DRY, "{\"metadata\":{\"labels\":{\"muster.dev/team\":null}}}"));
    }

    /** Only tried: done before the API server has read the policy, which it does for each by itself, it would be done for all tests. */
    private static void refused(String message, ThrowableAssert.ThrowingCallable attempt) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThatThrownBy(attempt)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(message));
    }

    private static HasMetadata patch(
            KubernetesClient client, PatchContext how, String kind, String name, String patch) {
        return switch (kind) {
            case "Pod" -> client.pods().inNamespace(TEAM).withName(name).patch(how, patch);
            case "Job" ->
                client.batch().v1().jobs().inNamespace(TEAM).withName(name).patch(how, patch);
            case "PodGroup" ->
                client.resources(io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup.class)
                        .inNamespace(TEAM)
                        .withName(name)
                        .patch(how, patch);
            default ->
                client.resources(io.fabric8.volcano.api.model.batch.v1alpha1.Job.class)
                        .inNamespace(TEAM)
                        .withName(name)
                        .patch(how, patch);
        };
    }
}
