package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PageAnswer;
import dev.muster.cluster.PageRequest;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.PodTemplate;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.FakeKubelet;
import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.PodLife;
import dev.muster.controlplane.PodPage;
import dev.muster.controlplane.ScriptedSparkOperator;
import dev.muster.controlplane.TestCluster;
import dev.muster.kubernetes.admission.Gatehouse;
import dev.muster.kubernetes.external.WithExternalWork;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** SparkApplications that a team applies are held, started whole by their operator, followed, evicted and let go. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkApplicationsClusterIT {
    private static final String TEAM = "spark-apps";

    private TestCluster testCluster;
    private Gatehouse gate;
    /** Each container says who it is. */
    private final FakeKubelet kubelet = FakeKubelet.start((namespace, pod, container) ->
            "%s of %s wrote this\n".formatted(container, pod).getBytes(StandardCharsets.UTF_8));

    private FakeNodes nodes;
    private VolcanoCluster gangs;
    private WithExternalWork work;
    private ScriptedSparkOperator operator;

    @BeforeAll
    void a_team(TestCluster given) {
        testCluster = given;
        ScriptedSparkOperator.install(testCluster.client());
        nodes = FakeNodes.add(testCluster, TEAM, 1, Map.of("cpu", "8", "memory", "32Gi"))
                .servedBy(kubelet);
        gate = Gatehouse.open(testCluster, TEAM);
        testCluster
                .client()
                .resource(new QueueBuilder()
                        .withNewMetadata()
                        .withName(TEAM)
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build())
                .serverSideApply();
        PoolName pool = new PoolName(nodes.pool());
        gangs = VolcanoCluster.open(gate.muster(), new Installation("sparkapps"), InstantSource.system(), 8);
        SparkSite.until(gangs::isReady);
        gangs.declare(new Declarations(
                Map.of(pool, Map.of(FakeNodes.POOL, nodes.pool())),
                Map.of(new TeamName(TEAM), new TeamPlace(TEAM, null))));
        work = WithExternalWork.open(gangs, gate.muster(), "sparkapps", gangs::nodesOf);
        SparkSite.until(() -> testCluster
                        .client()
                        .serviceAccounts()
                        .inNamespace(TEAM)
                        .withName("default")
                        .get()
                != null);
    }

    @AfterEach
    void nothing_is_left_of_it() {
        operator.close();
        testCluster
                .client()
                .genericKubernetesResources(ScriptedSparkOperator.KIND)
                .inNamespace(TEAM)
                .delete();
        testCluster.client().pods().inNamespace(TEAM).withGracePeriod(0).delete();
    }

    @AfterAll
    void close() {
        work.close();
        gangs.close();
        gate.close();
        testCluster.client().resources(Queue.class).withName(TEAM).delete();
        nodes.close();
        kubelet.close();
    }

    @Test
    void an_application_is_held_started_whole_evicted_and_done() {
        operator = new ScriptedSparkOperator(
                testCluster.client(),
                TEAM,
                PodLife.runsFor(Duration.ofSeconds(20)).annotations());
        apply("pi", "");
        ExternalWork held = seen("pi", ExternalWork.Phase.HELD);
        assertThat(held.submittedBy()).isEqualTo("system:serviceaccount:" + TEAM + ":ada");
        assertThat(held.priorityClass().value()).isEqualTo("urgent");
        assertThat(held.manifest()).contains("\"sparkVersion\"");
        SparkSite.until(() -> ScriptedSparkOperator.state(application("pi")).equals("SUSPENDED"));
        assertThat(operator.pods(application("pi"))).isEmpty();

        Gang first = gang(held, 1);
        work.launch(first);
        SparkSite.until(() -> running(first) == 1);
        operator.executor(application("pi"), 1);
        operator.executor(application("pi"), 2);
        assertThat(running(first)).isEqualTo(1);
        operator.executor(application("pi"), 3);
        SparkSite.until(() -> running(first) == 4);
        assertThat(group(first).getSpec().getMinMember()).isEqualTo(4);
        assertThat(work.attempts()).contains(first.id());
        assertThat(output(first, "driver", 0)).isEqualTo("spark-kubernetes-driver of pi-driver wrote this\n");
        assertThat(List.of(output(first, "executor", 0), output(first, "executor", 1), output(first, "executor", 2)))
                .containsExactlyInAnyOrder(
                        "spark-kubernetes-executor of pi-exec-1 wrote this\n",
                        "spark-kubernetes-executor of pi-exec-2 wrote this\n",
                        "spark-kubernetes-executor of pi-exec-3 wrote this\n");
        assertThat(seen("pi", ExternalWork.Phase.LAUNCHED).run())
                .isEqualTo(new ExternalWork.Run(first.id(), "spark-of-pi"));
        PodPage.start().ifPresent(page -> itsPageComesThroughTheApiServer(first, page));

        letGo(first);
        assertThat(operator.pods(application("pi"))).isEmpty();
        Gang second = gang(seen("pi", ExternalWork.Phase.HELD), 2);
        work.launch(second);
        SparkSite.until(() ->
                driver(second).filter(pod -> pod.phase() == PodPhase.SUCCEEDED).isPresent());
        SparkSite.until(() -> ScriptedSparkOperator.state(application("pi")).equals("COMPLETED"));
        letGo(second);
        seen("pi", ExternalWork.Phase.ENDED);
        work.discard(held.ref());
        SparkSite.until(() -> application("pi") == null);
    }

    @Test
    void what_a_team_may_not_is_refused_by_its_field_and_nobody_else_starts_it() {
        operator = new ScriptedSparkOperator(testCluster.client(), TEAM, Map.of());
        assertThatThrownBy(() -> apply("bad", """
                , "mode": "client", "volumes": [{"name": "etc", "hostPath": {"path": "/etc"}}]"""))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("mode 'client'")
                .hasMessageContaining("spec.volumes[0]");
        assertThatThrownBy(() -> create("ScheduledSparkApplication", "nightly", "\"schedule\": \"0 3 * * *\""))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("muster import FILE");
        apply("waits", "");
        seen("waits", ExternalWork.Phase.HELD);
        SparkSite.until(() -> refused(() -> gate.user()
                .genericKubernetesResources(ScriptedSparkOperator.KIND)
                .inNamespace(TEAM)
                .withName("waits")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"suspend\": false}}")));
        testCluster
                .client()
                .genericKubernetesResources(ScriptedSparkOperator.KIND)
                .inNamespace(TEAM)
                .withName("waits")
                .delete();
        SparkSite.until(
                () -> work.external().stream().noneMatch(one -> one.ref().name().equals("waits")));
    }

    private void itsPageComesThroughTheApiServer(Gang gang, PodPage page) {
        try (page) {
            page.of(
                    testCluster.client(),
                    operator.pods(application("pi")).stream()
                            .filter(pod -> pod.getMetadata().getName().endsWith("-driver"))
                            .findFirst()
                            .orElseThrow());
            PageAnswer root = asked(gang, page, "/");
            assertThat(root.status()).isEqualTo(302);
            assertThat(root.location().orElseThrow()).endsWith("/base/jobs/").doesNotContain("/proxy");
            assertThat(new String(asked(gang, page, "/jobs/?id=1").body(), StandardCharsets.UTF_8))
                    .contains("<title>Spark Jobs</title>", "\"/base/stages/\"");
        }
    }

    /** KWOK's own address of the pod leads nowhere: until the API server has seen the other one, nobody answers. */
    private PageAnswer asked(Gang gang, PodPage page, String path) {
        PageRequest request = new PageRequest(page.port(), path, Map.of("X-Forwarded-Context", "/base"));
        return await().atMost(Duration.ofSeconds(90))
                .until(() -> work.page(new PodRef(gang.id(), new RoleName("driver"), 0), request), Optional::isPresent)
                .orElseThrow();
    }

    private String output(Gang gang, String role, int index) {
        return new String(
                work.log(new PodRef(gang.id(), new RoleName(role), index), 0, 1_000)
                        .bytes(),
                StandardCharsets.UTF_8);
    }

    private static boolean refused(Runnable change) {
        try {
            change.run();
            return false;
        } catch (KubernetesClientException e) {
            return e.getMessage().contains("is kept");
        }
    }

    private void apply(String name, String more) {
        create("SparkApplication", name, """
                "type": "Python", "sparkVersion": "3.5.6", "mainApplicationFile": "local:///opt/spark/pi.py", "batchScheduler": "volcano",
                "batchSchedulerOptions": {"priorityClassName": "urgent"},
                "driver": {"cores": 1, "memory": "512m"}, "executor": {"instances": 3, "cores": 1, "memory": "512m"} %s""".formatted(more));
    }

    private void create(String kind, String name, String spec) {
        gate.user()
                .resource(Serialization.<GenericKubernetesResource>unmarshal(
                        """
                        {"apiVersion": "sparkoperator.k8s.io/v1beta2", "kind": "%s", "metadata": {"name": "%s", "namespace": "%s"},
                         "spec": {%s}}""".formatted(kind, name, TEAM, spec), GenericKubernetesResource.class))
                .create();
    }

    private GenericKubernetesResource application(String name) {
        return testCluster
                .client()
                .genericKubernetesResources(ScriptedSparkOperator.KIND)
                .inNamespace(TEAM)
                .withName(name)
                .get();
    }

    private ExternalWork seen(String name, ExternalWork.Phase phase) {
        return await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(
                        () -> work.external().stream()
                                .filter(one -> one.ref().kind() == ExternalRef.Kind.SPARK_APPLICATION)
                                .filter(one -> one.ref().name().equals(name) && one.phase() == phase)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private Gang gang(ExternalWork held, int attempt) {
        return new Gang(
                new AttemptId(new JobId("%026d".formatted(77)), attempt),
                held.ref().name(),
                new TeamName(TEAM),
                held.queue(),
                held.priorityClass(),
                Duration.ofSeconds(1),
                List.of(
                        member(held.roles().get(0), 1, PodTemplate.OPERATOR),
                        member(held.roles().get(1), 3, PodTemplate.LEADER)));
    }

    private Gang.Member member(ExternalWork.Role role, int pods, String maker) {
        Map<String, String> annotations = new HashMap<>(role.template().annotations());
        annotations.put(PodTemplate.MADE_BY, maker);
        PodTemplate template =
                role.template().with(annotations).with(List.of(), List.of(), Resources.cpuAndMemory(1000, 896L << 20));
        return new Gang.Member(role.name(), template, Map.of(new PoolName(nodes.pool()), pods));
    }

    private PodGroup group(Gang gang) {
        return testCluster
                .client()
                .resources(PodGroup.class)
                .inNamespace(TEAM)
                .withName(gang.id().toString())
                .get();
    }

    private long running(Gang gang) {
        return pods(gang).stream()
                .filter(pod -> pod.phase() == PodPhase.RUNNING)
                .count();
    }

    private Optional<PodStatus> driver(Gang gang) {
        return pods(gang).stream()
                .filter(pod -> pod.pod().role().equals(new RoleName("driver")))
                .findFirst();
    }

    private List<PodStatus> pods(Gang gang) {
        return work.status(gang.id()).map(GangStatus::pods).orElse(List.of());
    }

    /** As the cycle does: again and again, until it is gone. */
    private void letGo(Gang gang) {
        SparkSite.until(() -> {
            work.release(gang.id());
            return work.status(gang.id()).isEmpty();
        });
        assertThat(work.attempts()).doesNotContain(gang.id());
    }
}
