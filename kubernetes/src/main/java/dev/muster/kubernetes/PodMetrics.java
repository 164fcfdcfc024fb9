package dev.muster.kubernetes;

import dev.muster.cluster.PodUse;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What pods use, by the metrics API (metrics.k8s.io), in one request for all pods of the installation. Where that API is not served, or may
 * not be read, nothing is measured. What it says of a pod that cannot be read, or that nobody knows, is left out.
 */
final class PodMetrics {
    private static final System.Logger LOG = System.getLogger(PodMetrics.class.getName());
    private static final ResourceDefinitionContext API = new ResourceDefinitionContext.Builder()
            .withGroup("metrics.k8s.io")
            .withVersion("v1beta1")
            .withKind("PodMetrics")
            .withPlural("pods")
            .withNamespaced(true)
            .build();
    private static final BigDecimal MILLI = BigDecimal.valueOf(1000);

    private PodMetrics() {}

    /** {@code known}: the pod of that namespace and name, {@code namespace/name}. */
    static Optional<List<PodUse>> read(
            KubernetesClient client, String installation, Function<String, Optional<PodFacts>> known) {
        List<GenericKubernetesResource> items;
        try {
            items = client.genericKubernetesResources(API)
                    .inAnyNamespace()
                    .withLabel(Labels.INSTALLATION, installation)
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            LOG.log(System.Logger.Level.DEBUG, "act=use-not-measured why=\"{0}\"", e.getMessage());
            return Optional.empty();
        }
        List<PodUse> use = new ArrayList<>();
        for (GenericKubernetesResource item : items) {
            known.apply(item.getMetadata().getNamespace() + "/"
                            + item.getMetadata().getName())
                    .flatMap(pod -> of(pod, item))
                    .ifPresent(use::add);
        }
        return Optional.of(use);
    }

    /** All of its containers together, also those that somebody has added: they take of what the pod asked. */
    private static Optional<PodUse> of(PodFacts pod, GenericKubernetesResource item) {
        BigDecimal cpu = BigDecimal.ZERO;
        BigDecimal memory = BigDecimal.ZERO;
        try {
            if (!(item.getAdditionalProperties().get("containers") instanceof List<?> containers)
                    || containers.isEmpty()) {
                return Optional.empty();
            }
            for (Object each : containers) {
                Map<?, ?> usage =
                        each instanceof Map<?, ?> container && container.get("usage") instanceof Map<?, ?> said
                                ? said
                                : Map.of();
                cpu = cpu.add(amount(usage.get("cpu")));
                memory = memory.add(amount(usage.get("memory")));
            }
            return Optional.of(new PodUse(
                    pod.ref(), pod.status().pool(), cpu.multiply(MILLI).longValue(), memory.longValue()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            LOG.log(System.Logger.Level.DEBUG, "act=use-not-read pod={0} why=\"{1}\"", pod.name(), e.getMessage());
            return Optional.empty();
        }
    }

    private static BigDecimal amount(@Nullable Object said) {
        return said == null ? BigDecimal.ZERO : Quantity.getAmountInBytes(new Quantity(said.toString()));
    }
}
