package dev.muster.simulation.site;

/** Equal pods of one attempt on one node. */
final class Seat {
    final Attempt attempt;
    final int role;
    final SiteNode node;
    int count;

    Seat(Attempt attempt, int role, SiteNode node, int count) {
        this.attempt = attempt;
        this.role = role;
        this.node = node;
        this.count = count;
    }
}
