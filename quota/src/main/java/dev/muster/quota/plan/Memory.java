package dev.muster.quota.plan;

/** What earlier cycles found of those who take from others and those who give way; good for one ground. */
record Memory(Hopeless hopeless, Exits exits) {
    /** Of nothing yet. */
    Memory() {
        this(new Hopeless(), new Exits());
    }
}
