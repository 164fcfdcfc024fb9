package dev.muster.kubernetes;

import dev.muster.cluster.WarmNodes;
import dev.muster.quota.priority.PriorityClasses;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * What a pod looks like that keeps a node warm: the pause image, and before it one container for each image that is to be pulled, which does
 * nothing, by nobody's user, with no rights. Where an image has no shell it fails, and has been pulled.
 */
record WarmPods(String installation, String pauseImage) {
    private static final long NOBODY = 65_534;

    Pod pod(String namespace, WarmNodes pool, Declarations declarations) {
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName("muster-warm-" + pool.pool() + "-")
                .withNamespace(namespace)
                .addToLabels(Labels.WARM, installation)
                .addToLabels(Labels.POOL, pool.pool().value())
                .endMetadata()
                .withNewSpec()
                .withSchedulerName(Manifests.CLUSTERS_OWN_SCHEDULER)
                .withPriorityClassName(PriorityClasses.DEFAULT.value())
                .withTerminationGracePeriodSeconds(0L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withAffinity(Affinities.of(declarations.affinity(pool.pool())))
                .withTolerations(pool.tolerations().stream().map(Affinities::of).toList())
                .withInitContainers(pulling(pool.images()))
                .addNewContainer()
                .withName("warm")
                .withImage(pauseImage)
                .withNewResources()
                .withRequests(Quantities.of(pool.each()))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    /** The images that it pulls. */
    static Set<String> images(Pod pod) {
        return pod.getSpec().getInitContainers().stream()
                .map(Container::getImage)
                .collect(Collectors.toSet());
    }

    private static List<Container> pulling(SortedSet<String> images) {
        List<Container> all = new ArrayList<>();
        for (String image : images) {
            all.add(new ContainerBuilder()
                    .withName("image-" + all.size())
                    .withImage(image)
                    .withCommand("sh", "-c", "exit 0")
                    .withNewSecurityContext()
                    .withRunAsNonRoot(true)
                    .withRunAsUser(NOBODY)
                    .withAllowPrivilegeEscalation(false)
                    .withReadOnlyRootFilesystem(true)
                    .withNewCapabilities()
                    .withDrop("ALL")
                    .endCapabilities()
                    .endSecurityContext()
                    .build());
        }
        return all;
    }
}
