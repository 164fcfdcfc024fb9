package dev.muster.kubernetes.mirror;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.kubernetes.Installation;
import dev.muster.kubernetes.KubernetesConnection;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.queue.QueueSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps Volcano Queues for the leaves of the tree, and PriorityClasses, as Muster's are: compares, writes what differs, removes
 * what is left over. Objects without this installation's label are never touched. Level-triggered: call it when something changed.
 */
public final class Mirrors implements AutoCloseable {
    private final QueueMirror queues;
    private final PriorityClassMirror classes;
    private final MirrorWatches watches;
    /** What has been told and still is so. */
    private Set<Finding> told = new HashSet<>();

    private Mirrors(QueueMirror queues, PriorityClassMirror classes, MirrorWatches watches) {
        this.queues = queues;
        this.classes = classes;
        this.watches = watches;
    }

    /** {@code changed} is run when somebody has touched one of our objects. */
    public static Mirrors open(KubernetesConnection connection, Installation installation, Runnable changed) {
        return new Mirrors(
                new QueueMirror(connection.client(), installation.id()),
                new PriorityClassMirror(connection.client(), installation.id()),
                MirrorWatches.start(connection.client(), installation.id(), changed));
    }

    /**
     * Makes the cluster so; returns what was found that was not told before.
     *
     * @throws ClusterUnavailable where the cluster cannot be reached: repeat it
     */
    public List<Finding> keep(List<QueueSpec> tree, List<PriorityClass> classes) {
        try {
            List<Finding> found = new ArrayList<>();
            queues.keep(QueueMirror.leaves(tree), found);
            this.classes.keep(classes, found);
            List<Finding> news =
                    found.stream().filter(finding -> !told.contains(finding)).toList();
            told = new HashSet<>(found);
            told.removeIf(finding -> finding.what() == Finding.What.MENDED);
            return news;
        } catch (KubernetesClientException e) {
            throw new ClusterUnavailable("Queues and priority classes could not be mirrored: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        watches.close();
    }
}
