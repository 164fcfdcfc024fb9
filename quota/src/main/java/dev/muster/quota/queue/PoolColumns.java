package dev.muster.quota.queue;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The places of a <i>wide</i> vector: first the resources of the index, then a column for each resource of a pool of which some
 * queue has an amount of its own. Where no queue has, a wide vector is a plain one.
 */
public final class PoolColumns {
    private final ResourceIndex index;
    private final List<Column> columns = new ArrayList<>();
    private final Map<PoolName, List<Integer>> ofPool = new HashMap<>();

    private record Column(PoolName pool, int resource) {}

    public PoolColumns(QueueTree tree, ResourceIndex index) {
        this.index = index;
        SortedMap<PoolName, TreeSet<String>> named = new TreeMap<>();
        for (QueueSpec queue : tree.queues()) {
            queue.pools().forEach((pool, amounts) -> {
                TreeSet<String> names = named.computeIfAbsent(pool, p -> new TreeSet<>());
                amounts.all().forEach(each -> names.addAll(each.names()));
            });
        }
        named.forEach((pool, names) -> {
            for (int r = 0; r < index.size(); r++) {
                if (names.contains(index.name(r))) {
                    ofPool.computeIfAbsent(pool, p -> new ArrayList<>()).add(width());
                    columns.add(new Column(pool, r));
                }
            }
        });
    }

    /** Places of a wide vector. */
    public int width() {
        return index.size() + columns.size();
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /** The columns of this pool, as places of a wide vector. */
    public List<Integer> of(PoolName pool) {
        return ofPool.getOrDefault(pool, List.of());
    }

    /** Which resource of the index a place counts. */
    public int resource(int place) {
        return place < index.size() ? place : columns.get(place - index.size()).resource;
    }

    /** In which pool, null for a place that counts over all pools. */
    public @Nullable PoolName pool(int place) {
        return place < index.size() ? null : columns.get(place - index.size()).pool;
    }

    /** Adds {@code count} pods of this size in the pool to the columns of a wide vector; the resources are left alone. */
    public void add(long[] wide, PoolName pool, long[] pod, long count) {
        for (int place : of(pool)) {
            wide[place] = Resources.add(wide[place], Resources.multiply(pod[resource(place)], count));
        }
    }
}
