package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.Found;
import dev.muster.postgres.JobPage;
import dev.muster.postgres.JobQuery;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.UnreadableRow;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * How a leader begins, and begins again after trouble: reads the database, compares it with the cluster, and does again what may
 * not have been done. Everything that it does may be repeated.
 */
@ApplicationScoped
public class Recovery {
    private static final Logger LOG = Logger.getLogger(Recovery.class);
    private static final Set<JobState> UNFINISHED = EnumSet.copyOf(EnumSet.allOf(JobState.class).stream()
            .filter(state -> !state.isFinal())
            .toList());

    private final Intake intake;
    private final JobStore jobs;
    private final AttemptStore attempts;
    private final Cluster cluster;
    private final Noticed noticed;
    private final Launching launching;
    private final Sweep sweep;
    private final RunTimes runTimes;
    private final LeftAside aside;
    /** Jobs of which an attempt lives, by its row or by its job's, that could not be read. */
    private final Set<JobId> unread = new TreeSet<>();

    Recovery(
            Intake intake,
            JobStore jobs,
            AttemptStore attempts,
            Cluster cluster,
            Noticed noticed,
            Launching launching,
            Sweep sweep,
            RunTimes runTimes,
            LeftAside aside) {
        this.aside = aside;
        this.runTimes = runTimes;
        this.intake = intake;
        this.jobs = jobs;
        this.attempts = attempts;
        this.cluster = cluster;
        this.noticed = noticed;
        this.launching = launching;
        this.sweep = sweep;
    }

    void begin(World world, Instant now) {
        world.clear();
        intake.begin(world, now);
        List<UnreadableRow> unreadable = new ArrayList<>(readAttempts(world, now));
        unreadable.addAll(readJobs(world, now));
        aside.unreadable(unreadable, world, now);
        launchAgain(world, now);
        sweep.run(world);
        look(world, now);
        LOG.infof(
                "act=recovered pending=%d live=%d",
                world.pending().size(), world.attempts().size());
    }

    /** Every live attempt is looked at in the next cycle, whatever the cluster has said or not said. */
    void look(World world, Instant now) {
        unread.removeIf(job -> isReadNow(job, world, now));
        world.attempts().forEach(attempt -> noticed.again(attempt.id()));
    }

    /** True also where nothing of it lives any more. */
    private boolean isReadNow(JobId job, World world, Instant now) {
        try {
            Optional<Attempt> live = attempts.live(job);
            boolean known = world.job(job).isPresent();
            live.filter(attempt -> known)
                    .ifPresent(attempt ->
                            world.put(attempt, cluster.status(attempt.id()).orElse(null), now));
            return known || live.isEmpty();
        } catch (UnreadableRow e) {
            return false;
        }
    }

    /** Those whose rows, or whose jobs' rows, cannot be read are left to {@link LeftAside}, and nobody touches their pods. */
    private List<UnreadableRow> readAttempts(World world, Instant now) {
        unread.clear();
        Found<Attempt> found = attempts.live();
        List<Attempt> live = found.read();
        Map<JobId, Job> owners = new java.util.HashMap<>();
        List<JobId> ids = live.stream().map(attempt -> attempt.id().job()).toList();
        for (int from = 0; from < ids.size(); from += JobQuery.MOST) {
            owners.putAll(jobs.find(ids.subList(from, Math.min(ids.size(), from + JobQuery.MOST))).stream()
                    .collect(Collectors.toMap(Job::id, Function.identity())));
        }
        runTimes.learn(owners.values());
        for (Attempt attempt : live) {
            Job owner = owners.get(attempt.id().job());
            if (owner == null) {
                unread.add(attempt.id().job());
            } else {
                world.load(owner, attempt, cluster.status(attempt.id()).orElse(null), now);
            }
        }
        found.unreadable().forEach(row -> unread.add(row.job()));
        return found.unreadable();
    }

    /** In pages, so that a long queue does not have to fit into one answer. */
    private List<UnreadableRow> readJobs(World world, Instant now) {
        List<UnreadableRow> unreadable = new ArrayList<>();
        JobQuery query = JobQuery.newest(JobQuery.MOST).in(UNFINISHED).by(JobQuery.Order.SUBMITTED, false);
        JobPage page;
        do {
            page = jobs.list(query);
            runTimes.learn(page.jobs());
            page.jobs().forEach(job -> world.put(job, now));
            unreadable.addAll(page.found().unreadable());
            query = query.after(page.next());
        } while (page.next() != null);
        return unreadable;
    }

    /** A launch whose intent was committed and that the cluster has not heard of, or not of all of its pods. */
    private void launchAgain(World world, Instant now) {
        List<JobId> unheard = new ArrayList<>();
        for (Attempt attempt : world.attempts()) {
            boolean wanted = world.job(attempt.id().job())
                    .filter(job -> job.state() == JobState.LAUNCHING)
                    .isPresent();
            JobId job = attempt.id().job();
            if (wanted
                    && attempt.state() == AttemptState.LAUNCHING
                    && aside.unlessItFails(
                                    new Suspect(Suspect.Kind.RUNNING, job.value()),
                                    "launch",
                                    () -> Optional.of(attempt).filter(each -> isUnheard(world, each)),
                                    world,
                                    now)
                            .isPresent()) {
                unheard.add(job);
                LOG.infof("act=launched-again attempt=%s", attempt.id());
            }
        }
        launching.tell(unheard, world, now);
    }

    private boolean isUnheard(World world, Attempt attempt) {
        if (!attempt.permits().isEmpty()) {
            // The cluster may still be asking for its nodes, and needs to know what to make when they have come.
            return true;
        }
        int asked =
                Gangs.of(world.job(attempt.id().job()).orElseThrow(), attempt).pods();
        return cluster.status(attempt.id())
                .filter(seen -> seen.pods().size() >= asked)
                .isEmpty();
    }
}
