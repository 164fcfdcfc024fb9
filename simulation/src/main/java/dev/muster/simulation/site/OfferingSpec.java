package dev.muster.simulation.site;

import dev.muster.simulation.market.Latency;
import dev.muster.simulation.market.Market;

/** Instance type × zone × capacity type: what nodes of it cost an hour, how many there are, how soon they come, how often one is lost. */
public record OfferingSpec(
        String name, String zone, boolean spot, double price, Market market, Latency launch, double lossesPerNodeHour) {
    public OfferingSpec {
        if (!(price >= 0) || !(lossesPerNodeHour >= 0)) {
            throw new IllegalArgumentException("Bad offering %s: price %s, losses %s: expected 0 or more"
                    .formatted(name, price, lossesPerNodeHour));
        }
    }
}
