package dev.muster.cluster;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import dev.muster.quota.offering.EmptyGroup;
import dev.muster.quota.offering.StrayNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A cluster that stands around another one and hands on all that it is asked: who extends it says only what it does itself. Also what
 * has a default is handed on here, where it cannot be forgotten.
 */
public abstract class ClusterAround implements Cluster {
    private final Cluster cluster;

    protected ClusterAround(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public List<Node> nodes() {
        return cluster.nodes();
    }

    @Override
    public List<StrayNode> strays() {
        return cluster.strays();
    }

    @Override
    public void launch(Gang gang) {
        cluster.launch(gang);
    }

    @Override
    public void grow(Gang gang, List<ElasticPod> pods) {
        cluster.grow(gang, pods);
    }

    @Override
    public void replace(Gang gang, Set<PodRef> lost) {
        cluster.replace(gang, lost);
    }

    @Override
    public void move(Gang gang) {
        cluster.move(gang);
    }

    @Override
    public void shrink(AttemptId attempt, Set<PodRef> pods) {
        cluster.shrink(attempt, pods);
    }

    @Override
    public void release(AttemptId attempt) {
        cluster.release(attempt);
    }

    @Override
    public void release(AttemptId attempt, Duration grace) {
        cluster.release(attempt, grace);
    }

    @Override
    public Set<AttemptId> attempts() {
        return cluster.attempts();
    }

    @Override
    public Optional<GangStatus> status(AttemptId attempt) {
        return cluster.status(attempt);
    }

    @Override
    public void onChange(Consumer<Optional<AttemptId>> listener) {
        cluster.onChange(listener);
    }

    @Override
    public LogChunk log(PodRef pod, long offset, int limit) {
        return cluster.log(pod, offset, limit);
    }

    @Override
    public Optional<String> lastWord(PodRef pod) {
        return cluster.lastWord(pod);
    }

    @Override
    public Optional<PageAnswer> page(PodRef pod, PageRequest request) {
        return cluster.page(pod, request);
    }

    @Override
    public Optional<PodDoor> door(PodRef pod, int port) {
        return cluster.door(pod, port);
    }

    @Override
    public void keepWarm(List<WarmNodes> wanted) {
        cluster.keepWarm(wanted);
    }

    @Override
    public void makeRoom(Gang gang) {
        cluster.makeRoom(gang);
    }

    @Override
    public Set<NodeName> takenBack() {
        return cluster.takenBack();
    }

    @Override
    public void askAhead(Gang gang, Set<PodRef> pods) {
        cluster.askAhead(gang, pods);
    }

    @Override
    public List<ExternalWork> external() {
        return cluster.external();
    }

    @Override
    public Autoscaling autoscaling() {
        return cluster.autoscaling();
    }

    @Override
    public Optional<List<PodUse>> use() {
        return cluster.use();
    }

    @Override
    public List<EmptyGroup> emptyGroups() {
        return cluster.emptyGroups();
    }

    @Override
    public void discard(ExternalRef ref) {
        cluster.discard(ref);
    }

    @Override
    public int atOnce() {
        return cluster.atOnce();
    }

    @Override
    public Instant now() {
        return cluster.now();
    }
}
