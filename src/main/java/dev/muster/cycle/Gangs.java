package dev.muster.cycle;

import dev.muster.cluster.Download;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodTemplate;
import dev.muster.job.ArrayPlace;
import dev.muster.job.ArtifactRef;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Changes;
import dev.muster.job.ElasticPods;
import dev.muster.job.Interactive;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Role;
import dev.muster.postgres.WaitStore;
import dev.muster.quota.fit.RoomBuilder;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.offering.SpotFirst;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Traits;
import dev.muster.schedule.Filling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs and attempts as the planner and the cluster see them. */
final class Gangs {
    private Gangs() {}

    /** What the cluster is asked to start; the same for the same attempt whenever it is made. */
    static Gang of(Job job, Attempt attempt) {
        List<Gang.Member> members = new ArrayList<>();
        for (Role role : job.specOf(attempt.id().number()).roles()) {
            Map<PoolName, Integer> pools = attempt.placements().get(role.name());
            if (pools != null) {
                members.add(new Gang.Member(role.name(), inZone(template(job, role), attempt.zone()), pools));
            }
        }
        return new Gang(
                attempt.id(),
                job.spec().name(),
                job.team(),
                job.spec().queue(),
                job.spec().priorityClass(),
                job.spec().grace(),
                members,
                !attempt.permits().isEmpty());
    }

    private static PodTemplate inZone(PodTemplate pod, @Nullable String zone) {
        if (zone == null) {
            return pod;
        }
        return pod.with(pod.affinity().and(NodeAffinity.in(RoomBuilder.ZONE, List.of(zone))));
    }

    /** A pod above the minimum, as the cluster is asked to make it. */
    static ElasticPod of(Job job, ElasticPods.Pod pod) {
        Role role = job.specOf(job.attempt()).roles().stream()
                .filter(each -> each.name().equals(pod.role()))
                .findFirst()
                .orElseThrow();
        return new ElasticPod(pod.role(), pod.index(), pod.pool(), template(job, role));
    }

    /** What a child of an array is told which one it is. */
    private static PodTemplate template(Job job, Role role) {
        ArrayPlace place = job.spec().place();
        PodTemplate pod = serving(job, role, bringing(job, template(role)));
        if (place == null) {
            return pod;
        }
        return Filling.pod("", pod, (at, text) -> place.fill(text))
                .withEnv(Map.of(
                        "MUSTER_ARRAY", place.array().value(),
                        "MUSTER_ARRAY_INDEX", Integer.toString(place.index()),
                        "MUSTER_ARRAY_SIZE", Integer.toString(place.size())));
    }

    /** Where a person looks for it is told to what serves, as the port is to a local process, by one name. */
    private static PodTemplate serving(Job job, Role role, PodTemplate pod) {
        Interactive interactive = job.spec().life().interactive();
        if (interactive == null || !interactive.role().equals(role.name())) {
            return pod;
        }
        PodTemplate told = pod.withEnv(Map.of("MUSTER_PAGE_PORT", Integer.toString(interactive.port())));
        return interactive.keepsPath() ? told.withEnv(Map.of(Interactive.PATH, interactive.told(job.id()))) : told;
    }

    /** What its job brings along is fetched by pods that Muster makes; whoever makes others hands it on. */
    private static PodTemplate bringing(Job job, PodTemplate pod) {
        List<ArtifactRef> files = job.spec().life().artifacts();
        return files.isEmpty() || pod.isMadeByLeader() || pod.isMadeByOperator()
                ? pod
                : Download.with(
                        pod,
                        files.stream()
                                .map(file -> Download.wanted(file.name(), file.sha256()))
                                .toList());
    }

    /** In which pool it runs is said beside it: who fell back from spot nodes must not be kept off the others. */
    private static PodTemplate template(Role role) {
        return role.pod().with(SpotFirst.without(role.pod().affinity()));
    }

    /** Some of its pods want spot nodes first, and are Muster's to make: those of others say for themselves where they may run. */
    static boolean wantsSpotFirst(Job job) {
        return job.spec().roles().stream()
                        .anyMatch(role -> SpotFirst.is(role.pod().affinity()))
                && ExternalRef.of(job.spec().annotations()).isEmpty();
    }

    /**
     * A job that waits; made once for each version of it, so that the planner may know it again. {@code mayPreempt} is its
     * class's right, {@code runTime} how long it is expected to run at most, null where nobody knows.
     */
    static PendingJob pending(Job job, boolean mayPreempt, WaitStore.Wait wait, @Nullable Duration runTime) {
        List<Ask> asks = job.specOf(job.attempt() + 1).roles().stream()
                .map(role -> ask(role, wait.onDemand() ? template(role) : role.pod()))
                .toList();
        Map<PoolName, Instant> notIn = new HashMap<>();
        job.backoffs().forEach((pool, backoff) -> notIn.put(pool, backoff.until()));
        Changes.pools(job.changes(), job.attempt() + 1).forEach(pool -> notIn.put(pool, PendingJob.FOR_GOOD));
        return new PendingJob(
                job.id(),
                job.spec().queue(),
                job.priority(),
                job.age(),
                asks,
                notIn,
                traits(job, mayPreempt, runTime).withPassed(wait.passed()),
                wait.claim());
    }

    /**
     * A job whose platform's retries are spent is evicted no more: it would fail for what is not its fault.
     * A service is started again however often, and gives way last.
     */
    private static Traits traits(Job job, boolean mayPreempt, @Nullable Duration runTime) {
        boolean endless = job.spec().life().endless();
        boolean spent =
                !endless && job.platformRetriesSpent() >= job.spec().retry().platformRetries();
        return new Traits(
                job.submittedBy(),
                job.spec().priorityClass(),
                mayPreempt,
                job.spec().oneZone(),
                runTime,
                0,
                spent ? Integer.MAX_VALUE : endless ? 0 : job.evictions(),
                endless);
    }

    /**
     * What a live attempt holds: all of its pods until the last one is gone, where they are or are promised to be; the gang's
     * before those above its minimum, which go first. It grows, shrinks and gives way while it runs and is wanted.
     */
    static LiveAttempt live(
            Job job,
            Attempt attempt,
            @Nullable GangStatus seen,
            List<LiveAttempt.Held> promise,
            boolean mayPreempt,
            @Nullable Duration runTime,
            @Nullable Instant checkpoint) {
        boolean runs = attempt.state() == AttemptState.RUNNING && job.state() == JobState.RUNNING;
        return new LiveAttempt(
                attempt.id(),
                job.spec().queue(),
                job.priority(),
                attempt.createdAt(),
                HeldPods.of(job, attempt, seen, promise),
                runs
                        ? job.specOf(attempt.id().number()).roles().stream()
                                .map(role -> ask(role, role.pod(), most(role, attempt, seen)))
                                .toList()
                        : List.of(),
                traits(job, mayPreempt, runTime),
                checkpoint);
    }

    /** What it holds, and nothing that could not be worked out of it. */
    static LiveAttempt held(Job job, Attempt attempt) {
        return new LiveAttempt(
                attempt.id(),
                job.spec().queue(),
                job.priority(),
                attempt.createdAt(),
                HeldPods.of(job, attempt, null, List.of()));
    }

    /** Pods that the leader makes get no more places than it has asked for, where that is seen: nobody would fill them. */
    private static int most(Role role, Attempt attempt, @Nullable GangStatus seen) {
        Integer unplaced = seen == null || !role.pod().isMadeByLeader() ? null : seen.unplaced();
        if (unplaced == null) {
            return role.maximum();
        }
        long granted = attempt.elastic().staying().stream()
                .filter(pod -> pod.role().equals(role.name()))
                .count();
        return (int) Math.min(role.maximum(), role.minimum() + granted + unplaced);
    }

    private static Ask ask(Role role, PodTemplate pod) {
        return ask(role, pod, role.maximum());
    }

    private static Ask ask(Role role, PodTemplate pod, int most) {
        return new Ask(
                role.name(),
                role.minimum(),
                most,
                pod.resources(),
                pod.affinity(),
                pod.tolerations(),
                pod.collocation());
    }
}
