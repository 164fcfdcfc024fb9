package dev.muster.kubernetes;

import dev.muster.cluster.Gang;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Placeholders that ask for the next nodes of pods whose own are being taken back, and keep the room that comes as long as these pods
 * are there. Whether one is needed is read from what is there, by whoever leads; the PodGroup owns it, so that none outlives its
 * attempt. Of the room on a node it takes what a pod that is not ours does. Safe for any thread.
 */
final class Forerunners {
    private final Sightings sightings;
    private final Nodes nodes;
    private final Requests requests;
    private final Connections connections;
    private final Supplier<Manifests> manifests;
    private final Consumer<PodFacts> end;
    private final Map<String, PodFacts> there = new ConcurrentHashMap<>();

    Forerunners(
            Sightings sightings,
            Nodes nodes,
            Requests requests,
            Connections connections,
            Supplier<Manifests> manifests,
            Consumer<PodFacts> end) {
        this.sightings = sightings;
        this.nodes = nodes;
        this.requests = requests;
        this.connections = connections;
        this.manifests = manifests;
        this.end = end;
    }

    void ask(Gang gang, Set<PodRef> pods) {
        Optional<GroupFacts> group = sightings.group(gang.id()).filter(known -> !known.going());
        if (group.isEmpty()) {
            return;
        }
        Set<PodRef> known = there.values().stream().map(PodFacts::ref).collect(Collectors.toSet());
        Set<PodRef> missing = pods.stream()
                .filter(pod -> isOfUse(pod) && !known.contains(pod))
                .collect(Collectors.toSet());
        if (!missing.isEmpty()) {
            Manifests manifests = this.manifests.get();
            PodGroup owner = manifests.podGroup(gang);
            owner.getMetadata().setUid(group.get().uid());
            connections.all(manifests.forerunners(gang, owner, missing), requests::create);
        }
    }

    /** Its pod runs on a node that is being taken back. */
    private boolean isOfUse(PodRef pod) {
        return !sightings.isLetGo(pod.attempt())
                && sightings
                        .pod(pod)
                        .filter(known ->
                                !known.going() && !known.status().phase().isFinal())
                        .map(known -> known.status().node())
                        .filter(nodes::isTakenBack)
                        .isPresent();
    }

    static boolean isOne(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && labels.containsKey(Labels.FORERUNNER);
    }

    void seen(PodFacts forerunner) {
        there.put(forerunner.namespace() + "/" + forerunner.name(), forerunner);
    }

    /** True where it was one. */
    boolean gone(String key) {
        return there.remove(key) != null;
    }

    /** Takes away those that are of no use any more; only when everything has been read once. */
    void look() {
        endAll(forerunner -> !isOfUse(forerunner.ref()));
    }

    void end(AttemptId attempt) {
        endAll(forerunner -> forerunner.ref().attempt().equals(attempt));
    }

    private void endAll(Predicate<PodFacts> which) {
        there.values().stream()
                .filter(forerunner -> !forerunner.going() && which.test(forerunner))
                .forEach(forerunner -> connections.later(() -> end.accept(forerunner)));
    }
}
