package dev.muster.quota.plan;

import dev.muster.quota.node.NodeAffinity;
import java.util.SortedSet;

/** The keys of labels by which nodes are told apart: those that some job or attempt of a snapshot asks for. */
final class Labels {
    private final SortedSet<String> keys;
    private Object source = this;
    private int known;
    private boolean coverAll;

    Labels(SortedSet<String> keys) {
        this.keys = keys;
    }

    SortedSet<String> keys() {
        return keys;
    }

    /** Adds what the waiting jobs ask for. */
    static void addTo(SortedSet<String> keys, WaitingTable table) {
        boolean[] used = usedWheres(table);
        for (int where = 0; where < used.length; where++) {
            if (used[where]) {
                table.wants.wheres[where].affinity().addLabelsTo(keys);
            }
        }
    }

    boolean cover(Ask ask) {
        return covers(ask.affinity());
    }

    private boolean covers(NodeAffinity affinity) {
        return affinity == NodeAffinity.ANY || affinity.asksOnlyFor(keys);
    }

    /** True where the waiting jobs ask for no other; costs nothing as long as no new words come. */
    boolean cover(WaitingTable table) {
        Wants wants = table.wants;
        if (wants.source != source) {
            source = wants.source;
            known = 0;
            coverAll = true;
        }
        for (; known < wants.whereCount; known++) {
            coverAll &= covers(wants.wheres[known].affinity());
        }
        return coverAll || coverUsed(table);
    }

    /** The table may know words of jobs that are gone. */
    private boolean coverUsed(WaitingTable table) {
        boolean[] used = usedWheres(table);
        for (int where = 0; where < used.length; where++) {
            if (used[where] && !covers(table.wants.wheres[where].affinity())) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] usedWheres(WaitingTable table) {
        Wants wants = table.wants;
        boolean[] usedWants = new boolean[wants.count];
        for (int c = 0; c < table.chunks(); c++) {
            for (int want : table.chunk(c).wants()) {
                usedWants[want < 0 ? ~want : want] = true;
            }
        }
        boolean[] used = new boolean[wants.whereCount];
        for (int want = 0; want < usedWants.length; want++) {
            for (int row = wants.firstRow[want]; usedWants[want] && row < wants.firstRow[want + 1]; row++) {
                used[wants.where[row]] = true;
            }
        }
        return used;
    }
}
