package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.event.Why;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.ElasticPods;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Step 4, the pods above the minimum: commits which an attempt is to have, then makes the cluster have them. What the cluster
 * has not heard of is told again whenever the attempt is looked at.
 */
@ApplicationScoped
public class Resizing {
    private static final Logger LOG = Logger.getLogger(Resizing.class);

    private final Cluster cluster;
    private final Writer writer;
    private final InForce inForce;
    private final LeftAside aside;
    private final FaultInjection faults;

    Resizing(Cluster cluster, Writer writer, InForce inForce, LeftAside aside, FaultInjection faults) {
        this.aside = aside;
        this.inForce = inForce;
        this.cluster = cluster;
        this.writer = writer;
        this.faults = faults;
    }

    /** Returns how many grew. */
    int grow(Plan plan, World world, Instant now) {
        Map<JobId, Decision.Grow> grows = new HashMap<>();
        plan.acts(Decision.Grow.class).forEach(grow -> grows.put(grow.job(), grow));
        List<Step> intents = plan.acts(Decision.Grow.class).stream()
                .flatMap(grow -> aside
                        .unlessItFails(
                                new Suspect(Suspect.Kind.RUNNING, grow.job().value()),
                                "grow",
                                () -> intent(grow, world, now),
                                world,
                                now)
                        .stream())
                .toList();
        if (intents.isEmpty()) {
            return 0;
        }
        faults.passes(FaultPoint.GROW_BEFORE_INTENT);
        intents.forEach(step -> world.promise(step.job(), grows.get(step.job()).promise()));
        List<Step> made = writer.write(intents, world, now, () -> faults.passes(FaultPoint.GROW_INTENT_UNCOMMITTED));
        faults.passes(FaultPoint.GROW_INTENT_COMMITTED);
        made.forEach(step -> world.attempt(step.job()).ifPresent(attempt -> tell(attempt, world, now)));
        faults.passes(FaultPoint.GROW_TOLD);
        return made.size();
    }

    /** Makes the cluster have the pods above the minimum that the attempt is to have, and no others; repeated at will. */
    void tell(Attempt attempt, World world, Instant now) {
        aside.unlessItFails(
                new Suspect(Suspect.Kind.RUNNING, attempt.id().job().value()),
                "resize",
                () -> {
                    resize(attempt, world, now);
                    return Optional.empty();
                },
                world,
                now);
    }

    private void resize(Attempt attempt, World world, Instant now) {
        GangStatus seen = cluster.status(attempt.id()).orElse(null);
        Job job = world.job(attempt.id().job()).orElse(null);
        if (attempt.elastic().isEmpty() || attempt.state() != AttemptState.RUNNING || seen == null || job == null) {
            return;
        }
        Set<PodRef> there = new HashSet<>();
        seen.pods().forEach(pod -> there.add(pod.pod()));
        List<ElasticPod> missing = attempt.elastic().staying().stream()
                .filter(pod -> !there.contains(ref(attempt, pod)))
                .map(pod -> Gangs.of(job, pod))
                .toList();
        Set<PodRef> extra = new HashSet<>();
        // A place that the leader was to fill is taken back also where no pod is in it.
        attempt.elastic().pods().stream()
                .filter(pod -> !pod.stays())
                .map(pod -> ref(attempt, pod))
                .filter(pod -> there.contains(pod) || seen.unplaced() != null)
                .forEach(extra::add);
        if (!missing.isEmpty()) {
            cluster.grow(Gangs.of(job, attempt).withLeastGrace(inForce.leastGrace()), missing);
        }
        if (!extra.isEmpty()) {
            cluster.shrink(attempt.id(), extra);
        }
        if (!missing.isEmpty() || !extra.isEmpty()) {
            LOG.debugf("act=resized attempt=%s missing=%d extra=%d", attempt.id(), missing.size(), extra.size());
            world.put(attempt, cluster.status(attempt.id()).orElse(null), now);
        }
    }

    /** Forgets pods that were let go and are gone: until then the attempt holds them. Empty where there are none. */
    Optional<Step> left(Job job, Attempt attempt, @Nullable GangStatus seen, Instant now) {
        if (attempt.elastic().isEmpty() || attempt.state() != AttemptState.RUNNING || seen == null) {
            return Optional.empty();
        }
        Set<PodRef> there = new HashSet<>();
        seen.pods().forEach(pod -> there.add(pod.pod()));
        ElasticPods after = attempt.elastic().without(pod -> !pod.stays() && !there.contains(ref(attempt, pod)));
        return after.equals(attempt.elastic())
                ? Optional.empty()
                : Optional.of(Steps.resized(job, attempt, after, seen, null, now));
    }

    private Optional<Step> intent(Decision.Grow grow, World world, Instant now) {
        Optional<Job> job = world.job(grow.job()).filter(found -> found.state() == JobState.RUNNING);
        Optional<Attempt> attempt = world.attempt(grow.job()).filter(found -> found.state() == AttemptState.RUNNING);
        if (job.isEmpty() || attempt.isEmpty()) {
            return Optional.empty();
        }
        GangStatus seen = cluster.status(attempt.get().id()).orElse(null);
        Map<PodRef, PodStatus> pods = new HashMap<>();
        if (seen != null) {
            seen.pods().forEach(pod -> pods.put(pod.pod(), pod));
        }
        ElasticPods after = attempt.get()
                .elastic()
                .without(pod -> isGone(pod, pods.get(ref(attempt.get(), pod))))
                .grown(grow.pools(), job.get().spec().roles());
        return Optional.of(Steps.resized(job.get(), attempt.get(), after, seen, Why.of(grow.reason()), now));
    }

    /** It has left, or its node is lost; its number is not given again. */
    private static boolean isGone(ElasticPods.Pod pod, @Nullable PodStatus status) {
        return status == null ? !pod.stays() : status.phase() == PodPhase.LOST;
    }

    private static PodRef ref(Attempt attempt, ElasticPods.Pod pod) {
        return new PodRef(attempt.id(), pod.role(), pod.index());
    }
}
