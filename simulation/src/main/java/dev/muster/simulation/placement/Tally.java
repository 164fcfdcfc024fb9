package dev.muster.simulation.placement;

import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** How many pods of one kind have room in a pool, kept up as its machines change. {@link Room} says when. */
final class Tally {
    private final Supplier<Ask> asking;
    private Ask ask;
    private final Admission admission;
    private long[] fits = new long[0];
    private long total;
    private int users;

    /** {@code asking}: a node that comes may be the first to offer what is asked, and gives it its number. */
    Tally(Supplier<Ask> asking, Admission admission) {
        this.asking = asking;
        this.ask = asking.get();
        this.admission = admission;
    }

    /** What makes two demands count alike. */
    record Kind(Resources resources, NodeAffinity affinity, List<Toleration> tolerations) {
        static Kind of(Demand demand) {
            return new Kind(demand.resources(), demand.affinity(), demand.tolerations());
        }
    }

    void countAgain(List<Machine> machines) {
        fits = new long[machines.size()];
        total = 0;
        ask = asking.get();
        machines.forEach(this::count);
    }

    void count(Machine machine) {
        int number = machine.number();
        if (number >= fits.length) {
            fits = Arrays.copyOf(fits, number + 1);
        }
        long now = admission.fit(machine, ask);
        total += now - fits[number];
        fits[number] = now;
    }

    long total() {
        return total;
    }

    void use() {
        users++;
    }

    /** True where that was the last use. */
    boolean leave() {
        return --users == 0;
    }
}
