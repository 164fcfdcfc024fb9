package dev.muster.kubernetes.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.TestCluster;
import dev.muster.kubernetes.Installation;
import dev.muster.kubernetes.KubernetesConnection;
import dev.muster.kubernetes.Labels;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.priority.PreemptionPolicy;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queues and priority classes in the cluster follow Muster's, and nobody else's are touched. */
@ClusterTest
class MirrorsClusterIT {
    private final String id = "mirror-" + UUID.randomUUID().toString().substring(0, 8);
    private final KubernetesClient admin;
    private final KubernetesConnection connection;
    private final AtomicInteger changes = new AtomicInteger();
    private final Mirrors mirrors;

    MirrorsClusterIT(TestCluster cluster) {
        admin = cluster.client();
        connection = KubernetesConnection.open(cluster.kubeconfig());
        mirrors = Mirrors.open(connection, new Installation(id), changes::incrementAndGet);
    }

    @AfterEach
    void take_it_away() {
        mirrors.keep(List.of(), List.of());
        mirrors.close();
        connection.close();
    }

    @Test
    void leaves_become_queues_with_their_capability_and_nothing_else() {
        QueueSpec parent = queue("parent", null, Resources.of("cpu", 9000));
        QueueSpec leaf = new QueueSpec(
                name("leaf"),
                name("parent"),
                Resources.of("cpu", 1000),
                Resources.of("cpu", 2000),
                Resources.limit(Map.of("cpu", 4500L, "nvidia.com/gpu", 0L)),
                7,
                QueueState.OPEN);
        assertThat(mirrors.keep(List.of(parent, leaf), List.of())).isEmpty();
        assertThat(there("parent")).isNull();
        Queue made = there("leaf");
        assertThat(made.getSpec().getCapability())
                .isEqualTo(Map.of("cpu", new Quantity("4500m"), "nvidia.com/gpu", new Quantity("0")));
        assertThat(made.getSpec().getDeserved()).isNullOrEmpty();
        assertThat(made.getSpec().getGuarantee()).isNull();
        assertThat(made.getMetadata().getLabels()).containsEntry(Labels.INSTALLATION, id);
    }

    @Test
    void a_changed_capability_is_followed_and_told_to_nobody() {
        mirrors.keep(List.of(queue("leaf", null, Resources.of("cpu", 1000))), List.of());
        assertThat(mirrors.keep(List.of(queue("leaf", null, Resources.of("cpu", 3000))), List.of()))
                .isEmpty();
        assertThat(there("leaf").getSpec().getCapability()).isEqualTo(Map.of("cpu", new Quantity("3")));
        assertThat(mirrors.keep(List.of(queue("leaf", null, null)), List.of())).isEmpty();
        assertThat(there("leaf").getSpec().getCapability()).isNullOrEmpty();
    }

    @Test
    void what_somebody_changes_by_hand_is_noticed_set_right_and_told() {
        List<QueueSpec> tree = List.of(queue("leaf", null, Resources.of("cpu", 1000)));
        mirrors.keep(tree, List.of());
        admin.resources(Queue.class).withName(name("leaf").value()).edit(queue -> new QueueBuilder(queue)
                .editSpec()
                .withCapability(Map.of("cpu", new Quantity("500")))
                .endSpec()
                .build());
        await().atMost(Duration.ofSeconds(30)).until(() -> changes.get() > 0);
        assertThat(mirrors.keep(tree, List.of())).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo(Finding.What.MENDED);
            assertThat(finding.name()).isEqualTo(name("leaf").value());
            assertThat(finding.message()).isEqualTo("somebody had changed it");
        });
        assertThat(there("leaf").getSpec().getCapability()).isEqualTo(Map.of("cpu", new Quantity("1")));
    }

    @Test
    void what_somebody_removes_by_hand_is_made_again_and_told() {
        List<QueueSpec> tree = List.of(queue("leaf", null, null));
        mirrors.keep(tree, List.of());
        admin.resources(Queue.class).withName(name("leaf").value()).delete();
        await().atMost(Duration.ofSeconds(30)).until(() -> changes.get() > 0);
        assertThat(mirrors.keep(tree, List.of()))
                .extracting(Finding::message)
                .containsExactly("somebody had removed it");
        assertThat(there("leaf")).isNotNull();
    }

    @Test
    void a_queue_that_is_not_ours_is_left_alone_and_told_of_once() {
        admin.resource(new QueueBuilder()
                        .withNewMetadata()
                        .withName(name("foreign").value())
                        .endMetadata()
                        .withNewSpec()
                        .withCapability(Map.of("cpu", new Quantity("77")))
                        .endSpec()
                        .build())
                .create();
        List<QueueSpec> tree = List.of(queue("foreign", null, Resources.of("cpu", 1000)));
        assertThat(mirrors.keep(tree, List.of())).extracting(Finding::what).containsExactly(Finding.What.FOREIGN);
        assertThat(mirrors.keep(tree, List.of())).isEmpty();
        assertThat(there("foreign").getSpec().getCapability()).isEqualTo(Map.of("cpu", new Quantity("77")));
        mirrors.keep(List.of(), List.of());
        assertThat(there("foreign")).as("also when Muster's is gone").isNotNull();
        admin.resources(Queue.class).withName(name("foreign").value()).delete();
    }

    @Test
    void a_queue_that_muster_has_no_more_goes() {
        mirrors.keep(List.of(queue("leaf", null, null)), List.of());
        mirrors.keep(List.of(), List.of());
        assertThat(there("leaf")).isNull();
    }

    @Test
    void priority_classes_follow_though_kubernetes_lets_nobody_change_their_value() {
        mirrors.keep(List.of(), List.of(priority(5)));
        assertThat(mirrors.keep(List.of(), List.of(priority(6)))).isEmpty();
        assertThat(value()).isEqualTo(6);
        String name = priority(6).name().value();
        admin.scheduling().v1().priorityClasses().withName(name).delete();
        admin.resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withValue(99)
                        .build())
                .create();
        assertThat(mirrors.keep(List.of(), List.of(priority(6))))
                .extracting(Finding::what)
                .containsExactly(Finding.What.FOREIGN);
        assertThat(value()).isEqualTo(99);
        admin.scheduling().v1().priorityClasses().withName(name).delete();
    }

    private QueueName name(String last) {
        return new QueueName(id + "-" + last);
    }

    private QueueSpec queue(String name, @Nullable String parent, @Nullable Resources capability) {
        return new QueueSpec(
                name(name),
                parent == null ? null : name(parent),
                Resources.NONE,
                Resources.NONE,
                capability,
                1,
                QueueState.OPEN);
    }

    private PriorityClass priority(int value) {
        return new PriorityClass(new PriorityClassName(id), value, PreemptionPolicy.NEVER, "for a test");
    }

    private Integer value() {
        return admin.scheduling().v1().priorityClasses().withName(id).get().getValue();
    }

    private @Nullable Queue there(String name) {
        return admin.resources(Queue.class).withName(name(name).value()).get();
    }
}
