package dev.muster.simulation.experiment;

import dev.muster.quota.plan.PlanSettings;
import dev.muster.simulation.scheduler.SchedulerKind;
import dev.muster.simulation.site.AutoscalerSpec;
import org.jspecify.annotations.Nullable;

/** Who decides, and how; {@code autoscaler} where it is another than the cluster's. */
public record PolicySpec(
        String name,
        SchedulerKind scheduler,
        PlanSettings settings,
        @Nullable AutoscalerSpec autoscaler) {}
