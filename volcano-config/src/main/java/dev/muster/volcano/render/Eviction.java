package dev.muster.volcano.render;

/** Whether Volcano may evict beside Muster, and what it then does to gangs whose minimum is their size. */
public enum Eviction {
    /** Only Muster evicts. */
    NONE("enqueue, allocate, backfill"),
    /** Pods above a gang's minimum alone. */
    PROTECT_GANGS("enqueue, allocate, preempt, reclaim, backfill"),
    /** Gangs as a whole. */
    WHOLE_GANGS("enqueue, allocate, gangpreempt, gangreclaim, backfill"),
    /** Single pods of gangs, too. */
    BREAK_GANGS("enqueue, allocate, preempt, reclaim, backfill");

    private final String actions;

    Eviction(String actions) {
        this.actions = actions;
    }

    String actions() {
        return actions;
    }
}
