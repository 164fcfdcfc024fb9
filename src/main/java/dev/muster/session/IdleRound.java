package dev.muster.session;

import dev.muster.event.Why;
import dev.muster.job.Category;
import dev.muster.job.Idleness;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.Leadership;
import dev.muster.postgres.SessionStore;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** One look at all sessions that run: in one transaction of the leader, which may be repeated. */
@ApplicationScoped
class IdleRound {
    private static final Logger LOG = Logger.getLogger(IdleRound.class);

    private final SessionStore store;
    private final JobStore jobs;
    private final Leadership leadership;
    private final InstantSource clock;

    IdleRound(SessionStore store, JobStore jobs, Leadership leadership, InstantSource clock) {
        this.store = store;
        this.jobs = jobs;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** Whether anything is to be told or ended, unless it is at work. */
    @Transactional
    boolean isDue(Instant watchedFrom) {
        return !due(store.running(), clock.instant(), watchedFrom).isEmpty();
    }

    /** How many were ended; of those that are at work none, which is use. */
    @Transactional
    int run(long epoch, Instant watchedFrom, Set<AttemptId> working) {
        leadership.requireEpoch(epoch);
        Instant now = clock.instant();
        Map<JobId, SessionStore.Use> uses = store.lockRunning();
        Map<JobId, Instant> used = new HashMap<>();
        List<JobMove> ends = new ArrayList<>();
        due(uses, now, watchedFrom).forEach((job, step) -> {
            Idleness idle = idleness(job, uses.get(job.id())).orElseThrow();
            if (job.newestAttempt().filter(working::contains).isPresent()) {
                used.put(job.id(), now);
            } else if (step == Idleness.Step.TELL) {
                store.tell(job, now, IdleSessions.ACTOR, told(idle, now));
            } else {
                String message = "nobody used it for %s".formatted(words(idle.timeout()));
                Why why = Why.of(Category.IDLE_TIMEOUT.name(), message);
                ends.add(new JobMove(job, job.idle(message), now, IdleSessions.ACTOR, why));
            }
        });
        store.used(used);
        Set<JobId> ended = jobs.move(ends);
        ended.forEach(job -> LOG.infof("act=session-ended job=%s", job));
        return ended.size();
    }

    private Map<Job, Idleness.Step> due(Map<JobId, SessionStore.Use> uses, Instant now, Instant watchedFrom) {
        Map<Job, Idleness.Step> due = new HashMap<>();
        for (Job job : jobs.find(uses.keySet())) {
            idleness(job, uses.get(job.id()))
                    .map(idle -> idle.at(now, watchedFrom))
                    .filter(step -> step != Idleness.Step.NOTHING)
                    .ifPresent(step -> due.put(job, step));
        }
        return due;
    }

    private static Optional<Idleness> idleness(Job job, SessionStore.Use use) {
        return Idleness.of(job, use.usedAt(), use.toldAt());
    }

    private static Why told(Idleness idle, Instant now) {
        return Why.of(
                "SESSION_IDLE",
                "nobody has used it for %s: it ends in %s unless somebody does"
                        .formatted(
                                words(Duration.between(idle.since(), now)),
                                words(idle.told(now).remaining(now))));
    }

    private static String words(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 120
                ? seconds + " s"
                : seconds < 7_200 ? seconds / 60 + " min" : "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60);
    }
}
