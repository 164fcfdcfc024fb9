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
 * Where gangs run. Every method may be repeated with the same effect. An attempt is known to the cluster from {@link #launch}
 * until its last pod is gone after {@link #release}; what was launched goes on while the service is down. Evicting a gang is
 * releasing it.
 */
public interface Cluster {
    /** Nodes with their pools as they are now, ready or not. */
    List<Node> nodes();

    /** Nodes that belong to no pool, as they are now: nothing is launched there. */
    default List<StrayNode> strays() {
        return List.of();
    }

    /**
     * Makes the gang's pods. They start all together or wait all together; launching an attempt that is known does nothing.
     * One that was released is not launched again: the cluster may have forgotten it, and would start it anew.
     *
     * @throws ClusterUnavailable where the cluster cannot be reached; the launch may or may not have happened: repeat it
     */
    void launch(Gang gang);

    /**
     * Makes pods above the gang's minimum, for a gang that was launched. Each is bound by itself as room comes: the gang does
     * not wait for them, nor they for one another, but none is bound before its gang is. A pod that is known, in whatever
     * state, is left as it is; where the attempt is unknown or released nothing happens. A pod that was shrunk away is not
     * grown again: the cluster may have forgotten it, and would make it anew.
     *
     * @throws ClusterUnavailable where the cluster cannot be reached; the pods may or may not be made: repeat it
     */
    void grow(Gang gang, List<ElasticPod> pods);

    /**
     * Makes pods of the gang's own again that are lost, each with its role, number and pool, of a gang that runs: it is bound by
     * itself as room comes. A pod that is not lost, in whatever state, is left as it is, and so is one whose command may run but
     * once; where the attempt is unknown or released nothing happens. A lost pod whose object is not gone yet may need another call.
     *
     * @throws ClusterUnavailable where the cluster cannot be reached; the pods may or may not be made: repeat it
     */
    void replace(Gang gang, Set<PodRef> lost);

    /**
     * Counts the gang in its queue from now on, where the cluster counts by queue and had it in another one; its pods notice nothing.
     * Where the attempt is unknown or released nothing happens.
     *
     * @throws ClusterUnavailable where the cluster cannot be reached: repeat it
     */
    default void move(Gang gang) {}

    /**
     * Ends and removes these pods of an attempt that goes on, asking them to stop and killing them after the {@code grace} of
     * its gang. A pod is missing from {@link #status} when it is gone; pods that are unknown or going already: nothing happens.
     * Only for pods that {@link #grow} made: what is asked of a gang's own pods is refused.
     *
     * @throws IllegalArgumentException where a pod is one of the gang's own; then none is ended
     */
    void shrink(AttemptId attempt, Set<PodRef> pods);

    /**
     * Ends and removes all pods of the attempt, asking them to stop and killing them after {@code grace} of its gang. The
     * attempt is gone from {@link #attempts()} when the last pod is. An unknown attempt: nothing happens.
     */
    void release(AttemptId attempt);

    /**
     * The same for one that gives way: its pods have {@code grace} to save their work, whatever they were launched with. Where pods
     * cannot be told that late they have their own.
     */
    default void release(AttemptId attempt, Duration grace) {
        release(attempt);
    }

    /** The attempts of this installation that the cluster knows, also ones that the caller has forgotten. */
    Set<AttemptId> attempts();

    /**
     * The pods of an attempt, in the order of its roles and numbers, those that it grew among them; empty where the cluster does not know it. Pods that have
     * ended stay until the attempt is released; while it is being released, pods that are gone may be missing.
     */
    Optional<GangStatus> status(AttemptId attempt);

    /**
     * Calls {@code listener} after the status of an attempt changed, or the nodes did (then with nothing). Calls may be merged,
     * repeated and come from any thread, also within a call of this cluster; the listener must return at once and read
     * {@link #status} itself.
     */
    void onChange(Consumer<Optional<AttemptId>> listener);

    /**
     * Output of a pod from byte {@code offset}, at most {@code limit} bytes. The output of an attempt that is gone is there as
     * long as the cluster keeps it.
     *
     * @throws IllegalArgumentException where the offset is negative or the limit not positive
     */
    LogChunk log(PodRef pod, long offset, int limit);

    /**
     * What the command of a pod that has succeeded left in the file that {@code MUSTER_RESULT_FILE} names, {@value ResultFile#MOST_BYTES}
     * bytes at most; empty where it left nothing, and where nobody knows it any more.
     */
    default Optional<String> lastWord(PodRef pod) {
        return Optional.empty();
    }

    /**
     * What a pod that serves pages answers; empty where nobody answers there: it does not run, not yet, or serves none. A pod that is a
     * process of this machine serves them at the port that {@code MUSTER_PAGE_PORT} tells it, whatever is asked for.
     *
     * @throws ClusterUnavailable where the cluster cannot be reached, or does not let through
     */
    default Optional<PageAnswer> page(PodRef pod, PageRequest request) {
        return Optional.empty();
    }

    /**
     * Where to speak to a port of a pod that runs; empty where it does not, or serves nothing that could be reached. A pod that is a
     * process of this machine serves at the port that {@code MUSTER_PAGE_PORT} tells it, whatever is asked for.
     *
     * @throws ClusterUnavailable where the cluster cannot be reached
     */
    default Optional<PodDoor> door(PodRef pod, int port) {
        return Optional.empty();
    }

    /** Nodes that are there and of which their provider has said that it takes them back; a change is told like one of nodes. */
    default Set<NodeName> takenBack() {
        return Set.of();
    }

    /**
     * Asks whoever adds nodes for the next ones of these pods of a gang that runs, whose own are being taken back: for each pod a
     * forerunner, which keeps the room that it finds until the pod is gone or its attempt is released. A pod that is not on such a node,
     * or of an attempt that is unknown or released: nothing happens.
     *
     * @throws ClusterUnavailable where the cluster cannot be reached: repeat it
     */
    default void askAhead(Gang gang, Set<PodRef> pods) {}

    /**
     * Keeps so many nodes of these pools there that nothing of ours runs on, and of others none; who may run there takes them at once.
     * Their room counts as free. Repeated, it is level again; a cluster whose nodes do not come and go does nothing.
     *
     * @throws ClusterUnavailable where the cluster cannot be reached: repeat it
     */
    default void keepWarm(List<WarmNodes> wanted) {}

    /** This gang is let go past {@link #launch}: what is kept warm in its pools makes room for it now. */
    default void makeRoom(Gang gang) {}

    /** What was created past Muster and is there now; a change of it is told like a change of nodes. */
    default List<ExternalWork> external() {
        return List.of();
    }

    /** What is seen of the autoscaler; of a cluster that has none, or shows nothing of it, nothing is known. */
    default Autoscaling autoscaling() {
        return Autoscaling.UNKNOWN;
    }

    /** What pods use now; empty where the cluster does not measure it, which is another thing than nothing. */
    default Optional<List<PodUse>> use() {
        return Optional.empty();
    }

    /** Nodes that an autoscaler may make and of which there is none now, as far as it shows them. */
    default List<EmptyGroup> emptyGroups() {
        return List.of();
    }

    /** Removes what was created past Muster, its pods with it. One that is gone: nothing happens. */
    default void discard(ExternalRef ref) {}

    /**
     * How many calls of {@link #launch} and {@link #release} it takes side by side to be fast; one where their order matters, as
     * under a virtual clock.
     */
    default int atOnce() {
        return 1;
    }

    /** {@code now} by the cluster's own clock; the virtual one in simulations. */
    Instant now();
}
