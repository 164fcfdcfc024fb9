package dev.muster.ui;

import java.util.List;

/** Every offering that pools may grow by, the ones in trouble first; {@code held} says what keeps idle nodes, or is empty. */
public record OfferingPage(Frame frame, List<OfferingTile> offerings, String held, String mend, boolean mayOrder) {}
