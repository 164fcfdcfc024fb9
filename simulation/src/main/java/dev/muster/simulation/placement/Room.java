package dev.muster.simulation.placement;

import dev.muster.quota.name.NodeName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The machines of one pool, by number, and the tallies of those who wait for room in it. */
final class Room {
    /** {@code pool-2} before {@code pool-10}. */
    private static final Comparator<NodeName> BY_NUMBER =
            Comparator.comparingInt((NodeName name) -> name.value().length()).thenComparing(Comparator.naturalOrder());

    private final List<Machine> machines = new ArrayList<>();
    private final List<Machine> touched = new ArrayList<>();
    private final Map<Tally.Kind, Tally> tallies = new HashMap<>();
    private boolean renewed;

    List<Machine> machines() {
        return machines;
    }

    void add(Machine machine) {
        int at = place(machine);
        machines.add(at < 0 ? -at - 1 : at, machine);
        renewed = true;
    }

    void remove(Machine machine) {
        machines.remove(place(machine));
        renewed = true;
    }

    private int place(Machine machine) {
        return Collections.binarySearch(
                machines, machine, Comparator.comparing(other -> other.node().name(), BY_NUMBER));
    }

    /** A machine is another one now. */
    void renew() {
        renewed = true;
    }

    /** Something was taken or given back; a machine is noted once until the next count. */
    void touch(Machine machine) {
        if (!tallies.isEmpty() && machine.touch()) {
            touched.add(machine);
        }
    }

    /** The tally of this kind of pod, kept up until {@link #leave}. */
    Tally use(Demand demand, Supplier<Ask> asking, Admission admission) {
        Tally tally = tallies.computeIfAbsent(Tally.Kind.of(demand), kind -> {
            Tally fresh = new Tally(asking, admission);
            fresh.countAgain(numbered());
            return fresh;
        });
        tally.use();
        return tally;
    }

    void leave(Demand demand) {
        Tally.Kind kind = Tally.Kind.of(demand);
        if (tallies.get(kind).leave()) {
            tallies.remove(kind);
        }
    }

    /** Brings the tallies up to date. */
    void count() {
        if (renewed) {
            List<Machine> all = numbered();
            tallies.values().forEach(tally -> tally.countAgain(all));
            renewed = false;
        } else {
            for (Machine machine : touched) {
                tallies.values().forEach(tally -> tally.count(machine));
            }
        }
        touched.forEach(Machine::untouch);
        touched.clear();
    }

    private List<Machine> numbered() {
        for (int i = 0; i < machines.size(); i++) {
            machines.get(i).number(i);
        }
        return machines;
    }
}
