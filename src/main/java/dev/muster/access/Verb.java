package dev.muster.access;

/** What somebody wants to do with a resource. */
public enum Verb {
    READ,
    LIST,
    SUBMIT,
    PUT,
    PATCH,
    DELETE,
    SUSPEND,
    RESUME,
    CANCEL,
    /** Tell that its work is saved. */
    CHECKPOINT,
    RERUN,
    /** Let the virtual clock run, or a schedule run now. */
    RUN,
    /** Make a link that opens the pages. */
    OPEN_PAGES
}
