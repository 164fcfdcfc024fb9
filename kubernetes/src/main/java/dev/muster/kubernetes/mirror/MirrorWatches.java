package dev.muster.kubernetes.mirror;

import dev.muster.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.util.List;

/** Watches the mirrored objects, so that a hand that changes one is noticed at once. */
final class MirrorWatches implements AutoCloseable {
    private final List<SharedIndexInformer<?>> informers;

    private MirrorWatches(List<SharedIndexInformer<?>> informers) {
        this.informers = informers;
    }

    static MirrorWatches start(KubernetesClient client, String installation, Runnable changed) {
        MirrorWatches watches = new MirrorWatches(List.of(
                watch(client, Queue.class, installation, changed),
                watch(client, PriorityClass.class, installation, changed)));
        watches.informers.forEach(SharedIndexInformer::start);
        return watches;
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }

    private static <K extends HasMetadata> SharedIndexInformer<K> watch(
            KubernetesClient client, Class<K> kind, String installation, Runnable changed) {
        SharedIndexInformer<K> informer = client.resources(kind)
                .withLabel(Labels.INSTALLATION, installation)
                .runnableInformer(0);
        informer.exceptionHandler((started, failure) -> true);
        informer.addEventHandler(new ResourceEventHandler<K>() {
            @Override
            public void onAdd(K object) {}

            /** Volcano writes a queue's status all the time. */
            @Override
            public void onUpdate(K before, K after) {
                Long then = before.getMetadata().getGeneration();
                if (then == null || !then.equals(after.getMetadata().getGeneration())) {
                    changed.run();
                }
            }

            @Override
            public void onDelete(K object, boolean unknownEnd) {
                changed.run();
            }
        });
        return informer;
    }
}
