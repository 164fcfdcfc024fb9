package dev.muster.cluster;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.node.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where gangs run. Every method may be repeated with the same effect. An attempt is known to the cluster from {@link #launch}
 * until its last pod is gone after {@link #release}; what was launched goes on while the service is down.
 */
public interface Cluster {
    /** Nodes with their pools as they are now, ready or not. */
    List<Node> nodes();

    /**
     * Makes the gang's pods. They start all together or wait all together; launching an attempt that is known does nothing.
     * One that was released is not launched again: the cluster may have forgotten it, and would start it anew.
     *
     * @throws ClusterUnavailable where the cluster cannot be reached; the launch may or may not have happened: repeat it
     */
    void launch(Gang gang);

    /**
     * Ends and removes all pods of the attempt, asking them to stop and killing them after {@code grace} of its gang. The
     * attempt is gone from {@link #attempts()} when the last pod is. An unknown attempt: nothing happens.
     */
    void release(AttemptId attempt);

    /** The attempts of this installation that the cluster knows, also ones that the caller has forgotten. */
    Set<AttemptId> attempts();

    /**
     * The pods of an attempt, in the order of its roles and numbers; empty where the cluster does not know it. Pods that have
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

    /** {@code now} by the cluster's own clock; the virtual one in simulations. */
    Instant now();
}
