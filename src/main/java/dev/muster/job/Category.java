package dev.muster.job;

/** What kind of thing ended an attempt that did not succeed, and whose retries pay for it. */
public enum Category {
    USER_ERROR(true),
    OOM(true),
    DISK_FULL(true),
    IMAGE(true),
    CONFIG(true),
    TIMEOUT(true),
    PREEMPTED(false),
    SPOT_INTERRUPTED(false),
    NODE_LOST(false),
    LAUNCH_TIMEOUT(false),
    CAPACITY(false),
    PLATFORM(false),
    /** A job that it waited for did not end as it was to: no attempt was made. */
    DEPENDENCY(false),
    /** A session that nobody used: it did not fail. */
    IDLE_TIMEOUT(false);

    private final boolean spendsUsersRetries;

    Category(boolean spendsUsersRetries) {
        this.spendsUsersRetries = spendsUsersRetries;
    }

    /** Nobody's budget pays where nodes did not come: it has held nothing, and breakers limit how often it asks. */
    public boolean isFree() {
        return this == CAPACITY || this == DEPENDENCY || this == IDLE_TIMEOUT;
    }

    /** False: the platform's budget pays, unless it is free. */
    public boolean spendsUsersRetries() {
        return spendsUsersRetries;
    }
}
