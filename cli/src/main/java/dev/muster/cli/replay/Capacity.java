package dev.muster.cli.replay;

import dev.muster.api.Pool;
import dev.muster.cli.Amount;
import java.util.List;
import java.util.Locale;

/** How much of what a trace asks for the cluster has. */
record Capacity(String resource, int pools, int nodes, double amount) {
    static Capacity of(List<Pool> pools, String resource) {
        int nodes = 0;
        double amount = 0;
        int with = 0;
        for (Pool pool : pools) {
            double each = Amount.of(pool.spec().resources(), resource);
            if (each > 0) {
                with++;
                nodes += pool.spec().nodes();
                amount += pool.spec().nodes() * each;
            }
        }
        return new Capacity(resource, with, nodes, amount);
    }

    String words() {
        return "%,d nodes, %s %s".formatted(nodes, resource, String.format(Locale.ROOT, "%,.0f", amount));
    }
}
