package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.ElasticPods;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.WaitStore;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Step 4, before launches: evicts and shrinks. The intent, the claim of who takes the room and the events on both sides are one
 * commit; then the cluster is told. Evicted attempts are RELEASING, and are let go like all others.
 */
@ApplicationScoped
public class MakingRoom {
    private final Cluster cluster;
    private final Writer writer;
    private final WaitStore waits;
    private final EventStore events;
    private final Resizing resizing;
    private final EvictionRate rate;
    private final LeftAside aside;
    private final FaultInjection faults;

    MakingRoom(
            Cluster cluster,
            Writer writer,
            WaitStore waits,
            EventStore events,
            Resizing resizing,
            EvictionRate rate,
            LeftAside aside,
            FaultInjection faults) {
        this.aside = aside;
        this.rate = rate;
        this.cluster = cluster;
        this.writer = writer;
        this.waits = waits;
        this.events = events;
        this.resizing = resizing;
        this.faults = faults;
    }

    /** Returns the jobs whose attempts are to be let go now. */
    Set<JobId> make(Plan plan, World world, Instant now) {
        return make(plan, world, now, () -> {});
    }

    /** The same; {@code beside} is in the transaction of the intents, where there are any. */
    Set<JobId> make(Plan plan, World world, Instant now, Runnable beside) {
        Map<Step, Decision> intents = new LinkedHashMap<>();
        plan.acts(Decision.Evict.class).forEach(evict -> intent(evict, () -> evicted(evict, world, now), world, now)
                .ifPresent(step -> intents.put(step, evict)));
        plan.acts(Decision.Shrink.class).forEach(shrink -> intent(shrink, () -> shrunk(shrink, world, now), world, now)
                .ifPresent(step -> intents.put(step, shrink)));
        Map<JobId, WaitStore.Wait> claims = claims(plan, intents.values(), world);
        if (intents.isEmpty()) {
            claims.forEach(world::remember);
            return Set.of();
        }
        faults.passes(FaultPoint.EVICT_BEFORE_INTENT);
        List<Step> made = writer.write(List.copyOf(intents.keySet()), world, now, committed -> {
            waits.write(claims);
            events.append(committed.stream()
                    .filter(intents::containsKey)
                    .flatMap(step -> takersSide(Objects.requireNonNull(intents.get(step)), world, now).stream())
                    .toList());
            beside.run();
            faults.passes(FaultPoint.EVICT_INTENT_UNCOMMITTED);
        });
        claims.forEach(world::remember);
        faults.passes(FaultPoint.EVICT_INTENT_COMMITTED);
        Set<JobId> evicted = new TreeSet<>();
        for (Step step : made) {
            if (intents.get(step) instanceof Decision.Evict) {
                evicted.add(step.job());
            } else {
                world.attempt(step.job()).ifPresent(attempt -> resizing.tell(attempt, world, now));
            }
        }
        rate.evicted(evicted.size(), now);
        faults.passes(FaultPoint.EVICT_TOLD);
        return evicted;
    }

    private Optional<Step> intent(Decision act, Supplier<Optional<Step>> step, World world, Instant now) {
        return aside.unlessItFails(new Suspect(Suspect.Kind.RUNNING, act.job().value()), "end", step, world, now);
    }

    /** The claims of the plan, but for those whose room nobody makes: an operator has paused it. */
    private static Map<JobId, WaitStore.Wait> claims(Plan plan, Iterable<Decision> acts, World world) {
        Set<JobId> takers = new HashSet<>();
        acts.forEach(act -> Optional.ofNullable(taker(act)).ifPresent(takers::add));
        world.live().forEach(attempt -> attempt.pods().stream()
                .map(LiveAttempt.Held::leavingFor)
                .filter(Objects::nonNull)
                .forEach(takers::add));
        Map<JobId, WaitStore.Wait> claims = new HashMap<>();
        plan.claims().forEach((job, room) -> {
            if (takers.contains(job)) {
                claims.put(job, world.wait(job).withClaim(room));
            }
        });
        return claims;
    }

    private Optional<Step> evicted(Decision.Evict evict, World world, Instant now) {
        Optional<Job> job = world.job(evict.job()).filter(found -> found.state() == JobState.RUNNING);
        Optional<Attempt> attempt =
                running(evict.job(), world).filter(found -> found.id().equals(evict.attempt()));
        return job.isPresent() && attempt.isPresent()
                ? Optional.of(Steps.evicted(job.get(), attempt.get(), status(attempt.get()), evict, now))
                : Optional.empty();
    }

    private Optional<Step> shrunk(Decision.Shrink shrink, World world, Instant now) {
        Optional<Job> job = world.job(shrink.job());
        Optional<Attempt> attempt = running(shrink.job(), world);
        if (job.isEmpty() || attempt.isEmpty()) {
            return Optional.empty();
        }
        GangStatus seen = status(attempt.get());
        ElasticPods before = attempt.get().elastic();
        Set<ElasticPods.Pod> going = chosen(shrink.pods(), before, attempt.get(), seen);
        return going.isEmpty()
                ? Optional.empty()
                : Optional.of(Steps.resized(
                        job.get(),
                        attempt.get(),
                        before.leaving(going::contains, shrink.inFavourOf()),
                        seen,
                        Why.of(shrink.reason()),
                        now));
    }

    /** Of each role on each node as many as asked, the youngest first. */
    private static Set<ElasticPods.Pod> chosen(
            List<LiveAttempt.Held> asked, ElasticPods pods, Attempt attempt, @Nullable GangStatus seen) {
        Map<PodRef, NodeName> nodes = new HashMap<>();
        for (PodStatus pod : seen == null ? List.<PodStatus>of() : seen.pods()) {
            NodeName node = pod.node();
            if (node != null) {
                nodes.put(pod.pod(), node);
            }
        }
        Set<ElasticPods.Pod> chosen = new HashSet<>();
        List<ElasticPods.Pod> youngest = new ArrayList<>(pods.staying());
        youngest.sort(Comparator.comparingInt(ElasticPods.Pod::index).reversed());
        for (LiveAttempt.Held held : asked) {
            youngest.stream()
                    .filter(pod -> pod.role().equals(held.role()) && pod.pool().equals(held.pool()))
                    .filter(pod ->
                            Objects.equals(nodes.get(new PodRef(attempt.id(), pod.role(), pod.index())), held.node()))
                    .filter(pod -> !chosen.contains(pod))
                    .limit(held.count())
                    .toList()
                    .forEach(chosen::add);
        }
        return chosen;
    }

    private static Optional<Attempt> running(JobId job, World world) {
        return world.attempt(job).filter(attempt -> attempt.state() == AttemptState.RUNNING);
    }

    private @Nullable GangStatus status(Attempt attempt) {
        return cluster.status(attempt.id()).orElse(null);
    }

    /** Null where nobody takes the room. */
    private static @Nullable JobId taker(Decision act) {
        return act instanceof Decision.Shrink shrink
                ? shrink.inFavourOf()
                : act instanceof Decision.Evict evict ? evict.inFavourOf() : act.job();
    }

    /** What the job that takes the room is told. */
    private static Optional<Event> takersSide(Decision act, World world, Instant now) {
        String victim = world.job(act.job()).map(job -> job.spec().name()).orElse("");
        return Optional.ofNullable(taker(act)).flatMap(world::job).map(taker -> new Event(
                        now,
                        EventType.ROOM_MADE,
                        Steps.ACTOR,
                        taker.team(),
                        taker.id(),
                        taker.spec().name(),
                        null,
                        null,
                        null,
                        new Why(
                                act.reason().code().name(),
                                "job %s (%s): %s"
                                        .formatted(
                                                act.job(), victim, act.reason().message()),
                                null,
                                act.reason().numbers()))
                .in(taker.spec().set()));
    }
}
