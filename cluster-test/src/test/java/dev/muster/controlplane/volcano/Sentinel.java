package dev.muster.controlplane.volcano;

import static org.awaitility.Awaitility.await;

import dev.muster.controlplane.FakeNodes;
import dev.muster.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far Volcano's scheduler has come, by its own deeds instead of by time: a gang of one pod that always fits, on a node that is
 * newer than all others. Nodes and pods are told to the scheduler in the order of their changes, so a session that binds the pod
 * has seen every node that was ready, and every pod that was there, before it. Sessions follow one another, and one writes the
 * status of all PodGroups before it ends.
 */
final class Sentinel implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private final FakeNodes node;
    private final List<HasMetadata> made = new ArrayList<>();

    private Sentinel(KubernetesClient client, String namespace, FakeNodes node) {
        this.client = client;
        this.namespace = namespace;
        this.node = node;
    }

    /** Made when all other nodes are ready. */
    static Sentinel post(TestCluster cluster, String namespace, String name) {
        FakeNodes node = FakeNodes.add(cluster, name, 1, Map.of("cpu", "100", "memory", "100Gi"));
        return new Sentinel(cluster.client(), namespace, node);
    }

    /** Waits for a session that has seen all that was there before this call; all sessions before that one have ended. */
    void awaitSession() {
        String name = "%s-%d".formatted(node.pool(), made.size());
        make(new PodGroupBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withQueue("default")
                .withMinMember(1)
                .endSpec()
                .build());
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToAnnotations("scheduling.k8s.io/group-name", name)
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("volcano")
                .withRestartPolicy("Never")
                .withNodeSelector(node.selector())
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .withNewResources()
                .addToRequests("cpu", new Quantity("1"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
        make(pod);
        await("a session of Volcano's that has seen pod " + name)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> client.resource(pod).get().getSpec().getNodeName() != null);
    }

    private void make(HasMetadata object) {
        made.add(object);
        client.resource(object).create();
    }

    @Override
    public void close() {
        made.forEach(object -> client.resource(object).withGracePeriod(0).delete());
        node.close();
    }
}
