package dev.muster.quota.plan;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Toleration;
import java.util.List;

/**
 * The queues and lists of roles that a {@link WaitingTable} has numbers for. A list of roles is some rows, one for each role;
 * those of list {@code n} begin at {@code firstRow[n]}. Only what is below the counts may be read: others may add behind.
 */
final class Wants {
    /** In place of an amount: the role says nothing of this resource. */
    static final long UNSAID = -1;

    /** Numbers of one source do not change. */
    final Object source;

    final QueueName[] queues;
    final int queueCount;
    final int count;
    final boolean[] oneZone;
    final int[] firstRow;
    final int[] minimum;
    final int[] where;
    final Where[] wheres;
    final int whereCount;
    /** Of each pair of a queue and a list of roles, that jobs were seen of, these two: equal jobs of a queue are of one kind. */
    final int[] kindQueue;

    final int[] kindWant;
    final int kindCount;
    /** Of each row {@code stride} amounts, {@link #UNSAID} where none; what they count is in {@code resources}. */
    final long[] amounts;

    final int stride;
    final List<String> resources;

    /** On which nodes a role may run, in words. */
    record Where(NodeAffinity affinity, List<Toleration> tolerations) {
        static final Where ANYWHERE = new Where(NodeAffinity.ANY, List.of());
    }

    Wants(Catalogue from) {
        source = from;
        queues = from.queues;
        queueCount = from.queueCount;
        count = from.count;
        oneZone = from.oneZone;
        firstRow = from.firstRow;
        minimum = from.minimum;
        where = from.where;
        wheres = from.wheres;
        whereCount = from.whereCount;
        kindQueue = from.kindQueue;
        kindWant = from.kindWant;
        kindCount = from.kindCount;
        amounts = from.amounts;
        stride = from.stride;
        resources = List.copyOf(from.resources);
    }

    int roles(int want) {
        return firstRow[want + 1] - firstRow[want];
    }
}
