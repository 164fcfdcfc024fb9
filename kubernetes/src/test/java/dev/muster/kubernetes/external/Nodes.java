package dev.muster.kubernetes.external;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A cluster that has nodes and no gangs of its own. */
record Nodes(List<String> names, String pool) implements Cluster {
    @Override
    public List<Node> nodes() {
        return names.stream()
                .map(name -> new Node(
                        new NodeName(name),
                        new PoolName(pool),
                        Map.of(),
                        List.of(),
                        Resources.of(Map.of("cpu", 8_000L)),
                        Resources.NONE,
                        110,
                        0,
                        true))
                .toList();
    }

    @Override
    public void launch(Gang gang) {
        throw new AssertionError(gang);
    }

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
        return java.time.InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS);
    }
}
