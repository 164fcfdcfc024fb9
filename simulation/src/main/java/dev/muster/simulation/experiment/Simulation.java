package dev.muster.simulation.experiment;

import dev.muster.quota.resource.Resources;
import dev.muster.simulation.autoscaler.Autoscaler;
import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.measure.Meter;
import dev.muster.simulation.measure.Outcome;
import dev.muster.simulation.measure.Series;
import dev.muster.simulation.scheduler.Scheduler;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.AttemptEnd;
import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import dev.muster.simulation.site.SiteSpec;
import dev.muster.simulation.site.SiteWatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One run: one policy, one seed. The same arguments give the same outcome. */
public final class Simulation {
    private static final int SAMPLES = 240;

    private final PolicySpec policy;
    private final long seed;
    private final long until;
    private final Calendar calendar = new Calendar();
    private final Meter meter = new Meter();
    private final Series series = new Series();
    private final Log log = new Log();
    private final List<SiteJob> jobs = new ArrayList<>();
    private final Site site;
    private final Scheduler scheduler;
    private final Autoscaler autoscaler;
    private final Laws laws;
    private final Liveness liveness;
    private final int expected;
    private boolean due;
    private long decided;
    private long stalled;
    private long last;
    private boolean stalls;

    /** {@code until}: nothing later is looked at; the run ends earlier where all jobs are over. */
    public Simulation(SiteSpec spec, List<LoadJob> load, PolicySpec policy, long seed, long until) {
        this.policy = policy;
        this.seed = seed;
        this.until = until;
        this.expected = load.size();
        this.decided = -spec.gather();
        Watcher watcher = new Watcher();
        this.site = new Site(spec, asked(load), seed, until, calendar, meter, watcher);
        this.scheduler = policy.scheduler().at(site, policy.settings());
        AutoscalerSpec scaling = policy.autoscaler() == null ? spec.autoscaler() : policy.autoscaler();
        this.autoscaler = Autoscaler.of(scaling, site);
        this.laws = new Laws(site, scheduler);
        this.liveness = new Liveness(site, scaling, scheduler.permits() >= 0);
        for (LoadJob job : load) {
            if (job.arrival() <= until) {
                calendar.at(job.arrival(), () -> jobs.add(site.arrive(job)));
            }
        }
        for (int i = 1; i <= SAMPLES; i++) {
            calendar.at(until * i / SAMPLES, this::sample);
        }
    }

    private static Collection<Resources> asked(List<LoadJob> load) {
        Set<Resources> asked = new LinkedHashSet<>();
        load.forEach(job -> job.roles().stream().map(LoadRole::pod).forEach(asked::add));
        return asked;
    }

    /**
     * @throws Broken where a law is broken
     */
    public Outcome run(BooleanSupplier stopped) {
        site.open();
        while (site.over() < expected && !stopped.getAsBoolean() && calendar.step(until)) {
            check();
        }
        String wrong = laws.everything();
        if (wrong != null) {
            throw broken(wrong);
        }
        if (site.over() < expected) {
            meter.advance(until);
            count(until);
        }
        Figures figures = new Figures(jobs, meter, series, until);
        return new Outcome(
                policy.name(), seed, figures.with(laws.mostPartial(), stalled), figures.waits(), series.samples());
    }

    /** How much of it is done, from 0 to 1: by jobs that are over. Only the thread that runs it may ask. */
    public double done() {
        return expected == 0 ? 1 : (double) site.over() / expected;
    }

    private void check() {
        count(site.now());
        laws.broken().ifPresent(what -> {
            throw broken(what);
        });
    }

    private Broken broken(String what) {
        return new Broken(
                "%s, seed %d, %s: %s".formatted(policy.name(), seed, Times.shown(site.now()), what), log.read());
    }

    /** What was true since the last step, and is from now on. */
    private void count(long now) {
        if (stalls) {
            stalled += now - last;
        }
        last = now;
        stalls = meter.useful() == 0 && site.over() < jobs.size();
    }

    /** Decides soon: what happens within a short time is decided together. */
    private void dueAt(long time) {
        if (!due && time <= until) {
            due = true;
            calendar.at(time, this::decide);
        }
    }

    private void decide() {
        due = false;
        decided = site.now();
        List<Want> wants = scheduler.decide();
        long again = Math.min(autoscaler.look(wants), scheduler.again());
        liveness.broken().ifPresent(what -> {
            throw broken(what);
        });
        if (again <= until) {
            calendar.at(
                    again,
                    () -> dueAt(Math.max(site.now(), decided + site.spec().gather())));
        }
    }

    private void sample() {
        series.add(new Series.Sample(
                site.now(),
                meter.nodes(),
                site.market(),
                meter.useful(),
                meter.held(),
                waitingNow(),
                laws.partial(),
                Stranded.share(site)));
    }

    private int waitingNow() {
        int waiting = site.waiting().size();
        for (Attempt attempt : site.live()) {
            waiting += attempt.started() ? 0 : 1;
        }
        return waiting;
    }

    /** Hands on to the scheduler, and keeps the end of the log. */
    private final class Watcher implements SiteWatcher {
        @Override
        public void changed() {
            dueAt(Math.max(calendar.now(), decided + site.spec().gather()));
        }

        @Override
        public void arrived(SiteJob job) {
            log.note(calendar.now(), "%s arrives, a gang of %d", job.load.id(), job.load.gang());
            scheduler.arrived(job);
        }

        @Override
        public void launched(Attempt attempt) {
            log.note(calendar.now(), "%s is launched, attempt %d", attempt.job.load.id(), attempt.number);
            scheduler.launched(attempt);
        }

        @Override
        public void started(Attempt attempt) {
            log.note(calendar.now(), "%s runs", attempt.job.load.id());
            scheduler.started(attempt);
        }

        @Override
        public void changed(Attempt attempt) {
            scheduler.changed(attempt);
        }

        @Override
        public void partial(Attempt attempt) {
            scheduler.partial(attempt);
        }

        @Override
        public void ended(Attempt attempt, AttemptEnd why) {
            log.note(calendar.now(), "%s ends: %s", attempt.job.load.id(), why);
            scheduler.ended(attempt, why);
        }

        @Override
        public void interrupted(int pool, int offering, long age) {
            scheduler.interrupted(pool, offering, age);
        }

        @Override
        public void launched(int pool, int offering, int nodes) {
            scheduler.launched(pool, offering, nodes);
        }

        @Override
        public void refused(int pool, int offering, int nodes) {
            scheduler.refused(pool, offering, nodes);
        }

        @Override
        public void happened(String format, Object... values) {
            log.note(calendar.now(), format, values);
        }
    }
}
