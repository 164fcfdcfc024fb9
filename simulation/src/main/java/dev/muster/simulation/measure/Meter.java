package dev.muster.simulation.measure;

/** Sums over time, brought up at every change: node hours, of which held without progress, money. */
public final class Meter {
    private static final double HOUR = 3_600_000.0;

    private long last;
    private int nodes;
    private int empty;
    private double price;
    private int lacking;
    private final double[] inUse = new double[Use.values().length];
    private final double[] useHours = new double[inUse.length];
    private double nodeHours;
    private double cost;
    private double emptyHours;
    private double idleHours;
    private double lostPodHours;
    private int evictions;
    private int interruptions;

    /** Counts what was until now. */
    public void advance(long now) {
        double hours = (now - last) / HOUR;
        if (hours > 0) {
            nodeHours += nodes * hours;
            cost += price * hours;
            for (int use = 0; use < inUse.length; use++) {
                useHours[use] += inUse[use] * hours;
            }
            emptyHours += empty * hours;
            idleHours += lacking > 0 ? empty * hours : 0;
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

    /** So many more gangs lack pods before they can start. */
    public void lacking(int change) {
        lacking += change;
    }

    /** {@code share} of a node more is used so. */
    public void use(double share, Use use) {
        inUse[use.ordinal()] = clean(inUse[use.ordinal()] + share);
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
        return inUse[Use.PROGRESS.ordinal()];
    }

    /** In nodes, now: by parts of gangs and by such as start. */
    public double held() {
        return inUse[Use.PART.ordinal()] + inUse[Use.STARTS.ordinal()];
    }

    public double nodeHours() {
        return nodeHours;
    }

    public double cost() {
        return cost;
    }

    public double hours(Use use) {
        return useHours[use.ordinal()];
    }

    public double emptyHours() {
        return emptyHours;
    }

    /** Of the empty ones those while some gang lacked pods. */
    public double idleHours() {
        return idleHours;
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
