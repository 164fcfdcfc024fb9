package dev.muster.api.client;

import dev.muster.api.Consolidation;
import dev.muster.api.ConsolidationOrder;
import dev.muster.api.Fragmentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of the nodes is of no use. */
public final class Packing {
    private final Exchange exchange;

    Packing(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Of all pools, or of one with its nodes. */
    public Fragmentation fragmentation(@Nullable String pool) {
        return exchange.call("GET", Query.path("fragmentation").with("pool", pool))
                .as(Fragmentation.class);
    }

    /** Which nodes could be emptied. */
    public Consolidation consolidation() {
        return exchange.call("GET", Query.path("consolidation")).as(Consolidation.class);
    }

    /** Empties these nodes of the proposals, or all where none is named; answers with those that are looked at. */
    public Consolidation consolidate(List<String> nodes, @Nullable String why) {
        return exchange.call("POST", Query.path("consolidation").verb("apply"))
                .body(new ConsolidationOrder(nodes, why))
                .as(Consolidation.class);
    }
}
