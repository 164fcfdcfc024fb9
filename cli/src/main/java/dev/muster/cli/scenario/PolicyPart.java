package dev.muster.cli.scenario;

import dev.muster.quota.plan.PlanSettings;
import java.util.Map;

/** The {@code policy} of a scenario: what an operator may tune of a cycle. */
final class PolicyPart {
    private PolicyPart() {}

    static PlanSettings settings(Part part) {
        Map<String, Part> fields = part.fields("maxLaunches");
        return fields.containsKey("maxLaunches")
                ? new PlanSettings(fields.get("maxLaunches").whole(1, 1_000_000))
                : PlanSettings.DEFAULT;
    }
}
