package dev.muster.ui;

import dev.muster.quota.resource.Resources;

/** What a queue with all below it holds, and how many of its jobs wait and run. */
record QueueUse(Resources used, long waiting, long running) {
    static final QueueUse NOTHING = new QueueUse(Resources.NONE, 0, 0);
}
