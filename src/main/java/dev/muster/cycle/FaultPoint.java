package dev.muster.cycle;

import java.util.Arrays;
import java.util.Optional;

/** The places in launch, finish and schedules where a test lets the process die; docs/testing.md says how. */
public enum FaultPoint {
    LAUNCH_BEFORE_INTENT("launch.before-intent"),
    LAUNCH_INTENT_UNCOMMITTED("launch.intent-uncommitted"),
    LAUNCH_INTENT_COMMITTED("launch.intent-committed"),
    LAUNCH_HALF_LAUNCHED("launch.half-launched"),
    LAUNCH_LAUNCHED("launch.launched"),
    EVICT_BEFORE_INTENT("evict.before-intent"),
    EVICT_INTENT_UNCOMMITTED("evict.intent-uncommitted"),
    EVICT_INTENT_COMMITTED("evict.intent-committed"),
    EVICT_TOLD("evict.told"),
    GROW_BEFORE_INTENT("grow.before-intent"),
    GROW_INTENT_UNCOMMITTED("grow.intent-uncommitted"),
    GROW_INTENT_COMMITTED("grow.intent-committed"),
    GROW_TOLD("grow.told"),
    START_OBSERVED("start.observed"),
    START_UNCOMMITTED("start.uncommitted"),
    START_COMMITTED("start.committed"),
    FINISH_OBSERVED("finish.observed"),
    FINISH_UNCOMMITTED("finish.uncommitted"),
    FINISH_COMMITTED("finish.committed"),
    FINISH_HALF_RELEASED("finish.half-released"),
    FINISH_RELEASED("finish.released"),
    FINISH_ENDED_UNCOMMITTED("finish.ended-uncommitted"),
    FINISH_ENDED("finish.ended"),
    TICK_DECIDED_UNCOMMITTED("tick.decided-uncommitted"),
    TICK_DECIDED("tick.decided"),
    TICK_ACCEPTED_UNCOMMITTED("tick.accepted-uncommitted"),
    TICK_ACCEPTED("tick.accepted");

    private final String text;

    FaultPoint(String text) {
        this.text = text;
    }

    static Optional<FaultPoint> parse(String text) {
        return Arrays.stream(values()).filter(point -> point.text.equals(text)).findFirst();
    }

    @Override
    public String toString() {
        return text;
    }
}
