package dev.muster.kubernetes.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.FakeKubelet;
import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.PodLife;
import dev.muster.controlplane.TestCluster;
import dev.muster.kubernetes.admission.Gatehouse;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a team creates with its own client is held, launched whole, followed, evicted and let go, on a real API server. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExternalWorkClusterIT {
    private static final String TEAM = "gate-past";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final FakeKubelet kubelet = FakeKubelet.start(
            (namespace, pod, container) -> (container + " of " + pod + "\n").getBytes(StandardCharsets.UTF_8));
    private TestCluster cluster;
    private Gatehouse gate;
    private FakeNodes nodes;
    private WithExternalWork work;

    @BeforeAll
    void open(TestCluster given) {
        cluster = given;
        nodes = FakeNodes.add(given, "past", 2, Map.of("cpu", "8", "memory", "32Gi"))
                .servedBy(kubelet);
        gate = Gatehouse.open(given, TEAM);
        given.client()
                .resource(new io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder()
                        .withNewMetadata()
                        .withName(TEAM)
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build())
                .serverSideApply();
        work = restarted();
        eventually()
                .until(() -> given.client()
                                .serviceAccounts()
                                .inNamespace(TEAM)
                                .withName("default")
                                .get()
                        != null);
        eventually().ignoreException(KubernetesClientException.class).until(() -> job(
                        "probe-" + System.nanoTime(), 1, PodLife.runs())
                .getSpec()
                .getSuspend());
    }

    @AfterAll
    void close() {
        work.close();
        gate.close();
        cluster.client().resources(Queue.class).withName(TEAM).delete();
        nodes.close();
        kubelet.close();
    }

    @Test
    void a_job_is_held_launched_and_done() {
        job("runs", 2, PodLife.runsFor(Duration.ofSeconds(3)));
        ExternalWork held = seen(ExternalRef.Kind.JOB, "runs", ExternalWork.Phase.HELD);
        assertThat(held.submittedBy()).isEqualTo("system:serviceaccount:" + TEAM + ":ada");
        assertThat(held.roles().get(0).pods()).isEqualTo(2);
        assertThat(held.roles().get(0).template().resources().asMap()).containsEntry("cpu", 1_000L);
        assertThat(pods("runs")).isEmpty();

        Gang gang = launch(held);
        eventually().untilAsserted(() -> assertThat(phases(gang)).containsEntry(PodPhase.RUNNING, 2L));
        eventually().untilAsserted(() -> assertThat(phases(gang)).containsEntry(PodPhase.SUCCEEDED, 2L));
        letGo(gang);
        assertThat(cluster.client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(TEAM)
                        .withName("runs")
                        .get()
                        .getStatus()
                        .getSucceeded())
                .isEqualTo(2);
    }

    @Test
    void the_output_of_a_pod_of_several_containers_is_that_of_the_one_it_means() {
        assertThat(output("means", "{\"kubectl.kubernetes.io/default-container\": \"compute\"}"))
                .startsWith("compute of means-");
        assertThat(output("says-nothing", "{}")).startsWith("proxy of says-nothing-");
    }

    private String output(String name, String notes) {
        gate.user()
                .resource("""
                        {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "%s", "namespace": "%s"},
                         "spec": {"backoffLimit": 0, "template": {"metadata": {"annotations": %s},
                           "spec": {"restartPolicy": "Never", "nodeSelector": {"%s": "%s"}, "containers": [
                             {"name": "proxy", "image": "none", "resources": {"requests": {"cpu": "1"}}},
                             {"name": "compute", "image": "none", "resources": {"requests": {"cpu": "1"}}}]}}}}""".formatted(name, TEAM, notes, FakeNodes.POOL, nodes.pool()))
                .create();
        Gang gang = launch(seen(ExternalRef.Kind.JOB, name, ExternalWork.Phase.HELD));
        eventually().untilAsserted(() -> assertThat(phases(gang)).hasSize(1).doesNotContainKey(PodPhase.PENDING));
        PodRef pod = new PodRef(gang.id(), gang.members().get(0).role(), 0);
        String read = eventually()
                .until(
                        () -> new String(work.log(pod, 0, 1_000).bytes(), StandardCharsets.UTF_8),
                        text -> !text.isEmpty());
        letGo(gang);
        return read;
    }

    @Test
    void a_job_is_evicted_whole_and_launched_again() {
        job("twice", 2, PodLife.runs());
        Gang first = launch(seen(ExternalRef.Kind.JOB, "twice", ExternalWork.Phase.HELD));
        eventually().untilAsserted(() -> assertThat(phases(first)).containsEntry(PodPhase.RUNNING, 2L));
        letGo(first);
        assertThat(pods("twice")).allMatch(Notes::isGoing);
        Gang second = launch(seen(ExternalRef.Kind.JOB, "twice", ExternalWork.Phase.HELD));
        eventually().untilAsserted(() -> assertThat(phases(second)).containsEntry(PodPhase.RUNNING, 2L));
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(pods("twice").stream().filter(pod -> !Notes.isGoing(pod)))
                .hasSize(2)
                .allSatisfy(pod -> assertThat(poolsOf(pod)).containsExactly(nodes.pool()));
        letGo(second);
    }

    @Test
    void a_job_that_fails_has_failed() {
        job("breaks", 1, PodLife.failsAfter(Duration.ofMillis(300), 3));
        Gang gang = launch(seen(ExternalRef.Kind.JOB, "breaks", ExternalWork.Phase.HELD));
        eventually().untilAsserted(() -> assertThat(phases(gang)).containsEntry(PodPhase.FAILED, 1L));
        letGo(gang);
    }

    @Test
    void gates_of_a_gang_of_pods_come_off_together() {
        pod("g-0", "gang", 3, false, PodLife.runs());
        pod("g-1", "gang", 3, false, PodLife.runs());
        seen(ExternalRef.Kind.PODS, "gang", ExternalWork.Phase.PARTIAL);
        pod("g-2", "gang", 3, false, PodLife.runs());
        ExternalWork held = seen(ExternalRef.Kind.PODS, "gang", ExternalWork.Phase.HELD);
        assertThat(held.evictable()).isFalse();
        Gang gang = launch(held);
        launchAgain(gang);
        eventually().untilAsserted(() -> assertThat(phases(gang)).containsEntry(PodPhase.RUNNING, 3L));
        assertThat(poolsOf(cluster.client()
                        .pods()
                        .inNamespace(TEAM)
                        .withName("g-0")
                        .get()))
                .containsExactly(nodes.pool());

        // Nobody makes them again, so they are not taken away.
        work.release(gang.id());
        assertThat(phases(gang)).containsEntry(PodPhase.RUNNING, 3L);
        cluster.client()
                .pods()
                .inNamespace(TEAM)
                .withName("g-1")
                .withGracePeriod(0)
                .delete();
        eventually().untilAsserted(() -> assertThat(phases(gang)).containsEntry(PodPhase.FAILED, 1L));
        List.of("g-0", "g-2").forEach(name -> cluster.client()
                .pods()
                .inNamespace(TEAM)
                .withName(name)
                .withGracePeriod(0)
                .delete());
        letGo(gang);
    }

    @Test
    void pods_that_may_be_evicted_are_deleted_all() {
        pod("e-0", "may-go", 2, true, PodLife.runs());
        pod("e-1", "may-go", 2, true, PodLife.runs());
        Gang gang = launch(seen(ExternalRef.Kind.PODS, "may-go", ExternalWork.Phase.HELD));
        eventually().untilAsserted(() -> assertThat(phases(gang)).containsEntry(PodPhase.RUNNING, 2L));
        letGo(gang);
        assertThat(cluster.client().pods().inNamespace(TEAM).withName("e-0").get())
                .isNull();
    }

    @Test
    void a_restart_finds_everything_again() {
        job("survives", 1, PodLife.runs());
        Gang gang = launch(seen(ExternalRef.Kind.JOB, "survives", ExternalWork.Phase.HELD));
        eventually().untilAsserted(() -> assertThat(phases(gang)).containsEntry(PodPhase.RUNNING, 1L));
        try (WithExternalWork other = restarted()) {
            eventually().ignoreExceptions().until(() -> other.attempts().contains(gang.id()));
            assertThat(other.external())
                    .anyMatch(one -> one.ref().name().equals("survives") && one.phase() == ExternalWork.Phase.LAUNCHED);
        }
        cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(TEAM)
                .withName("survives")
                .delete();
        eventually().untilAsserted(() -> assertThat(work.status(gang.id())).isEmpty());
        assertThat(work.external()).noneMatch(one -> one.ref().name().equals("survives"));
    }

    @Test
    void a_volcano_job_is_held_by_the_gates_of_its_pods() {
        gate.user().resource("""
                        {"apiVersion": "batch.volcano.sh/v1alpha1", "kind": "Job", "metadata": {"name": "mpi", "namespace": "%s"},
                         "spec": {"minAvailable": 2, "tasks": [{"name": "worker", "replicas": 2, "template": {"spec": {"containers": [
                           {"name": "main", "image": "none", "resources": {"requests": {"cpu": "1"}}}]}}}]}}""".formatted(TEAM)).create();
        ExternalWork held = seen(ExternalRef.Kind.VOLCANO_JOB, "mpi", ExternalWork.Phase.HELD);
        Gang gang = launch(held);
        controllerMakesPod(held, 0);
        eventually().untilAsserted(() -> assertThat(phases(gang)).containsEntry(PodPhase.PENDING, 2L));
        assertThat(podsOf(held)).allMatch(Notes::isGated);
        controllerMakesPod(held, 1);
        eventually().untilAsserted(() -> assertThat(phases(gang)).containsEntry(PodPhase.RUNNING, 2L));
        work.release(gang.id());
        eventually().untilAsserted(() -> {
            work.release(gang.id());
            assertThat(work.status(gang.id())).isEmpty();
        });
        assertThat(podsOf(held)).allMatch(Notes::isGoing).allSatisfy(pod -> assertThat(poolsOf(pod))
                .containsExactly(nodes.pool()));
        seen(ExternalRef.Kind.VOLCANO_JOB, "mpi", ExternalWork.Phase.HELD);
    }

    @Test
    void what_was_cancelled_is_removed() {
        job("unwanted", 1, PodLife.runs());
        ExternalWork held = seen(ExternalRef.Kind.JOB, "unwanted", ExternalWork.Phase.HELD);
        work.discard(held.ref());
        eventually()
                .until(() -> work.external().stream().noneMatch(one -> one.ref().equals(held.ref())));
        work.discard(held.ref());
    }

    /** As Volcano's controller does, which is not here. */
    private void controllerMakesPod(ExternalWork held, int index) {
        var job = cluster.client()
                .resources(io.fabric8.volcano.api.model.batch.v1alpha1.Job.class)
                .inNamespace(TEAM)
                .withName(held.ref().name())
                .get();
        if (index == 0) {
            gate.muster()
                    .resource(new io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder()
                            .withNewMetadata()
                            .withNamespace(TEAM)
                            .withName("mpi-group")
                            .endMetadata()
                            .withNewSpec()
                            .withMinMember(2)
                            .withQueue(TEAM)
                            .endSpec()
                            .build())
                    .create();
        }
        var template = job.getSpec().getTasks().get(0).getTemplate();
        Pod pod = new Pod();
        pod.setMetadata(new ObjectMetaBuilder()
                .withNamespace(TEAM)
                .withName("mpi-worker-" + index)
                .withLabels(template.getMetadata().getLabels())
                .withAnnotations(Map.of(
                        "volcano.sh/task-spec", "worker",
                        "volcano.sh/task-index", Integer.toString(index),
                        "scheduling.k8s.io/group-name", "mpi-group"))
                .addNewOwnerReference()
                .withApiVersion("batch.volcano.sh/v1alpha1")
                .withKind("Job")
                .withName("mpi")
                .withUid(job.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .build());
        pod.setSpec(template.getSpec());
        gate.muster().resource(pod).create();
    }

    private List<Pod> podsOf(ExternalWork held) {
        return cluster.client().pods().inNamespace(TEAM).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(held.ref().uid())))
                .toList();
    }

    /** The pools that the pod was held to at its launch, once for each of its terms. */
    private static List<String> poolsOf(Pod pod) {
        return Pinning.asked(pod.getSpec()).stream()
                .flatMap(term -> term.getMatchExpressions().stream())
                .filter(each -> each.getKey().equals(FakeNodes.POOL))
                .flatMap(each -> each.getValues().stream())
                .toList();
    }

    private WithExternalWork restarted() {
        return WithExternalWork.open(
                new Nodes(nodes.names(), nodes.pool()), gate.muster(), "test", ExternalWorkClusterIT::nodesOf);
    }

    private static NodeAffinity nodesOf(PoolName pool) {
        return new NodeAffinity(
                List.of(new NodeAffinity.Term(List.of(
                        new NodeAffinity.Expression(FakeNodes.POOL, NodeAffinity.Operator.IN, List.of(pool.value()))))),
                List.of());
    }

    private Job job(String name, int parallelism, PodLife life) {
        return (Job) gate.user()
                .resource("""
                        {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "%s", "namespace": "%s"},
                         "spec": {"parallelism": %d, "completions": %d, "backoffLimit": 0, "template": {"metadata": {"annotations": %s},
                           "spec": {"restartPolicy": "Never", "nodeSelector": {"%s": "%s"}, "containers": [
                             {"name": "main", "image": "none", "resources": {"requests": {"cpu": "1"}}}]}}}}""".formatted(name, TEAM, parallelism, parallelism, json(life), FakeNodes.POOL, nodes.pool()))
                .create();
    }

    private void pod(String name, String gang, int size, boolean evictable, PodLife life) {
        Map<String, String> annotations = new java.util.TreeMap<>(life.annotations());
        annotations.put("muster.dev/gang-name", gang);
        annotations.put("muster.dev/gang-size", Integer.toString(size));
        if (evictable) {
            annotations.put("muster.dev/evictable", "true");
        }
        gate.user()
                .resource("""
                        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s", "namespace": "%s", "annotations": %s},
                         "spec": {"restartPolicy": "Never", "nodeSelector": {"%s": "%s"}, "containers": [
                           {"name": "main", "image": "none", "resources": {"requests": {"cpu": "1"}}}]}}""".formatted(name, TEAM, json(annotations), FakeNodes.POOL, nodes.pool()))
                .create();
    }

    private String json(PodLife life) {
        return json(life.annotations());
    }

    private String json(Map<String, String> annotations) {
        return cluster.client().getKubernetesSerialization().asJson(annotations);
    }

    private ExternalWork seen(ExternalRef.Kind kind, String name, ExternalWork.Phase phase) {
        return eventually()
                .ignoreExceptions()
                .until(
                        () -> work.external().stream()
                                .filter(one -> one.ref().kind() == kind
                                        && one.ref().name().equals(name)
                                        && one.phase() == phase)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private Gang launch(ExternalWork held) {
        AttemptId attempt = new AttemptId(new JobId("%026d".formatted(NUMBERS.incrementAndGet())), 1);
        Gang gang = new Gang(
                attempt,
                held.ref().name(),
                new TeamName(TEAM),
                held.queue(),
                held.priorityClass(),
                Duration.ofSeconds(1),
                held.roles().stream()
                        .map(role -> new Gang.Member(
                                role.name(), role.template(), Map.of(new PoolName(nodes.pool()), role.pods())))
                        .toList());
        launchAgain(gang);
        return gang;
    }

    private void launchAgain(Gang gang) {
        work.launch(gang);
    }

    /** As the cycle does: again and again, until it is gone. */
    private void letGo(Gang gang) {
        eventually().untilAsserted(() -> {
            work.release(gang.id());
            assertThat(work.status(gang.id())).isEmpty();
        });
        assertThat(work.attempts()).doesNotContain(gang.id());
    }

    private Map<PodPhase, Long> phases(Gang gang) {
        return work.status(gang.id()).map(GangStatus::pods).orElse(List.of()).stream()
                .collect(Collectors.groupingBy(pod -> pod.phase(), Collectors.counting()));
    }

    private List<Pod> pods(String job) {
        return cluster.client()
                .pods()
                .inNamespace(TEAM)
                .withLabel("batch.kubernetes.io/job-name", job)
                .list()
                .getItems();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(25)).pollInterval(Duration.ofMillis(100));
    }
}
