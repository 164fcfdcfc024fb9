package dev.muster.kubernetes.mirror;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Volcano Queues for leaves, with their capability and nothing else: a mirrored guarantee would shrink everybody else's room, and
 * what a queue deserves is Muster's to decide.
 */
final class QueueMirror extends Mirror<QueueSpec, Queue> {
    QueueMirror(KubernetesClient client, String installation) {
        super(client, installation);
    }

    static List<QueueSpec> leaves(List<QueueSpec> tree) {
        Set<QueueName> parents =
                tree.stream().map(QueueSpec::parent).filter(Objects::nonNull).collect(Collectors.toSet());
        return tree.stream().filter(queue -> !parents.contains(queue.name())).toList();
    }

    @Override
    Class<Queue> kind() {
        return Queue.class;
    }

    @Override
    String name(QueueSpec wanted) {
        return wanted.name().value();
    }

    @Override
    Queue object(QueueSpec wanted, Map<String, String> labels) {
        return new QueueBuilder()
                .withNewMetadata()
                .withName(name(wanted))
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withWeight(1)
                .withCapability(capability(wanted.capability()))
                .endSpec()
                .build();
    }

    @Override
    boolean isLike(Queue wanted, Queue there) {
        return amounts(wanted).equals(amounts(there))
                && there.getSpec() != null
                && (there.getSpec().getGuarantee() == null
                        || there.getSpec().getGuarantee().getResource() == null
                        || there.getSpec().getGuarantee().getResource().isEmpty());
    }

    @Override
    boolean isFixed() {
        return false;
    }

    private static @Nullable Map<String, Quantity> capability(@Nullable Resources capability) {
        if (capability == null) {
            return null;
        }
        Map<String, Quantity> amounts = new TreeMap<>();
        capability
                .asMap()
                .forEach((name, amount) ->
                        amounts.put(name, new Quantity(dev.muster.quota.resource.Quantity.format(name, amount))));
        return amounts;
    }

    private static Map<String, java.math.BigDecimal> amounts(Queue queue) {
        Map<String, java.math.BigDecimal> amounts = new TreeMap<>();
        if (queue.getSpec() != null && queue.getSpec().getCapability() != null) {
            queue.getSpec()
                    .getCapability()
                    .forEach((name, amount) ->
                            amounts.put(name, amount.getNumericalAmount().stripTrailingZeros()));
        }
        return amounts;
    }
}
