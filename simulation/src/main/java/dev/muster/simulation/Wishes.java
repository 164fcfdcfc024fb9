package dev.muster.simulation;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked of the cluster, as the fact that it becomes; empty where it is so already, or nothing that is known is meant. */
record Wishes(World world) {
    Optional<Fact> declared(List<SimulatedPool> pools) {
        return world.fleet().pools().equals(pools)
                ? Optional.empty()
                : Optional.of(new Fact.Declared(world.now(), List.copyOf(pools)));
    }

    Optional<Fact> launched(Gang gang) {
        return world.gangs().containsKey(gang.id())
                ? Optional.empty()
                : Optional.of(new Fact.Launched(world.now(), gang));
    }

    Optional<Fact> grown(Gang gang, List<ElasticPod> pods) {
        SimulatedGang known = staying(gang.id());
        if (known == null) {
            return Optional.empty();
        }
        List<ElasticPod> missing = pods.stream()
                .filter(pod -> known.pod(pod.of(gang.id())) == null)
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of(new Fact.Grown(world.now(), gang.id(), missing));
    }

    Optional<Fact> replaced(Gang gang, Set<PodRef> lost) {
        SimulatedGang known = staying(gang.id());
        if (known == null || known.boundAt() == null) {
            return Optional.empty();
        }
        List<ElasticPod> again = lost.stream()
                .sorted(PodRef.ORDER)
                .flatMap(ref -> known.lost(ref).stream())
                .toList();
        return again.isEmpty() ? Optional.empty() : Optional.of(new Fact.Replaced(world.now(), gang.id(), again));
    }

    /** @throws IllegalArgumentException where one of them is not among those that its gang grew */
    Optional<Fact> shrunk(AttemptId attempt, Set<PodRef> pods) {
        SimulatedGang known = world.gangs().get(attempt);
        if (known == null) {
            return Optional.empty();
        }
        List<PodRef> going = new ArrayList<>();
        for (PodRef ref : pods) {
            Party party = known.elastic(ref);
            if (known.isOwn(ref)) {
                throw new IllegalArgumentException(
                        "Pod %s is one of its gang's own: only pods that it grew can be shrunk away".formatted(ref));
            } else if (party != null && !SimulatedGang.crew(party).leaves()) {
                going.add(ref);
            }
        }
        return going.isEmpty() ? Optional.empty() : Optional.of(new Fact.Shrunk(world.now(), attempt, going));
    }

    Optional<Fact> released(AttemptId attempt) {
        return staying(attempt) == null ? Optional.empty() : Optional.of(new Fact.Released(world.now(), attempt));
    }

    Optional<Fact> marked(NodeName node, NodeCondition condition, Duration notice) {
        return world.fleet().condition(node) != condition && world.fleet().isDeclared(node)
                ? Optional.of(new Fact.Marked(world.now(), node, condition, notice))
                : Optional.empty();
    }

    private @Nullable SimulatedGang staying(AttemptId attempt) {
        SimulatedGang known = world.gangs().get(attempt);
        return known == null || known.releasedAt() != null ? null : known;
    }
}
