package dev.muster.kubernetes.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The webhook in front of a real API server: a team's service account creates, and is taken, shaped or refused. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookClusterIT {
    private static final String TEAM = "gate-vision";
    private static final String JOB = """
            {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "%s", "namespace": "%s"%s},
             "spec": {"parallelism": 2, "template": {"spec": {"restartPolicy": "Never"%s,
               "containers": [{"name": "main", "image": "none", "resources": {"requests": {"cpu": "1"}}}]}}}}""";
    private static final String POD = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s", "namespace": "%s"%s},
             "spec": {"restartPolicy": "Never"%s, "containers": [{"name": "main", "image": "none"}]}}""";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final InstantSource clock = now::get;
    private Gatehouse gate;
    private TestCluster cluster;

    @BeforeAll
    void open(TestCluster given) {
        cluster = given;
        gate = Gatehouse.open(given, TEAM, clock);
        await("the default service account")
                .atMost(Duration.ofSeconds(30))
                .until(() -> given.client()
                                .serviceAccounts()
                                .inNamespace(TEAM)
                                .withName("default")
                                .get()
                        != null);
        // The API server takes a moment to know of new configurations.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Job job = (Job) create(gate.user(), JOB.formatted("probe-" + System.nanoTime(), TEAM, "", ""));
            assertThat(job.getSpec().getSuspend()).isTrue();
        });
    }

    @AfterAll
    void close() {
        gate.close();
    }

    @Test
    void a_job_of_a_team_is_held_and_shaped() {
        Job job = (Job) create(gate.user(), JOB.formatted("held", TEAM, "", ""));
        assertThat(job.getSpec().getSuspend()).isTrue();
        assertThat(job.getMetadata().getLabels()).containsEntry("muster.dev/queue", TEAM);
        assertThat(job.getMetadata().getAnnotations())
                .containsEntry("muster.dev/submitted-by", "system:serviceaccount:" + TEAM + ":ada");
        var pod = job.getSpec().getTemplate().getSpec();
        assertThat(pod.getSchedulerName()).isEqualTo("volcano");
        assertThat(pod.getPriorityClassName()).isEqualTo("routine");
        assertThat(pod.getTolerations()).anyMatch(toleration -> "spot".equals(toleration.getKey()));
    }

    @Test
    void a_bare_pod_is_gated_with_its_classes_number() {
        Pod pod = (Pod) create(gate.user(), POD.formatted("bare", TEAM, "", ", \"priorityClassName\": \"urgent\""));
        assertThat(pod.getSpec().getSchedulingGates())
                .anyMatch(gate -> gate.getName().equals("muster.dev/queued"));
        assertThat(pod.getSpec().getPriority()).isEqualTo(10);
        Pod unnamed = (Pod) create(gate.user(), POD.formatted("plain", TEAM, "", ""));
        assertThat(unnamed.getSpec().getPriorityClassName()).isEqualTo("routine");
        assertThat(unnamed.getSpec().getPriority()).isEqualTo(2);
        assertThat(unnamed.getMetadata().getAnnotations()).containsEntry("scheduling.k8s.io/group-name", "pod-plain");
    }

    @Test
    void pods_of_a_deployment_are_gated_each() {
        create(gate.user(), """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "%s"},
                 "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}}, "template": {"metadata": {"labels": {"app": "web"}},
                   "spec": {"containers": [{"name": "main", "image": "none"}]}}}}""".formatted(TEAM));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<Pod> pods = cluster.client()
                    .pods()
                    .inNamespace(TEAM)
                    .withLabel("app", "web")
                    .list()
                    .getItems();
            assertThat(pods)
                    .hasSize(2)
                    .allMatch(pod -> !pod.getSpec().getSchedulingGates().isEmpty());
        });
    }

    @Test
    void volcanos_kinds_are_held_as_well() {
        PodGroup group = (PodGroup) create(gate.user(), """
                {"apiVersion": "scheduling.volcano.sh/v1beta1", "kind": "PodGroup", "metadata": {"name": "mine", "namespace": "%s"},
                 "spec": {"minMember": 3}}""".formatted(TEAM));
        assertThat(group.getSpec().getQueue()).isEqualTo(TEAM);
        assertThat(group.getSpec().getPriorityClassName()).isEqualTo("routine");
        var job = (io.fabric8.volcano.api.model.batch.v1alpha1.Job) create(gate.user(), """
                {"apiVersion": "batch.volcano.sh/v1alpha1", "kind": "Job", "metadata": {"name": "mpi", "namespace": "%s"},
                 "spec": {"minAvailable": 2, "tasks": [{"name": "worker", "replicas": 2, "template": {"spec": {"containers": [{"name": "main", "image": "none"}]}}}]}}""".formatted(TEAM));
        assertThat(job.getSpec().getQueue()).isEqualTo(TEAM);
        assertThat(job.getSpec().getTasks().get(0).getTemplate().getSpec().getSchedulingGates())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            , "labels": {"muster.dev/queue": "others"} | ~~ | for team 'others' only
            , "labels": {"muster.dev/queue": "nowhere"} | ~~ | which there is not
            , "labels": {"muster.dev/attempt": "x-1"} | ~~ | which only Muster writes
            ~~ | , "priorityClassName": "rush" | may not name
            ~~ | , "schedulerName": "other" | expected volcano or none
            ~~ | , "nodeName": "n" | past the scheduler
            """)
    void what_a_team_may_not_is_refused_with_what_to_do(String metadata, String spec, String message) {
        String mine = metadata == null ? "" : metadata;
        String asked = spec == null ? "" : spec;
        assertThatThrownBy(() -> create(gate.user(), POD.formatted("refused", TEAM, mine, asked)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(message);
        if (!message.contains("only Muster")) {
            assertThatThrownBy(() -> create(gate.user(), JOB.formatted("refused", TEAM, mine, asked)))
                    .hasMessageContaining(message);
        }
    }

    @Test
    void a_dry_run_leaves_nothing_and_tells_the_same() {
        HasMetadata dry = gate.user()
                .resource(JOB.formatted("dry", TEAM, "", ""))
                .dryRun()
                .create();
        assertThat(((Job) dry).getSpec().getSuspend()).isTrue();
        assertThat(cluster.client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(TEAM)
                        .withName("dry")
                        .get())
                .isNull();
    }

    @Test
    void other_namespaces_are_not_touched_even_with_the_service_down() {
        gate.stop();
        try {
            assertThatThrownBy(() -> create(gate.user(), JOB.formatted("down", TEAM, "", "")))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("hold.muster.dev");
            Job other = (Job) create(cluster.client(), JOB.formatted("other-" + System.nanoTime(), "default", "", ""));
            assertThat(other.getSpec().getSuspend()).isFalse();
            cluster.client().resource(other).delete();
            Pod system = (Pod) create(cluster.client(), POD.formatted("s-" + System.nanoTime(), "kube-system", "", ""));
            cluster.client().resource(system).withGracePeriod(0).delete();
        } finally {
            gate.startAgain();
        }
        await().atMost(Duration.ofSeconds(20))
                .ignoreException(KubernetesClientException.class)
                .until(() -> create(gate.user(), JOB.formatted("up-" + System.nanoTime(), TEAM, "", "")) != null);
    }

    @Test
    void a_webhook_that_answers_late_refuses_for_teams_only() {
        gate.answerLate();
        try {
            assertThatThrownBy(() -> create(gate.user(), JOB.formatted("late", TEAM, "", "")))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("hold.muster.dev");
            Job other = (Job) create(cluster.client(), JOB.formatted("other-" + System.nanoTime(), "default", "", ""));
            cluster.client().resource(other).delete();
        } finally {
            gate.answerAtOnce();
        }
    }

    @Test
    void muster_itself_is_not_asked_about() {
        Pod pod = (Pod) create(
                gate.muster(), POD.formatted("own", TEAM, ", \"labels\": {\"muster.dev/attempt\": \"x-1\"}", ""));
        assertThat(pod.getSpec().getSchedulingGates()).isNullOrEmpty();
    }

    @Test
    void certificates_are_renewed_while_it_serves() {
        String before = gate.keeper().certificates().serving().certificatePem();
        int authorities = gate.keeper().certificates().authorities().size();
        for (int day = 0; day < 300; day += 5) {
            now.updateAndGet(time -> time.plus(Duration.ofDays(5)));
            // The API server's clock is the machine's: only the renewal is tried here, on the Secret and the
            // configurations.
            gate.keeper().keep();
        }
        assertThat(gate.keeper().certificates().serving().certificatePem()).isNotEqualTo(before);
        assertThat(gate.keeper().certificates().authorities()).hasSizeGreaterThan(authorities);
        String told = cluster.client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName("muster-test")
                .get()
                .getWebhooks()
                .get(0)
                .getClientConfig()
                .getCaBundle();
        assertThat(new String(java.util.Base64.getDecoder().decode(told), java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo(gate.keeper().certificates().bundle());
        now.set(Instant.now());
        cluster.client()
                .secrets()
                .inNamespace(Gatehouse.HOME)
                .withName("webhook")
                .delete();
        gate.keeper().keep();
        await().atMost(Duration.ofSeconds(20))
                .ignoreException(KubernetesClientException.class)
                .until(() -> create(gate.user(), JOB.formatted("renewed-" + System.nanoTime(), TEAM, "", "")) != null);
    }

    private static HasMetadata create(KubernetesClient client, String json) {
        return client.resource(json).create();
    }
}
