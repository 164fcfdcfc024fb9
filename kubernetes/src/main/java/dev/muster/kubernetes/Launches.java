package dev.muster.kubernetes;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes what a gang lacks: its PodGroup, its Service, its pods. Everything may be made twice, by anybody, at any time. */
final class Launches {
    private final Requests requests;
    private final Connections connections;
    private final Sightings sightings;
    private final Placeholders placeholders;
    private final Endings endings;
    private final InstantSource clock;
    private final ClusterClock clusterClock;
    private final Supplier<Manifests> manifests;
    private final Consumer<AttemptId> changed;

    Launches(
            Requests requests,
            Connections connections,
            Sightings sightings,
            Placeholders placeholders,
            Endings endings,
            InstantSource clock,
            ClusterClock clusterClock,
            Supplier<Manifests> manifests,
            Consumer<AttemptId> changed) {
        this.requests = requests;
        this.connections = connections;
        this.sightings = sightings;
        this.placeholders = placeholders;
        this.endings = endings;
        this.clock = clock;
        this.clusterClock = clusterClock;
        this.manifests = manifests;
        this.changed = changed;
    }

    void launch(Gang gang) {
        if (sightings.isLetGo(gang.id())) {
            return;
        }
        if (isWhole(gang.id())) {
            placeholders.end(gang.id());
            return;
        }
        Manifests manifests = this.manifests.get();
        PodGroup wanted = manifests.podGroup(gang);
        // Made before anything is written: a gang that cannot be described leaves nothing behind.
        List<Pod> pods = manifests.pods(gang, wanted);
        PodGroup group = group(gang, wanted);
        GroupFacts facts = GroupFacts.of(group)
                .orElseThrow(() -> new IllegalArgumentException(
                        "PodGroup %s is not as Muster made it: its annotation %s cannot be read; remove it"
                                .formatted(group.getMetadata().getName(), Labels.GANG)));
        if (facts.going()) {
            throw new ClusterUnavailable("PodGroup %s is being removed".formatted(facts.name()), null);
        }
        sightings.groupMade(facts);
        if (facts.started()) {
            placeholders.end(gang.id());
            return;
        }
        if (gang.waitsForNodes() && sightings.seen(gang.id()).isEmpty() && !placeholders.haveRoomFor(gang)) {
            connections.all(placeholders.missing(manifests.placeholders(gang, group)), requests::create);
            changed.accept(gang.id());
            return;
        }
        if (gang.pods() > 1) {
            requests.create(manifests.service(gang, group));
        }
        Set<PodRef> seen = sightings.seen(gang.id());
        List<Pod> missing = pods.stream()
                .filter(pod -> PodFacts.refOf(pod).filter(seen::contains).isEmpty())
                .toList();
        missing.forEach(pod -> Manifests.own(pod, group));
        connections.all(missing, requests::create);
        // Its pods wait for the room by now: nobody else gets it in between.
        placeholders.end(gang.id());
        changed.accept(gang.id());
    }

    private PodGroup group(Gang gang, PodGroup wanted) {
        Instant asked = clock.instant();
        PodGroup group = requests.create(wanted);
        if (group.getStatus() == null && group.getMetadata().getCreationTimestamp() != null) {
            Instant made = PodView.instant(group.getMetadata().getCreationTimestamp());
            boolean now = sightings.group(gang.id()).isEmpty();
            if (now) {
                clusterClock.heard(asked, made);
            }
        }
        return group;
    }

    /** Nothing of the gang is missing, or it has started and what is missing was there. */
    private boolean isWhole(AttemptId attempt) {
        Optional<GroupFacts> group = sightings.group(attempt);
        return sightings.hasStarted(attempt)
                || group.filter(known -> known.shape().slots(attempt).stream()
                                .map(GangShape.Slot::pod)
                                .allMatch(sightings.seen(attempt)::contains))
                        .isPresent();
    }

    void grow(Gang gang, List<ElasticPod> pods) {
        Optional<GroupFacts> known = sightings.group(gang.id());
        if (known.isEmpty() || sightings.isLetGo(gang.id())) {
            return;
        }
        Manifests manifests = this.manifests.get();
        PodGroup owner = manifests.podGroup(gang);
        owner.getMetadata().setUid(known.get().uid());
        Set<PodRef> seen = sightings.seen(gang.id());
        List<Pod> missing = pods.stream()
                .filter(pod -> !seen.contains(pod.of(gang.id())))
                .map(pod -> manifests.elasticPod(gang, owner, pod))
                .toList();
        if (!missing.isEmpty()) {
            // A gang of one pod has had no need of it so far.
            requests.create(manifests.service(gang, owner));
        }
        connections.all(missing, requests::create);
    }

    /**
     * By the group alone: Volcano counts a gang by it, and asks no pod. Left in the queue that it came from it would take room there of
     * which Muster says that it is free, and what Muster launches into that room would wait for it.
     */
    void move(Gang gang) {
        Optional<GroupFacts> known = sightings.group(gang.id()).filter(group -> !group.going());
        if (known.isEmpty()
                || sightings.isLetGo(gang.id())
                || gang.queue().equals(known.get().queue())) {
            return;
        }
        requests.moveGroup(known.get(), gang.queue());
    }

    /**
     * Each has the name of the one that is lost, so that it is the same to its gang, and making it twice makes one. What is left of the
     * lost one goes first; nobody is on its node who could say that it has ended.
     */
    void replace(Gang gang, Set<PodRef> pods) {
        Optional<GroupFacts> known = sightings.group(gang.id()).filter(group -> !group.going());
        Set<PodRef> lost = sightings.lost(gang.id(), pods);
        if (known.isEmpty() || lost.isEmpty() || sightings.isLetGo(gang.id())) {
            return;
        }
        Manifests manifests = this.manifests.get();
        Gang without = gang.onNodesThatAreThere();
        PodGroup owner = manifests.podGroup(without);
        owner.getMetadata().setUid(known.get().uid());
        List<Pod> again = manifests.pods(without, owner).stream()
                .filter(pod -> PodFacts.refOf(pod).filter(lost::contains).isPresent())
                .toList();
        sightings.roomIsGone(gang.id(), lost);
        connections.all(
                lost.stream().flatMap(pod -> sightings.pod(pod).stream()).toList(), endings::remove);
        connections.all(again, requests::create);
    }
}
