package dev.muster.simulation.measure;

/** Sums over time, brought up at every change: node hours, of which held without progress, money. */
public final class Meter {
    private static final double HOUR = 3_600_000.0;

    private long last;
    private int nodes;
    private int empty;
    private double price;
    private double useful;
    private double held;
    private double nodeHours;
    private double cost;
    private double usefulHours;
    private double heldHours;
    private double emptyHours;
    private double lostPodHours;
    private int evictions;
    private int interruptions;

    /** Counts what was until now. */
    public void advance(long now) {
        double hours = (now - last) / HOUR;
        if (hours > 0) {
            nodeHours += nodes * hours;
            cost += price * hours;
            usefulHours += useful * hours;
            heldHours += held * hours;
            emptyHours += empty * hours;
            last = now;
        }
    }

    public void node(int change, double pricePerHour) {
        nodes += change;
        price = nodes == 0 ? 0 : price + change * pricePerHour;
    }

    /** So many more nodes have no pod. */
    public void empty(int change) {
        empty += change;
    }

    /** {@code share} of a node is used by pods that make progress, or only held by pods that make none. */
    public void use(double share, boolean progress) {
        if (progress) {
            useful = clean(useful + share);
        } else {
            held = clean(held + share);
        }
    }

    private static double clean(double sum) {
        return Math.abs(sum) < 1e-9 ? 0 : sum;
    }

    public void lost(double podHours) {
        lostPodHours += podHours;
    }

    public void evicted() {
        evictions++;
    }

    public void interrupted() {
        interruptions++;
    }

    public int nodes() {
        return nodes;
    }

    /** In nodes, now. */
    public double useful() {
        return useful;
    }

    /** In nodes, now. */
    public double held() {
        return held;
    }

    public double nodeHours() {
        return nodeHours;
    }

    public double cost() {
        return cost;
    }

    public double usefulHours() {
        return usefulHours;
    }

    public double heldHours() {
        return heldHours;
    }

    public double emptyHours() {
        return emptyHours;
    }

    public double lostPodHours() {
        return lostPodHours;
    }

    public int evictions() {
        return evictions;
    }

    public int interruptions() {
        return interruptions;
    }
}
