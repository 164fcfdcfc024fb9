package dev.muster.rights;

/** What a token leaves of the rights of whoever made it; it never adds any. */
public enum Narrowing {
    /** Leaves all. */
    NONE,
    /** Leaves looking, and cancelling jobs: for what watches over jobs. */
    CANCEL_ONLY,
    /** Leaves looking. */
    READ_ONLY
}
