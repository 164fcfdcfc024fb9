package dev.muster.ui;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.RecordedEvent;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One event as a line: what became of whom. {@code mark} where it moved a job to a state; {@code actor} where it was not the
 * service itself; {@code href} where it is of a job.
 */
public record EventLine(
        String id,
        Moment moment,
        String what,
        @Nullable String actor,
        @Nullable StateMark mark,
        String subject,
        @Nullable String href,
        @Nullable String why) {
    /** Who acts for the planner. */
    private static final String SERVICE = "muster";

    static EventLine of(RecordedEvent recorded, Instant now) {
        Event event = recorded.event();
        boolean move = event.type() == EventType.JOB_MOVED || event.type() == EventType.JOB_SUBMITTED;
        return new EventLine(
                "e-" + recorded.cursor(),
                new Moment(event.at(), now),
                what(event),
                event.actor().equals(SERVICE) ? null : event.actor(),
                move && event.to() != null ? StateMark.of(event.to()) : null,
                event.name(),
                event.job() == null ? null : "/ui/jobs/" + event.job(),
                event.why() == null ? null : event.why().message());
    }

    private static String what(Event event) {
        String to = event.to() == null ? "" : lower(event.to());
        return switch (event.type()) {
            case JOB_SUBMITTED -> "submitted";
            case JOB_MOVED ->
                to + (event.attempt() != null && event.attempt() > 1 ? ", attempt " + event.attempt() : "");
            case JOB_CHANGED -> "changed to " + to;
            case JOB_DELETED -> "deleted";
            case REASON_CHANGED -> "waits: " + to;
            case ATTEMPT_MOVED -> "attempt " + event.attempt() + " " + to;
            case ATTEMPT_RESIZED ->
                "attempt %d %s from %s to %s pods".formatted(event.attempt(), resized(event), event.from(), to);
            case CHECKPOINTED -> "saved its work";
            case SESSION_IDLE -> "is not used";
            case ROOM_MADE -> "room is made for it";
            case LEFT_ASIDE -> "left aside";
            case TEAM_CHANGED -> edited("team", event);
            case QUEUE_CHANGED -> edited("queue", event);
            case POOL_CHANGED -> edited("pool", event);
            case PRIORITY_CLASS_CHANGED -> edited("priority class", event);
            case SCHEDULE_CHANGED -> edited("schedule", event);
            case TEMPLATE_CHANGED -> edited("template", event);
            case SCHEDULE_PAUSED -> event.to() == null ? "schedule goes on" : "schedule paused";
            case BREAKER_CHANGED -> "breaker " + to;
            case FELL_BACK ->
                "GRANTED".equals(event.to())
                        ? "may use nodes that are not spot"
                        : "may not use nodes that are not spot";
            case NODE_EMPTIED -> "is being emptied";
            case IDLE_NODES_HELD -> event.to() == null ? "idle nodes go again" : "idle nodes are kept";
            case POLICY_CHANGED -> "policy: revision " + to;
            case CLUSTER_DRIFT -> "not as Muster made it in the cluster";
            case PAUSE_CHANGED -> event.to() == null ? "acting goes on" : "acting paused";
        };
    }

    private static String resized(Event event) {
        int from = event.from() == null ? 0 : Integer.parseInt(event.from());
        int to = event.to() == null ? 0 : Integer.parseInt(event.to());
        return from < to ? "grew" : "shrank";
    }

    private static String edited(String kind, Event event) {
        return kind + (event.from() == null ? " created" : event.to() == null ? " deleted" : " changed");
    }

    private static String lower(String code) {
        return code.replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
