package dev.muster.benchmarks;

import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** What Muster made of a launch, to be made again by hand: each gang's PodGroup, its service, its pods. */
final class LaunchedObjects {
    private static final String GROUP = "scheduling.k8s.io/group-name";

    private record GangObjects(PodGroup group, List<Service> services, List<Pod> pods) {}

    private final List<GangObjects> gangs;

    private LaunchedObjects(List<GangObjects> gangs) {
        this.gangs = gangs;
    }

    static void prepare(KubernetesClient client, String namespace) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        for (PriorityClass standard : PriorityClasses.STANDARD) {
            client.resource(new PriorityClassBuilder()
                            .withNewMetadata()
                            .withName(standard.name().value())
                            .endMetadata()
                            .withValue(standard.value())
                            .withPreemptionPolicy(standard.preemptionPolicy().word())
                            .build())
                    .create();
        }
        BoundPods.await(
                Duration.ofMinutes(1),
                () -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    /** The objects of the first gang, once for each of these jobs, in another installation: Muster does not watch them. */
    LaunchedObjects again(String job, List<String> others) {
        String template = Serialization.asJson(gangs.get(0)).replace("\"benchmark\"", "\"by-hand\"");
        return new LaunchedObjects(others.stream()
                .map(other -> Serialization.unmarshal(template.replace(job, other), GangObjects.class))
                .toList());
    }

    static LaunchedObjects read(KubernetesClient client, String namespace) {
        Map<String, List<Pod>> pods = client.pods().inNamespace(namespace).list().getItems().stream()
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getAnnotations().get(GROUP)));
        Map<String, List<Service>> services = client.services().inNamespace(namespace).list().getItems().stream()
                .collect(Collectors.groupingBy(LaunchedObjects::owner));
        return new LaunchedObjects(client.resources(PodGroup.class).inNamespace(namespace).list().getItems().stream()
                .map(group -> new GangObjects(
                        group,
                        services.getOrDefault(group.getMetadata().getName(), List.of()),
                        pods.get(group.getMetadata().getName())))
                .toList());
    }

    /** Each connection takes one gang after the other: its PodGroup first, since the others name it as their owner. */
    void create(KubernetesClient client, int connections) {
        List<CompletableFuture<?>> work = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(connections);
        try {
            gangs.forEach(gang -> work.add(CompletableFuture.runAsync(() -> create(client, gang), workers)));
            CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)).join();
        } finally {
            workers.shutdown();
        }
    }

    private static void create(KubernetesClient client, GangObjects gang) {
        PodGroup group = bare(gang.group());
        group.setStatus(null);
        String uid = client.resource(group).create().getMetadata().getUid();
        gang.services().forEach(service -> client.resource(owned(service, uid)).create());
        for (Pod pod : gang.pods()) {
            Pod again = owned(pod, uid);
            again.setStatus(null);
            again.getSpec().setNodeName(null);
            client.resource(again).create();
        }
    }

    private static String owner(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().isEmpty()
                ? ""
                : object.getMetadata().getOwnerReferences().get(0).getName();
    }

    private static <T extends HasMetadata> T owned(T object, String uid) {
        T again = bare(object);
        again.getMetadata().getOwnerReferences().forEach(owner -> owner.setUid(uid));
        return again;
    }

    /** Without what the API server wrote into it. */
    private static <T extends HasMetadata> T bare(T object) {
        ObjectMeta metadata = object.getMetadata();
        metadata.setUid(null);
        metadata.setResourceVersion(null);
        metadata.setCreationTimestamp(null);
        metadata.setGeneration(null);
        metadata.setManagedFields(null);
        return object;
    }
}
