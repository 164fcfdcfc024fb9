package dev.muster.kubernetes;

import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes gangs away, whole or pods above their minimum, and what a late writer makes of one that was let go. */
final class Endings {
    private final Requests requests;
    private final Connections connections;
    private final Sightings sightings;
    private final Placeholders placeholders;
    private final Nodes nodes;
    private final Consumer<AttemptId> changed;

    Endings(
            Requests requests,
            Connections connections,
            Sightings sightings,
            Placeholders placeholders,
            Nodes nodes,
            Consumer<AttemptId> changed) {
        this.requests = requests;
        this.connections = connections;
        this.sightings = sightings;
        this.placeholders = placeholders;
        this.nodes = nodes;
        this.changed = changed;
    }

    void shrink(AttemptId attempt, Set<PodRef> pods) {
        Optional<GangShape> shape = sightings.group(attempt).map(GroupFacts::shape);
        for (PodRef pod : pods) {
            boolean own = shape.map(gang -> pod.index() < gang.pods(pod.role()))
                    .orElseGet(() ->
                            sightings.pod(pod).filter(known -> !known.elastic()).isPresent());
            if (own) {
                throw new IllegalArgumentException(
                        "Pod %s belongs to the gang itself: only pods above the minimum may be ended alone"
                                .formatted(pod));
            }
        }
        sightings.shrinks(attempt, pods);
        connections.all(
                pods.stream()
                        .flatMap(pod -> sightings.pod(pod).stream())
                        .filter(pod -> !pod.going())
                        .toList(),
                this::end);
    }

    void release(AttemptId attempt) {
        sightings.letGo(attempt, Optional.empty());
        // The group first: without it Volcano binds no pod of it any more. What is left behind, Kubernetes removes with
        // it.
        sightings.group(attempt).filter(group -> !group.going()).ifPresent(this::end);
        connections.all(sightings.pods(attempt).stream().filter(this::isToEnd).toList(), this::end);
        placeholders.end(attempt);
    }

    /** The pods first: of what is left behind by a group that is gone Kubernetes ends each in the time that it was made with. */
    void release(AttemptId attempt, Duration grace) {
        long seconds = grace.plusMillis(999).toSeconds();
        sightings.letGo(attempt, Optional.of(seconds));
        connections.all(sightings.pods(attempt).stream().filter(this::isToEnd).toList(), pod -> end(pod, seconds));
        placeholders.end(attempt);
        sightings.group(attempt).filter(group -> !group.going()).ifPresent(this::end);
    }

    private boolean isToEnd(PodFacts pod) {
        return !pod.going() || isStranded(pod);
    }

    /** Nobody is left on its node who could say that it has ended. */
    private boolean isStranded(PodFacts pod) {
        return pod.status().node() != null && nodes.isGone(pod.status().node());
    }

    void end(PodFacts pod) {
        end(pod, null);
    }

    /** At once: it is lost, and its name is wanted. */
    void remove(PodFacts pod) {
        end(pod, 0L);
    }

    /** {@code grace} in seconds, null: its own. */
    private void end(PodFacts pod, @Nullable Long grace) {
        if (!requests.delete(pod.path(), pod.uid(), isStranded(pod) ? Long.valueOf(0) : grace)) {
            if (sightings.isPlaceholder(pod.namespace() + "/" + pod.name())) {
                placeholders.gone(pod.namespace() + "/" + pod.name()).ifPresent(changed);
                return;
            }
            sightings
                    .podGone(pod.namespace() + "/" + pod.name(), Optional.empty())
                    .ifPresent(changed);
        }
    }

    private void end(GroupFacts group) {
        if (!requests.delete(group.path(), group.uid(), null)) {
            sightings.groupGone(group.namespace() + "/" + group.name()).ifPresent(changed);
        }
    }

    /** A late writer may have made it after its attempt was let go: it goes again at once. */
    void meet(PodFacts pod) {
        if (sightings.isLetGo(pod.ref().attempt()) && !pod.going()) {
            connections.later(() -> end(pod, sightings.grace(pod.ref().attempt())));
        }
    }

    void meet(GroupFacts group) {
        if (sightings.isLetGo(group.attempt()) && !group.going()) {
            connections.later(() -> {
                Long grace = sightings.grace(group.attempt());
                if (grace != null) {
                    sightings.pods(group.attempt()).stream()
                            .filter(this::isToEnd)
                            .forEach(pod -> end(pod, grace));
                }
                end(group);
            });
        }
    }
}
