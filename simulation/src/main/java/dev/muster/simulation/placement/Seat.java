package dev.muster.simulation.placement;

import dev.muster.quota.name.NodeName;

/** What one bound pod takes of one node, until {@link Floor#leave}. */
public final class Seat {
    private final NodeName node;
    private final Machine machine;
    private final Ask ask;

    Seat(Machine machine, Ask ask) {
        this.node = machine.node().name();
        this.machine = machine;
        this.ask = ask;
        machine.take(ask);
    }

    public NodeName node() {
        return node;
    }

    void leave() {
        machine.giveBack(ask);
    }
}
