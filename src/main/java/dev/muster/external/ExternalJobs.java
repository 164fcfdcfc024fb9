package dev.muster.external;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.cycle.Wake;
import dev.muster.event.Why;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.ExternalJobStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.UnreadableRow;
import dev.muster.postgres.Versioned;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.steering.Steering;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Compares what was created past Muster and is there with the jobs that it was made into. It looks at all of it every time, so
 * nothing is missed that happened while nobody looked, and may be repeated.
 */
@ApplicationScoped
public class ExternalJobs {
    /** Who cancels a job whose object is gone, in events. */
    static final String ACTOR = "kubernetes";

    private static final Logger LOG = Logger.getLogger(ExternalJobs.class);

    private final Cluster cluster;
    private final ExternalJobStore store;
    private final ExternalAcceptance acceptance;
    private final JobStore jobs;
    private final TeamStore teams;
    private final PriorityClassStore classes;
    private final Steering steering;
    private final InstantSource clock;
    private final Wake wake;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    /** Those that are written down. */
    private final Set<ExternalWork.Run> runs = ConcurrentHashMap.newKeySet();

    private boolean idle;

    ExternalJobs(
            Cluster cluster,
            ExternalJobStore store,
            ExternalAcceptance acceptance,
            JobStore jobs,
            TeamStore teams,
            PriorityClassStore classes,
            Steering steering,
            InstantSource clock,
            Wake wake) {
        this.cluster = cluster;
        this.store = store;
        this.acceptance = acceptance;
        this.jobs = jobs;
        this.teams = teams;
        this.classes = classes;
        this.steering = steering;
        this.clock = clock;
        this.wake = wake;
    }

    /** One look. In one thread at a time, where this replica leads. */
    void look() {
        List<ExternalWork> present = cluster.external();
        if (present.isEmpty() && idle) {
            return;
        }
        Map<String, ExternalJobStore.Known> known = store.all();
        idle = known.isEmpty();
        accept(present, known);
        present.stream()
                .filter(work -> known.containsKey(work.ref().key()))
                .forEach(work ->
                        unlessUnreadable(() -> follow(work, known.get(work.ref().key()))));
        Set<String> there =
                present.stream().map(work -> work.ref().key()).collect(Collectors.toCollection(HashSet::new));
        known.values().stream()
                .filter(job -> !there.contains(job.key()))
                .forEach(job -> unlessUnreadable(() -> gone(job)));
        told.retainAll(there);
        runs.retainAll(
                present.stream().map(ExternalWork::run).filter(Objects::nonNull).collect(Collectors.toSet()));
    }

    /** A job whose row cannot be read is an operator's to mend, whom the cycle tells; the others go on. */
    private static void unlessUnreadable(Runnable act) {
        try {
            act.run();
        } catch (UnreadableRow e) {
            LOG.debugf("act=external-job-unreadable job=%s", e.job());
        }
    }

    private void accept(List<ExternalWork> present, Map<String, ExternalJobStore.Known> known) {
        List<ExternalWork> fresh = present.stream()
                .filter(work -> work.phase() == ExternalWork.Phase.HELD
                        && !known.containsKey(work.ref().key()))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        List<Team> all = teams.all().stream().map(Versioned::value).toList();
        List<PriorityClass> there = classes.all().stream().map(Versioned::value).toList();
        Map<String, Team> byNamespace =
                all.stream().collect(Collectors.toMap(Team::namespace, Function.identity(), (a, b) -> a));
        for (ExternalWork work : fresh) {
            accept(
                    work,
                    Optional.ofNullable(byNamespace.get(work.ref().namespace())).or(() -> all.stream()
                            .filter(team -> team.name().equals(work.team()))
                            .findFirst()),
                    there);
        }
        idle = false;
        wake.now();
    }

    private void accept(ExternalWork work, Optional<Team> team, List<PriorityClass> there) {
        try {
            Team known = team.orElseThrow(() -> new IllegalArgumentException("no team has its namespace"));
            Job job = acceptance.accept(work, known, there, clock.instant());
            LOG.infof("act=external-job job=%s object=\"%s\"", job.id(), work.ref());
        } catch (ExternalAcceptance.AlreadyKnown e) {
            LOG.debugf("act=external-job-known key=%s", work.ref().key());
        } catch (IllegalArgumentException e) {
            if (told.add(work.ref().key())) {
                LOG.warnf("act=external-job-left-held object=\"%s\" why=\"%s\"", work.ref(), e.getMessage());
            }
        }
    }

    /** The object is there; so is its job. */
    private void follow(ExternalWork work, ExternalJobStore.Known known) {
        ExternalWork.Run run = work.run();
        if (run != null && run.attempt().job().equals(known.job()) && runs.add(run)) {
            store.run(run.attempt(), run.application());
        }
        if (known.state() == JobState.CANCELLING || known.state() == JobState.CANCELLED) {
            if (work.phase() != ExternalWork.Phase.ENDED) {
                cluster.discard(work.ref());
            }
        } else if (known.state() == JobState.QUEUED && work.phase() != ExternalWork.Phase.LAUNCHED) {
            waiting(work, known);
        }
    }

    private void waiting(ExternalWork work, ExternalJobStore.Known known) {
        switch (work.phase()) {
            case ENDED -> cancel(known, "%s has ended by itself".formatted(work.ref()));
            case PARTIAL -> begin(known, "a pod of %s was deleted while it waited".formatted(work.ref()));
            case HELD -> {
                Optional<Job> job = jobs.find(known.job());
                if (job.isPresent()
                        && !job.get()
                                .spec()
                                .roles()
                                .equals(ExternalAcceptance.spec(work).roles())) {
                    begin(known, "the pods of %s were replaced while it waited".formatted(work.ref()));
                }
            }
            case LAUNCHED -> {}
        }
    }

    /** The same object, another gang: the old job goes, and the object may become a new one. */
    private void begin(ExternalJobStore.Known known, String why) {
        cancel(known, why);
        store.forget(known.key());
        wake.now();
    }

    private void gone(ExternalJobStore.Known known) {
        if (known.state().isFinal()) {
            store.forget(known.key());
        } else if (known.state() != JobState.CANCELLING) {
            cancel(known, object(known) + " was deleted");
        }
    }

    private String object(ExternalJobStore.Known known) {
        return jobs.find(known.job())
                .flatMap(job -> ExternalRef.of(job.spec().annotations()))
                .map(ExternalRef::toString)
                .orElse("its object");
    }

    private void cancel(ExternalJobStore.Known known, String why) {
        steering.cancelBecause(ACTOR, known.job(), Why.of("OBJECT_GONE", why));
        LOG.infof("act=external-job-cancelled job=%s why=\"%s\"", known.job(), why);
    }
}
