package dev.muster.quota.consolidation;

import dev.muster.quota.plan.PlanSettings;
import java.time.Duration;
import java.util.Map;

/**
 * Who may be moved: nobody who runs shorter than {@code minRunTime}, and whole gangs only where {@code gangs}, which were evicted
 * less than {@code budget} times. {@code automatic}: without anybody's asking, at most {@code perHour} nodes in an hour.
 */
public record Rules(boolean automatic, int perHour, boolean gangs, Duration minRunTime, int budget) {
    /** The protections are those of evictions. */
    public static Rules of(Map<String, String> values, PlanSettings.Eviction eviction) {
        return new Rules(
                Boolean.parseBoolean(values.get("consolidation.automatic")),
                Integer.parseInt(values.get("consolidation.perHour")),
                Boolean.parseBoolean(values.get("consolidation.gangs")),
                eviction.minRunTime(),
                eviction.budget());
    }
}
