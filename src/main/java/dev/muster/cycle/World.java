package dev.muster.cycle;

import dev.muster.cluster.GangStatus;
import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Series;
import dev.muster.postgres.WaitStore;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Roster;
import dev.muster.quota.plan.RosterEditor;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The working set: every job that is not final and every attempt that is not ended, kept up by changes, so that a cycle need
 * not read them. It only follows the database and never runs ahead of it. Used by the cycle's thread alone.
 */
final class World {
    private final Map<JobId, Job> jobs = new HashMap<>();
    private final Map<JobId, Attempt> attempts = new LinkedHashMap<>();
    private final RosterEditor<LiveAttempt> live = RosterEditor.ofLiving();
    private final RosterEditor<PendingJob> pending = RosterEditor.ofWaiting();
    /** Equal lists of roles are one object: so the planner knows equal jobs without looking into them. */
    private final Map<List<Ask>, List<Ask>> roles = new HashMap<>();

    private final Map<JobId, WaitStore.Wait> waits = new HashMap<>();
    private final Map<JobId, List<LiveAttempt.Held>> promises = new HashMap<>();
    private final Dues dues = new Dues();
    private final Map<AttemptId, Instant> checkpoints = new HashMap<>();
    private Function<Job, @Nullable Duration> runTimes = job -> job.spec().maxRunTime();
    /** Versions of jobs that are not planned as long as they have these. */
    private final Map<JobId, Long> aside = new HashMap<>();

    private final Map<JobId, RuntimeException> troubles = new LinkedHashMap<>();
    /** Jobs of which some pods want spot nodes first, those that wait among them. */
    private final Set<JobId> spotFirst = new TreeSet<>();

    private Set<PriorityClassName> preempting = Set.of();
    private Set<JobId> stale = new TreeSet<>();
    private Set<JobId> later = new TreeSet<>();
    private long version;

    /** Grows with every change that a plan could depend on. */
    long version() {
        return version;
    }

    /** Something that a plan depends on has changed elsewhere. */
    void touch() {
        version++;
    }

    /** Somebody else has written this job. */
    void stale(JobId id) {
        stale.add(id);
    }

    /** The job is not planned until it changes; what it holds is held. */
    void leaveAside(JobId id) {
        version++;
        aside.put(id, versionOf(id));
        pending.remove(id);
        LiveAttempt held = live.get(id);
        if (held != null) {
            live.put(Culprit.plain(held));
        }
    }

    /** Whether it is still as it was when it was left aside. */
    boolean isLeftAside(JobId id) {
        Long version = aside.get(id);
        if (version != null && version != versionOf(id)) {
            aside.remove(id);
            return false;
        }
        return version != null;
    }

    /** The job is planned again; what its attempt does again when that is looked at next. */
    void takeBack(JobId id, Instant now) {
        aside.remove(id);
        settle(id, now);
    }

    private long versionOf(JobId id) {
        Job job = jobs.get(id);
        return job == null ? 0 : job.version();
    }

    /** Jobs that could not be made ready for the planner, and why, each told once. */
    Map<JobId, RuntimeException> takeTroubles() {
        Map<JobId, RuntimeException> taken = new LinkedHashMap<>(troubles);
        troubles.clear();
        return taken;
    }

    /** The jobs that must be read again, once. */
    Set<JobId> takeStale() {
        Set<JobId> taken = stale;
        stale = new TreeSet<>();
        return taken;
    }

    void clear() {
        version++;
        stale.clear();
        later.clear();
        jobs.clear();
        attempts.clear();
        live.clear();
        pending.clear();
        roles.clear();
        waits.clear();
        spotFirst.clear();
        promises.clear();
        checkpoints.clear();
        dues.clear();
    }

    /** The classes whose jobs may preempt. */
    void preempting(Set<PriorityClassName> classes) {
        if (!classes.equals(preempting)) {
            version++;
            preempting = Set.copyOf(classes);
            pending.freeze().forEach(job -> line(jobs.get(job.id())));
        }
    }

    /** How long each job is expected to run; null where nobody knows. */
    void expect(Function<Job, @Nullable Duration> lengths) {
        runTimes = lengths;
    }

    /** Jobs of the series are expected to run another time from now on. */
    void expectAnew(Series series) {
        for (PendingJob job : pending.freeze()) {
            Job known = jobs.get(job.id());
            if (known != null
                    && known.spec().maxRunTime() == null
                    && Series.of(known).equals(series)) {
                version++;
                line(known);
            }
        }
    }

    /** The work of an attempt was saved then; the job has to be looked at again. */
    void checkpointed(AttemptId attempt, Instant at) {
        checkpoints.merge(attempt, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** What the planner remembers of a job that waits. */
    WaitStore.Wait wait(JobId id) {
        return waits.getOrDefault(id, WaitStore.Wait.NONE);
    }

    void remember(JobId id, WaitStore.Wait wait) {
        if (wait.equals(WaitStore.Wait.NONE) ? waits.remove(id) != null : !wait.equals(waits.put(id, wait))) {
            version++;
            if (pending.get(id) != null) {
                line(jobs.get(id));
            }
        }
    }

    /** Those of the jobs that wait of which some pods want spot nodes first. */
    List<Job> spotFirst() {
        spotFirst.removeIf(id -> pending.get(id) == null);
        return spotFirst.stream().map(jobs::get).toList();
    }

    /** Every job of which something is remembered. */
    Set<JobId> remembered() {
        return Set.copyOf(waits.keySet());
    }

    /** The nodes that the plan had in mind for pods of the job's attempt that are not bound yet. */
    void promise(JobId id, List<LiveAttempt.Held> pods) {
        promises.merge(id, pods, (before, more) -> Stream.concat(before.stream(), more.stream())
                .toList());
    }

    /** Nothing came of what the plan had in mind for the job. */
    void forgetPromise(JobId id) {
        promises.remove(id);
    }

    /** Takes in what the database says of a job, unless something newer is known. */
    void put(Job job, Instant now) {
        Job known = jobs.get(job.id());
        if (known == null || known.version() <= job.version()) {
            jobs.put(job.id(), job);
            settle(job.id(), now);
        }
    }

    /** Takes in an attempt of a job that is known; {@code seen} is what the cluster says of it, null for nothing. */
    void put(Attempt attempt, @Nullable GangStatus seen, Instant now) {
        JobId id = attempt.id().job();
        Job job = jobs.get(id);
        if (job == null) {
            throw new IllegalStateException("Attempt %s of a job that is not known".formatted(attempt.id()));
        }
        if (attempt.state().isLive()) {
            attempts.put(id, attempt);
            List<LiveAttempt.Held> promise = promises.getOrDefault(id, List.of());
            LiveAttempt held = held(job, attempt, seen, promise);
            if (!promise.isEmpty() && isBound(attempt, seen)) {
                promises.remove(id);
            }
            if (!held.equals(live.get(id))) {
                live.put(held);
            }
        } else {
            attempts.remove(id);
            checkpoints.remove(attempt.id());
            live.remove(id);
            promises.remove(id);
        }
        settle(id, now);
    }

    private LiveAttempt held(Job job, Attempt attempt, @Nullable GangStatus seen, List<LiveAttempt.Held> promise) {
        LiveAttempt held;
        try {
            held = Gangs.live(
                    job, attempt, seen, promise, preempts(job), runTimes.apply(job), checkpoints.get(attempt.id()));
        } catch (RuntimeException e) {
            troubles.put(job.id(), e);
            held = Gangs.held(job, attempt);
        }
        return isLeftAside(job.id()) ? Culprit.plain(held) : held;
    }

    /** Takes in a job, which may be final, together with its live attempt. */
    void load(Job job, Attempt attempt, @Nullable GangStatus seen, Instant now) {
        jobs.put(job.id(), job);
        put(attempt, seen, now);
    }

    /** The job is not in the database any more. */
    void remove(JobId id) {
        version++;
        jobs.remove(id);
        attempts.remove(id);
        live.remove(id);
        pending.remove(id);
        waits.remove(id);
        promises.remove(id);
        aside.remove(id);
        dues.set(id, null);
    }

    Optional<Job> job(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** The attempt of the job that is not ended. */
    Optional<Attempt> attempt(JobId id) {
        return Optional.ofNullable(attempts.get(id));
    }

    Collection<Attempt> attempts() {
        return List.copyOf(attempts.values());
    }

    /** Jobs that were found to begin later, each told once. */
    Set<JobId> takeLater() {
        Set<JobId> taken = later;
        later = new TreeSet<>();
        return taken;
    }

    int pendingCount() {
        return pending.size();
    }

    int liveCount() {
        return attempts.size();
    }

    Roster<PendingJob> pending() {
        return pending.freeze();
    }

    Roster<LiveAttempt> live() {
        return live.freeze();
    }

    /** Jobs that time alone made worth a look; each is told once for each of its times. */
    List<JobId> due(Instant now) {
        List<JobId> due = dues.take(now);
        due.forEach(id -> settle(id, now));
        return due;
    }

    /** When {@link #due} will have something next. */
    Optional<Instant> nextDue() {
        return dues.next();
    }

    private void settle(JobId id, Instant now) {
        version++;
        Job job = jobs.get(id);
        if (job == null) {
            return;
        }
        Attempt attempt = attempts.get(id);
        if (job.state().isFinal() && attempt == null) {
            remove(id);
            return;
        }
        if (job.state() != JobState.QUEUED && job.state() != JobState.BLOCKED) {
            waits.remove(id);
        }
        boolean mayStart = job.state() == JobState.QUEUED && attempt == null && !Due.isLater(job, now);
        if (!mayStart || isLeftAside(id)) {
            pending.remove(id);
        } else {
            line(job);
        }
        if (job.state() == JobState.QUEUED && Due.isLater(job, now)) {
            later.add(id);
        }
        dues.set(id, Due.of(job, attempt, now));
    }

    /** Among those that wait; the same object is kept while nothing that the planner looks at changed. */
    private void line(Job job) {
        try {
            PendingJob fresh = pendingOf(job);
            if (Gangs.wantsSpotFirst(job)) {
                spotFirst.add(job.id());
            }
            if (!fresh.equals(pending.get(job.id()))) {
                pending.put(fresh);
            }
        } catch (RuntimeException e) {
            pending.remove(job.id());
            troubles.put(job.id(), e);
        }
    }

    private PendingJob pendingOf(Job job) {
        PendingJob fresh = Gangs.pending(job, preempts(job), wait(job.id()), runTimes.apply(job));
        if (roles.size() > 1_000 + 2 * pending.size()) {
            roles.clear();
        }
        List<Ask> same = roles.putIfAbsent(fresh.roles(), fresh.roles());
        return same == null ? fresh : fresh.withRoles(same);
    }

    private boolean preempts(Job job) {
        return preempting.contains(job.spec().priorityClass());
    }

    private static boolean isBound(Attempt attempt, @Nullable GangStatus seen) {
        return seen != null
                && seen.pods().size() >= attempt.size()
                && seen.pods().stream().allMatch(pod -> pod.node() != null);
    }
}
