package dev.muster.report;

import dev.muster.job.Series;
import dev.muster.postgres.SizedRunStore;
import dev.muster.postgres.UsageStore;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.ScalingCurve;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/** What more pods gained, by the runs of the same that there were. */
@ApplicationScoped
public class Scalings {
    /** More runs than that say nothing new. */
    private static final int MOST = 1_000;

    private final SizedRunStore runs;
    private final UsageStore usage;

    Scalings(SizedRunStore runs, UsageStore usage) {
        this.runs = runs;
        this.usage = usage;
    }

    /** Of the latest runs that ended within {@code period}, as far as {@code sight} (null: all) reaches. */
    @Transactional
    public ScalingCurve of(Series series, Period period, @Nullable Sight sight) {
        return ScalingCurve.of(runs.latest(series, period, MOST, sight), usage.prices());
    }
}
