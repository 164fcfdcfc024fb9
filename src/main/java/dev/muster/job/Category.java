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
    PLATFORM(false);

    private final boolean spendsUsersRetries;

    Category(boolean spendsUsersRetries) {
        this.spendsUsersRetries = spendsUsersRetries;
    }

    /** False: the platform's budget pays. */
    public boolean spendsUsersRetries() {
        return spendsUsersRetries;
    }
}
