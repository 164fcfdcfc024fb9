package dev.muster.simulation.experiment;

import dev.muster.simulation.measure.ClassWait;
import dev.muster.simulation.measure.Measure;
import dev.muster.simulation.measure.Meter;
import dev.muster.simulation.measure.Series;
import dev.muster.simulation.measure.Use;
import dev.muster.simulation.site.SiteJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the figures of one run off its jobs and its meter. */
final class Figures {
    private static final double HOUR = 3_600_000.0;

    private final List<SiteJob> jobs;
    private final Meter meter;
    private final Series series;
    private final long until;

    Figures(List<SiteJob> jobs, Meter meter, Series series, long until) {
        this.jobs = jobs;
        this.meter = meter;
        this.series = series;
        this.until = until;
    }

    Map<Measure, Double> with(int mostPartial, long stalled) {
        double useful = meter.hours(Use.PROGRESS);
        double held = meter.hours(Use.PART);
        double starting = meter.hours(Use.STARTS);
        Map<Measure, Double> all = new EnumMap<>(Measure.class);
        all.put(Measure.JOBS, (double) jobs.size());
        all.put(Measure.DONE, (double) count(SiteJob.State.DONE));
        all.put(Measure.FAILED, (double) count(SiteJob.State.FAILED));
        all.put(Measure.NEVER_STARTED, (double)
                jobs.stream().filter(job -> job.firstStart < 0).count());
        all.put(Measure.WAIT_P50, quantile(waits(jobs), 0.5));
        all.put(Measure.WAIT_P95, quantile(waits(jobs), 0.95));
        List<SiteJob> bySize = jobs.stream()
                .sorted(Comparator.comparingInt((SiteJob job) -> job.load.gang())
                        .thenComparing(job -> job.load.id()))
                .toList();
        int third = (bySize.size() + 2) / 3;
        all.put(Measure.WAIT_SMALL_P95, quantile(waits(bySize.subList(0, third)), 0.95));
        all.put(Measure.WAIT_LARGE_P95, quantile(waits(bySize.subList(bySize.size() - third, bySize.size())), 0.95));
        all.put(Measure.SLOWDOWN, slowdown());
        all.put(Measure.UTILISATION, meter.nodeHours() == 0 ? 0 : useful / meter.nodeHours());
        all.put(Measure.NODE_HOURS, meter.nodeHours());
        all.put(Measure.USEFUL_HOURS, useful);
        all.put(Measure.HELD_HOURS, held);
        all.put(Measure.STARTING_HOURS, starting);
        all.put(Measure.IDLE_HOURS, meter.idleHours());
        all.put(Measure.SPARE_HOURS, notNegative(meter.emptyHours() - meter.idleHours()));
        all.put(Measure.GAP_HOURS, notNegative(meter.nodeHours() - useful - held - starting - meter.emptyHours()));
        all.put(Measure.VAIN_HOURS, held + meter.idleHours());
        all.put(Measure.WASTED_HOURS, meter.nodeHours() - useful);
        all.put(Measure.COST, meter.cost());
        all.put(
                Measure.STRANDED,
                series.samples().stream()
                        .mapToDouble(Series.Sample::stranded)
                        .average()
                        .orElse(0));
        all.put(Measure.EVICTIONS, (double) meter.evictions());
        all.put(Measure.INTERRUPTIONS, (double) meter.interruptions());
        all.put(Measure.LOST_HOURS, meter.lostPodHours());
        all.put(Measure.PARTIAL, (double) mostPartial);
        all.put(Measure.IDLE_WAIT_HOURS, stalled / HOUR);
        all.put(
                Measure.MAKESPAN,
                jobs.stream().mapToLong(job -> job.ended).max().orElse(0) / HOUR);
        return all;
    }

    List<ClassWait> waits() {
        Map<Integer, List<SiteJob>> classes = new TreeMap<>(Comparator.reverseOrder());
        jobs.forEach(job -> classes.computeIfAbsent(job.load.priority(), priority -> new ArrayList<>())
                .add(job));
        return classes.entrySet().stream()
                .map(each -> new ClassWait(
                        each.getKey(),
                        each.getValue().size(),
                        quantile(waits(each.getValue()), 0.5),
                        quantile(waits(each.getValue()), 0.95)))
                .toList();
    }

    /** What is left of sums of floating point may be a little below nothing. */
    private static double notNegative(double rest) {
        return rest < 1e-6 ? 0 : rest;
    }

    private long count(SiteJob.State state) {
        return jobs.stream().filter(job -> job.state == state).count();
    }

    private double[] waits(List<SiteJob> some) {
        return some.stream()
                .mapToDouble(job -> ((job.firstStart < 0 ? end(job) : job.firstStart) - job.load.arrival()) / HOUR)
                .toArray();
    }

    private long end(SiteJob job) {
        return job.ended < 0 ? until : job.ended;
    }

    private double slowdown() {
        return jobs.stream()
                .filter(job -> job.state == SiteJob.State.DONE)
                .mapToDouble(job -> {
                    double all = job.ended - job.load.arrival();
                    double runs = Math.max(10_000, job.ended - job.firstStart);
                    return Math.max(1, all / runs);
                })
                .average()
                .orElse(0);
    }

    static double quantile(double[] values, double q) {
        if (values.length == 0) {
            return 0;
        }
        Arrays.sort(values);
        return values[
                (int) Math.min(
                        values.length - 1,
                        Math.ceil(q * values.length) - 1 < 0 ? 0 : Math.ceil(q * values.length) - 1)];
    }
}
