package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.job.Role;
import dev.muster.postgres.ResultStore;
import dev.muster.quota.name.AttemptId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * What the first pod of a job leaves in its result file when it succeeds is the job's result, unless a pod of the attempt has posted one.
 * Kept before the job's end is, so that whoever hears of the end finds it; the pod is there until then, so it may be read again.
 */
@ApplicationScoped
class LastWords {
    private final Cluster cluster;
    private final ResultStore results;
    /** A gang whose first pod is done may go on for days. */
    private final Set<AttemptId> heard = new HashSet<>();

    LastWords(Cluster cluster, ResultStore results) {
        this.cluster = cluster;
        this.results = results;
    }

    /** In the thread of the cycle. */
    void hear(Job job, Attempt attempt, GangStatus seen, Instant now) {
        if (heard.contains(attempt.id())) {
            return;
        }
        PodRef first = first(job, attempt.id());
        seen.pods().stream()
                .filter(pod -> pod.pod().equals(first) && pod.phase() == PodPhase.SUCCEEDED)
                .map(PodStatus::pod)
                .findFirst()
                .ifPresent(pod -> {
                    cluster.lastWord(pod)
                            .filter(word -> !word.isBlank())
                            .ifPresent(word -> results.putUnlessSaid(attempt.id(), word, now));
                    heard.add(attempt.id());
                });
    }

    void forget(AttemptId attempt) {
        heard.remove(attempt);
    }

    /** Of the role that leads, else of the first one. */
    private static PodRef first(Job job, AttemptId attempt) {
        Role role = job.spec().roles().stream()
                .min(Comparator.comparing(Role::leader, Comparator.reverseOrder()))
                .orElseThrow();
        return new PodRef(attempt, role.name(), 0);
    }
}
