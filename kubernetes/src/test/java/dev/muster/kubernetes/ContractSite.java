package dev.muster.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.muster.controlplane.FakeKubelet;
import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.TestCluster;
import dev.muster.kubernetes.doctor.Need;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One installation on a cluster for tests: its namespace, its nodes, its adapters. Closing takes all of it away. */
final class ContractSite implements AutoCloseable {
    private static final String ACCOUNT = "muster";

    private final TestCluster testCluster;
    private final KubernetesClient admin;
    private final List<Runnable> open = new ArrayList<>();
    /** Also a test's autoscaler adds some. */
    private final List<String> nodes = new CopyOnWriteArrayList<>();

    private final AtomicInteger made = new AtomicInteger();
    private final FakeKubelet kubelet = FakeKubelet.start();
    private Path kubeconfig = Path.of("");
    private Declarations declarations = Declarations.NONE;
    final String id = "it-" + UUID.randomUUID().toString().substring(0, 8);

    ContractSite(TestCluster testCluster) {
        this.testCluster = testCluster;
        this.admin = testCluster.client();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(id)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new QueueBuilder()
                        .withNewMetadata()
                        .withName("queue")
                        .endMetadata()
                        .withNewSpec()
                        .withWeight(1)
                        .endSpec()
                        .build())
                .serverSideApply();
        PriorityClasses.STANDARD.forEach(this::apply);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> admin.serviceAccounts()
                                .inNamespace(id)
                                .withName("default")
                                .get()
                        != null);
        // As onboarding makes it: drivers of Spark run as it.
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(TeamPlace.DRIVER)
                        .withNamespace(id)
                        .endMetadata()
                        .build())
                .create();
        allow();
    }

    /**
     * What the adapters do they do as the chart's service account may, whose role has these rights and no other; a test of the
     * chart holds the two together.
     */
    private void allow() {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .withNamespace(id)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(id)
                        .endMetadata()
                        .withRules(Need.all().stream()
                                .filter(need -> need.place() == Need.Place.CLUSTER)
                                .map(need -> new PolicyRuleBuilder()
                                        .withApiGroups(need.group())
                                        .withResources(need.resource())
                                        .withVerbs(need.verb())
                                        .build())
                                .toList())
                        .build())
                .create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(id)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", id)
                        .addNewSubject(null, "ServiceAccount", ACCOUNT, id)
                        .build())
                .create();
        kubeconfig = testCluster.kubeconfigOf(id, ACCOUNT);
    }

    /** Of the adapters' service account. */
    Path kubeconfig() {
        return kubeconfig;
    }

    /** What a node is like; {@code pool} null: it does not say. */
    record NodeLike(
            String pool,
            Map<String, String> allocatable,
            Map<String, String> labels,
            List<Taint> taints,
            int maxPods) {}

    /** Adds a node whose pods KWOK plays, and whose output {@link FakeKubelet} serves. */
    String node(NodeLike like) {
        String name = id + "-" + like.pool() + "-" + made.getAndIncrement();
        Map<String, Quantity> amounts = new TreeMap<>();
        like.allocatable().forEach((resource, amount) -> amounts.put(resource, new Quantity(amount)));
        amounts.put("pods", new Quantity(Integer.toString(like.maxPods())));
        nodes.add(name);
        admin.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToAnnotations(FakeNodes.ANNOTATION, testCluster.player())
                        .addToLabels(like.labels())
                        .addToLabels(Labels.POOL, like.pool())
                        .addToLabels("kubernetes.io/hostname", name)
                        .endMetadata()
                        .withNewSpec()
                        .withTaints(like.taints())
                        .endSpec()
                        .withNewStatus()
                        .addNewAddress("127.0.0.1", "Hostname")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("KubeletReady")
                        .endCondition()
                        .withNewDaemonEndpoints()
                        .withNewKubeletEndpoint(kubelet.port())
                        .endDaemonEndpoints()
                        .withAllocatable(amounts)
                        .withCapacity(amounts)
                        .endStatus()
                        .build())
                .create();
        return name;
    }

    void declare(List<String> pools) {
        Map<PoolName, Map<String, String>> declared = new HashMap<>();
        pools.forEach(pool -> declared.put(new PoolName(pool), Map.of()));
        declarations = new Declarations(declared, Map.of(new TeamName("team"), new TeamPlace(id, null)));
    }

    /** Another adapter of the same installation, as after a restart or in a second replica. */
    VolcanoCluster open(InstantSource clock) {
        return open(TestCluster.client(kubeconfig), clock);
    }

    VolcanoCluster open(KubernetesClient client, InstantSource clock) {
        VolcanoCluster cluster = VolcanoCluster.open(client, new Installation(id), clock, 8);
        open.add(cluster::close);
        open.add(client::close);
        await().atMost(Duration.ofSeconds(60)).until(cluster::isReady);
        cluster.declare(declarations);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> cluster.nodes().stream()
                                .filter(dev.muster.quota.node.Node::ready)
                                .count()
                        >= nodes.size());
        return cluster;
    }

    /** Those of the pool. */
    List<String> nodes(String pool) {
        return nodes.stream()
                .filter(name -> name.startsWith(id + "-" + pool + "-"))
                .toList();
    }

    void removeNode(String name) {
        nodes.remove(name);
        admin.nodes().withName(name).delete();
    }

    KubernetesClient admin() {
        return admin;
    }

    @Override
    public void close() {
        open.forEach(Runnable::run);
        nodes.forEach(name -> admin.nodes().withName(name).delete());
        admin.pods().inNamespace(id).withGracePeriod(0).delete();
        admin.namespaces().withName(id).delete();
        admin.rbac().clusterRoleBindings().withName(id).delete();
        admin.rbac().clusterRoles().withName(id).delete();
        kubelet.close();
    }

    private void apply(PriorityClass standard) {
        String name = standard.name().value();
        if (admin.scheduling().v1().priorityClasses().withName(name).get() == null) {
            admin.resource(new PriorityClassBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .withValue(standard.value())
                            .withPreemptionPolicy(standard.preemptionPolicy().word())
                            .build())
                    .serverSideApply();
        }
    }
}
