package dev.muster.external;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.node.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A cluster in which only what was created past Muster is there. */
final class Past implements Cluster {
    final List<ExternalWork> present = new ArrayList<>();
    final List<ExternalRef> discarded = new ArrayList<>();

    @Override
    public List<ExternalWork> external() {
        return List.copyOf(present);
    }

    @Override
    public void discard(ExternalRef ref) {
        discarded.add(ref);
        present.removeIf(work -> work.ref().equals(ref));
    }

    @Override
    public List<Node> nodes() {
        return List.of();
    }

    @Override
    public void launch(Gang gang) {}

    @Override
    public void grow(Gang gang, List<ElasticPod> pods) {}

    @Override
    public void replace(Gang gang, Set<PodRef> lost) {}

    @Override
    public void shrink(AttemptId attempt, Set<PodRef> pods) {}

    @Override
    public void release(AttemptId attempt) {}

    @Override
    public Set<AttemptId> attempts() {
        return Set.of();
    }

    @Override
    public Optional<GangStatus> status(AttemptId attempt) {
        return Optional.empty();
    }

    @Override
    public void onChange(Consumer<Optional<AttemptId>> listener) {}

    @Override
    public LogChunk log(PodRef pod, long offset, int limit) {
        return new LogChunk(offset, new byte[0], true);
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }
}
