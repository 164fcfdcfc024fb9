package dev.muster.simulation.placement;

import dev.muster.quota.node.Node;
import java.util.Arrays;

/** A node and what the pods bound to it take of it. Changed only by {@link Floor} and {@link Packing}. */
final class Machine {
    private final Room room;
    private Node node;
    private boolean ready;
    private int maxPods;
    private long[] capacity;
    private long[] used;
    private int pods;
    private int number;
    private boolean touched;

    Machine(Node node, Room room, long[] capacity) {
        this.room = room;
        this.node = node;
        this.ready = node.ready();
        this.maxPods = node.maxPods();
        this.capacity = capacity;
        this.used = new long[capacity.length];
    }

    Room room() {
        return room;
    }

    Node node() {
        return node;
    }

    /** The node as it is now; what its pods use stays. */
    void become(Node changed, long[] newCapacity) {
        node = changed;
        ready = changed.ready();
        maxPods = changed.maxPods();
        capacity = newCapacity;
        used = Arrays.copyOf(used, Math.max(used.length, newCapacity.length));
    }

    long capacity(int resource) {
        return resource < capacity.length ? capacity[resource] : 0;
    }

    long used(int resource) {
        return resource < used.length ? used[resource] : 0;
    }

    /** True where the node is ready and has room for one such pod. */
    boolean fits(Ask ask) {
        if (!ready || pods >= maxPods) {
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

    /** How many such pods have room; 0 where the node is not ready. */
    long fit(Ask ask) {
        if (!ready) {
            return 0;
        }
        long most = Math.max(0, maxPods - pods);
        for (int i = 0; i < ask.size() && most > 0; i++) {
            int resource = ask.resource(i);
            most = Math.min(most, Math.max(0, capacity(resource) - used(resource)) / ask.amount(i));
        }
        return most;
    }

    void take(Ask ask) {
        pods++;
        change(ask, 1);
    }

    void giveBack(Ask ask) {
        pods--;
        change(ask, -1);
    }

    /** Where the room's tallies keep this machine. */
    int number() {
        return number;
    }

    void number(int place) {
        number = place;
    }

    /** True the first time since {@link #untouch}. */
    boolean touch() {
        boolean first = !touched;
        touched = true;
        return first;
    }

    void untouch() {
        touched = false;
    }

    private void change(Ask ask, int sign) {
        room.touch(this);
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
