package dev.muster.simulation.placement;

import dev.muster.quota.node.Node;
import java.util.Arrays;

/** A node and what the pods bound to it take of it. Changed only by {@link Floor} and {@link Packing}. */
final class Machine {
    private Node node;
    private long[] capacity;
    private long[] used;
    private int pods;

    Machine(Node node, long[] capacity) {
        this.node = node;
        this.capacity = capacity;
        this.used = new long[capacity.length];
    }

    Node node() {
        return node;
    }

    /** The node as it is now; what its pods use stays. */
    void become(Node changed, long[] newCapacity) {
        node = changed;
        capacity = newCapacity;
        used = Arrays.copyOf(used, Math.max(used.length, newCapacity.length));
    }

    long capacity(int resource) {
        return resource < capacity.length ? capacity[resource] : 0;
    }

    long used(int resource) {
        return resource < used.length ? used[resource] : 0;
    }

    int pods() {
        return pods;
    }

    boolean fits(Ask ask) {
        if (pods >= node.maxPods()) {
            return false;
        }
        for (int i = 0; i < ask.size(); i++) {
            int resource = ask.resource(i);
            if (ask.amount(i) > capacity(resource) - used(resource)) {
                return false;
            }
        }
        return true;
    }

    void take(Ask ask) {
        pods++;
        change(ask, 1);
    }

    void giveBack(Ask ask) {
        pods--;
        change(ask, -1);
    }

    private void change(Ask ask, int sign) {
        for (int i = 0; i < ask.size(); i++) {
            int resource = ask.resource(i);
            if (resource == Ask.NOWHERE) {
                continue; // bound long ago, to a node that offers it no more
            }
            if (resource >= used.length) {
                used = Arrays.copyOf(used, resource + 1);
            }
            used[resource] += sign * ask.amount(i);
        }
    }
}
