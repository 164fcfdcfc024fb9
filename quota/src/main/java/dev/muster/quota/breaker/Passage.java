package dev.muster.quota.breaker;

/** How many gangs a breaker lets ask for nodes. */
public enum Passage {
    NONE,
    ONE_GANG,
    ANY
}
