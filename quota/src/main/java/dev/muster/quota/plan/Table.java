package dev.muster.quota.plan;

/** What a planner reads of the elements of a {@link Roster} instead of them: numbers that lie side by side, part of the list. */
sealed interface Table permits WaitingTable, LivingTable {
    /** Writes the tables of one list after the other; what has not changed is not written again. */
    interface Scribe {
        Table write(Object[][] chunks);
    }
}
