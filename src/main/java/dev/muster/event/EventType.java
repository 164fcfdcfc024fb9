package dev.muster.event;

/** What kind of thing happened. {@code *_CHANGED} of a resource covers its creation, replacement and deletion: see from and to. */
public enum EventType {
    /** A job was accepted; {@code to} is its first state. */
    JOB_SUBMITTED,
    /** A job moved {@code from} one state {@code to} another. */
    JOB_MOVED,
    /** Queue or priority class of a job was changed. */
    JOB_CHANGED,
    /** A final job was deleted. */
    JOB_DELETED,
    /** The primary reason why a job waits has another code. */
    REASON_CHANGED,
    /** An attempt was made, or moved. */
    ATTEMPT_MOVED,
    /** A running attempt grew or shrank {@code from} so many pods {@code to} so many. */
    ATTEMPT_RESIZED,
    /** The work of the attempt is saved: it would lose only what came after. */
    CHECKPOINTED,
    /** Nobody uses the session: it ends soon ({@code why} says when), unless somebody does. */
    SESSION_IDLE,
    /** Another job gives way to this one: its gang, or pods above its minimum. */
    ROOM_MADE,
    /** Muster failed to plan this job, queue or pool, or to act on it: it is left aside; {@code why} has the error. */
    LEFT_ASIDE,
    TEAM_CHANGED,
    QUEUE_CHANGED,
    POOL_CHANGED,
    PRIORITY_CLASS_CHANGED,
    SCHEDULE_CHANGED,
    TEMPLATE_CHANGED,
    /** No runs are made of the schedule's ticks any more ({@code to} PAUSED), or they are again. */
    SCHEDULE_PAUSED,
    /** The breaker of an offering ({@code name}) moved, or an operator moved it. */
    BREAKER_CHANGED,
    /** Idle nodes are kept while nodes of another group ({@code name}) do not come; {@code from} HELD: they go again. */
    IDLE_NODES_HELD,
    /** A job that wants spot nodes first may use others ({@code to} GRANTED), or may not ({@code to} REFUSED); why has the figures. */
    FELL_BACK,
    /** Pods leave a node ({@code name}), so that it becomes empty: {@code from} so many of them. */
    NODE_EMPTIED,
    /** A revision of the policy was applied. */
    POLICY_CHANGED,
    /** Planning goes on and acting stops ({@code to} PAUSED), or goes on again, in a queue or the cluster. */
    PAUSE_CHANGED,
    /** An object that mirrors ours in the cluster was changed past Muster, or is not ours; {@code why} says what became of it. */
    CLUSTER_DRIFT;

    /** Whether a job, or what its attempt has saved, is another one now; false where something is merely said of it, or of others. */
    public boolean saysThatAJobIsAnother() {
        return switch (this) {
            case JOB_SUBMITTED, JOB_MOVED, JOB_CHANGED, JOB_DELETED, ATTEMPT_MOVED, ATTEMPT_RESIZED, CHECKPOINTED ->
                true;
            case REASON_CHANGED,
                    SESSION_IDLE,
                    ROOM_MADE,
                    LEFT_ASIDE,
                    FELL_BACK,
                    TEAM_CHANGED,
                    QUEUE_CHANGED,
                    POOL_CHANGED,
                    PRIORITY_CLASS_CHANGED,
                    SCHEDULE_CHANGED,
                    TEMPLATE_CHANGED,
                    SCHEDULE_PAUSED,
                    BREAKER_CHANGED,
                    IDLE_NODES_HELD,
                    NODE_EMPTIED,
                    POLICY_CHANGED,
                    PAUSE_CHANGED,
                    CLUSTER_DRIFT -> false;
        };
    }
}
