package dev.muster.kubernetes;

import dev.muster.cluster.Gang;
import dev.muster.cluster.PodPhase;
import dev.muster.quota.name.AttemptId;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Gangs whose nodes are not all there yet. Placeholders of their shapes keep the room that is there and ask for the rest; when all
 * of a gang's are bound its own pods are made, and they go. Until then nothing of the gang itself is in the cluster but its
 * PodGroup. Which gangs wait is known from the caller, who launches again after a restart. Safe for any thread.
 */
final class Placeholders implements AutoCloseable {
    private final Sightings sightings;
    private final Consumer<Gang> launch;
    private final Consumer<PodFacts> end;
    private final Map<AttemptId, Gang> waiting = new ConcurrentHashMap<>();
    /** Of its own: a launch uses the connections and waits for them. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "muster-placeholders");
        thread.setDaemon(true);
        return thread;
    });

    Placeholders(Sightings sightings, Consumer<Gang> launch, Consumer<PodFacts> end) {
        this.sightings = sightings;
        this.launch = launch;
        this.end = end;
    }

    /** True where each pod of the gang has room kept for it; from now on the gang is launched when that is so. */
    boolean haveRoomFor(Gang gang) {
        waiting.put(gang.id(), gang);
        return isSeated(gang);
    }

    private boolean isSeated(Gang gang) {
        Set<?> bound = sightings.placeholders(gang.id()).stream()
                .filter(placeholder -> placeholder.isBound()
                        && !placeholder.going()
                        && !placeholder.status().phase().isFinal())
                .map(PodFacts::ref)
                .collect(Collectors.toSet());
        return bound.size() == gang.pods();
    }

    /** Those of {@code wanted} that are not there. */
    List<Pod> missing(List<Pod> wanted) {
        return wanted.stream()
                .filter(pod -> !sightings.isPlaceholder(pod.getMetadata().getNamespace() + "/"
                        + pod.getMetadata().getName()))
                .toList();
    }

    /** The room is for the gang's own pods now, or for nobody. */
    void end(AttemptId attempt) {
        waiting.remove(attempt);
        sightings.placeholders(attempt).stream()
                .filter(placeholder -> !placeholder.going())
                .forEach(end);
    }

    void seen(PodFacts placeholder) {
        AttemptId attempt = placeholder.ref().attempt();
        if (placeholder.going()) {
            return;
        }
        Gang gang = waiting.get(attempt);
        boolean isLeftOver = sightings.isLetGo(attempt) || sightings.hasStarted(attempt);
        if (isLeftOver || placeholder.status().phase() == PodPhase.FAILED) {
            later(() -> end.accept(placeholder));
        } else if (gang != null && isSeated(gang)) {
            later(() -> launch.accept(gang));
        }
    }

    /** The attempt whose it was; one that is still needed is made again. */
    Optional<AttemptId> gone(String key) {
        Optional<AttemptId> attempt = sightings.placeholderGone(key, waiting::containsKey);
        attempt.map(waiting::get).ifPresent(gang -> later(() -> launch.accept(gang)));
        return attempt;
    }

    private void later(Runnable work) {
        Connections.later(thread, work);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
