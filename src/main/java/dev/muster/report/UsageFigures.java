package dev.muster.report;

import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.Usage;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each team held in the last 24 hours, as metrics. However often they are asked for, it is read once in a minute at most. */
@Singleton
public class UsageFigures extends Collector {
    private static final Duration SPAN = Duration.ofHours(24);
    private static final long KEPT = Duration.ofMinutes(1).toNanos();
    /** What is dear to work out is kept so many times as long as that took. */
    private static final int TIMES = 20;

    private final Usages usages;
    private final InstantSource clock;
    private @Nullable Usage last;
    private long until;

    UsageFigures(Usages usages, InstantSource clock) {
        this.usages = usages;
        this.clock = clock;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        GaugeMetricFamily cores = gauge("muster_day_core_hours", "Core-hours that a team held in the last 24 hours");
        GaugeMetricFamily cost = gauge("muster_day_cost", "Their cost, by the prices of the pools");
        GaugeMetricFamily lost = gauge(
                "muster_day_lost_core_hours", "Core-hours of them that the platform took away before they were of use");
        Usage usage = usage();
        if (usage != null) {
            usage.groups().forEach((team, sum) -> {
                cores.addMetric(team, sum.coreHours());
                cost.addMetric(team, sum.cost().doubleValue());
                lost.addMetric(team, sum.lostCoreHours());
            });
        }
        return List.of(cores, cost, lost);
    }

    private static GaugeMetricFamily gauge(String name, String help) {
        return new GaugeMetricFamily(name, help, List.of("team"));
    }

    /** Null where the database is away: no figure is the figure. */
    private synchronized @Nullable Usage usage() {
        if (last == null || System.nanoTime() - until > 0) {
            long began = System.nanoTime();
            Instant now = clock.instant();
            try {
                last = usages.of(new Period(now.minus(SPAN), now), List.of(Dimension.TEAM));
            } catch (RuntimeException e) {
                if (DatabaseUnavailable.in(e).isEmpty()) {
                    throw e;
                }
                last = null;
            }
            until = System.nanoTime() + Math.max(KEPT, TIMES * (System.nanoTime() - began));
        }
        return last;
    }
}
