package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.Room;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.PoolColumns;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.List;

/** What counts in single pools, in the columns that wide vectors have for them. */
final class Pools {
    final PoolColumns columns;
    private final ResourceIndex index;

    Pools(PoolColumns columns, ResourceIndex index) {
        this.columns = columns;
        this.index = index;
    }

    /** What all pools have, with the columns of single pools. */
    long[] supply(long[] ofAllPools, List<Node> nodes) {
        long[] wide = Arrays.copyOf(ofAllPools, columns.width());
        if (!columns.isEmpty()) {
            for (Node node : nodes) {
                if (node.ready()) {
                    columns.add(
                            wide, node.pool(), index.vector(node.allocatable().minus(node.overhead())), 1);
                }
            }
        }
        return wide;
    }

    /** What these pods take of single pools: {@code each} is called with a place of wide vectors and an amount. */
    void of(List<LiveAttempt.Held> pods, PlaceAmount each) {
        if (!columns.isEmpty()) {
            for (LiveAttempt.Held held : pods) {
                for (int place : columns.of(held.pool())) {
                    each.accept(
                            place,
                            Resources.multiply(held.pod().amount(index.name(columns.resource(place))), held.count()));
                }
            }
        }
    }

    /** What the gang asks for sure, wide: a role counts in a pool where it may run nowhere else. */
    long[] asked(GangShape gang, Room room) {
        if (columns.isEmpty()) {
            return gang.total();
        }
        long[] wide = Arrays.copyOf(gang.total(), columns.width());
        for (int role = 0; role < gang.roles(); role++) {
            PoolName only = gang.onlyPool(role, room);
            if (only != null) {
                columns.add(wide, only, gang.pod(role), gang.minimum(role));
            }
        }
        return wide;
    }

    /** Takes a place of wide vectors and an amount. */
    @FunctionalInterface
    interface PlaceAmount {
        void accept(int place, long amount);
    }
}
