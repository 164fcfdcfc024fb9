package dev.muster.operation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every pod of gangs that has started, however short it ran and however slow this machine is, and what Volcano was told. */
final class GangWatch implements AutoCloseable {
    private static final String JOB = "muster.dev/job-name";
    private static final String GROUP = "scheduling.k8s.io/group-name";

    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<PodGroup> groups;
    private final Map<String, Integer> minimum = new ConcurrentHashMap<>();
    /** By job and PodGroup: the pods that have started. */
    private final Map<String, Map<String, Set<String>>> started = new ConcurrentHashMap<>();

    GangWatch(KubernetesClient client) {
        groups = client.resources(PodGroup.class)
                .inAnyNamespace()
                .withLabel("muster.dev/installation")
                .inform(new Told<>() {
                    @Override
                    void told(PodGroup group) {
                        minimum.put(
                                group.getMetadata().getName(), group.getSpec().getMinMember());
                    }
                });
        pods = client.pods()
                .inAnyNamespace()
                .withLabel("muster.dev/installation")
                .inform(new Told<>() {
                    @Override
                    void told(Pod pod) {
                        note(pod);
                    }
                });
    }

    /** Whether so many pods of one gang of it have started, and Volcano was told to start that many or none. */
    boolean hasRunWhole(String job, int size) {
        return started.getOrDefault(job, Map.of()).entrySet().stream()
                .anyMatch(gang -> gang.getValue().size() >= size && minimum.getOrDefault(gang.getKey(), 0) == size);
    }

    /** Those that are there now. */
    List<Pod> pods() {
        return pods.getStore().list();
    }

    static String job(Pod pod) {
        return pod.getMetadata().getAnnotations().getOrDefault(JOB, "");
    }

    /** What was seen, for who wants to know why it is not enough. */
    @Override
    public String toString() {
        return "started " + started + ", told to Volcano " + minimum;
    }

    @Override
    public void close() {
        pods.close();
        groups.close();
    }

    private void note(Pod pod) {
        if (!"Pending".equals(pod.getStatus().getPhase())) {
            started.computeIfAbsent(job(pod), key -> new ConcurrentHashMap<>())
                    .computeIfAbsent(
                            pod.getMetadata().getAnnotations().getOrDefault(GROUP, ""),
                            key -> ConcurrentHashMap.newKeySet())
                    .add(pod.getMetadata().getName());
        }
    }

    private abstract static class Told<T> implements ResourceEventHandler<T> {
        abstract void told(T object);

        @Override
        public void onAdd(T object) {
            told(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            told(object);
        }

        @Override
        public void onDelete(T object, boolean unknown) {}
    }
}
