package dev.muster.quota.fit;

/** How many pods of one shape fit on all nodes together, kept up while room is given back and taken again. */
public final class Headcount {
    private final Room room;
    private final PodShape pod;
    private long fits;

    Headcount(Room room, PodShape pod) {
        this.room = room;
        this.pod = pod;
        for (int kind : pod.where.kinds()) {
            fits += room.count(kind, pod.amounts);
        }
    }

    public long fits() {
        return fits;
    }

    /** Room on this node is about to change. */
    void before(int node) {
        fits -= on(node);
    }

    /** It has changed. */
    void after(int node) {
        fits += on(node);
    }

    private int on(int node) {
        return pod.where.admits(room.kindOf(node)) ? room.capacity(node, pod.amounts, Integer.MAX_VALUE) : 0;
    }
}
