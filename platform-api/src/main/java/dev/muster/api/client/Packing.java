package dev.muster.api.client;

import dev.muster.api.Fragmentation;
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
}
