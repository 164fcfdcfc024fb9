package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.postgres.SupplyStore;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes down how many ready nodes each pool has whenever that changes. Used by the cycle's thread alone. */
@ApplicationScoped
public class SupplyBook {
    private final SupplyStore store;
    private final Duration keep;
    private final List<SupplyStore.Supply> unwritten = new ArrayList<>();
    private @Nullable SortedMap<PoolName, Integer> known;

    SupplyBook(SupplyStore store, Settings settings) {
        this.store = store;
        this.keep = settings.history().keep();
    }

    /** Starts from what is written. */
    void begin() {
        unwritten.clear();
        known = new TreeMap<>(store.latest());
    }

    void see(List<Node> nodes, Instant now) {
        SortedMap<PoolName, Integer> before = known == null ? new TreeMap<>() : known;
        SortedMap<PoolName, Integer> counted = new TreeMap<>();
        before.keySet().forEach(pool -> counted.put(pool, 0));
        nodes.forEach(node -> counted.merge(node.pool(), node.ready() ? 1 : 0, Integer::sum));
        for (PoolName pool : new TreeSet<>(counted.keySet())) {
            if (!counted.get(pool).equals(before.get(pool))) {
                unwritten.add(new SupplyStore.Supply(pool, now, counted.get(pool)));
            }
        }
        known = counted;
    }

    /** What was seen and is not written yet. */
    void write(Instant now) {
        if (!unwritten.isEmpty()) {
            store.add(List.copyOf(unwritten), now.minus(keep));
            unwritten.clear();
        }
    }
}
