package dev.muster.simulation.site;

import dev.muster.simulation.market.Steps;

/** How many nodes of an offering exist for us, are there, are on their way: over all pools that use it. */
final class Stock {
    final String name;
    private final Steps steps;
    int present;
    int coming;

    Stock(String name, Steps steps) {
        this.name = name;
        this.steps = steps;
    }

    /** How many exist for us then. */
    int at(long time) {
        return steps.at(time);
    }

    /** In a good hour. */
    long most() {
        return steps.most();
    }

    /** How many can be had beside those that are there. */
    int obtainable(long time) {
        return Math.max(0, at(time) - present);
    }
}
