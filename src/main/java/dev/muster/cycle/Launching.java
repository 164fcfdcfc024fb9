package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.Telling;
import dev.muster.event.Why;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Category;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.job.Verdict;
import dev.muster.postgres.WaitStore;
import dev.muster.quota.fit.RoomBuilder;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Permit;
import dev.muster.quota.plan.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Step 4: commits the intent of every launch of the plan, then tells the cluster. An intent that the cluster has not heard of
 * is told again after a restart, so nothing is lost between the two and nothing starts twice.
 */
@ApplicationScoped
public class Launching {
    private static final Logger LOG = Logger.getLogger(Launching.class);

    private final Cluster cluster;
    private final Writer writer;
    private final WaitStore waits;
    private final InForce inForce;
    private final FaultInjection faults;
    private final Set<JobId> unheard = new TreeSet<>();
    private final LeftAside aside;
    private final LaunchRate rate;

    Launching(
            Cluster cluster,
            Writer writer,
            WaitStore waits,
            InForce inForce,
            LaunchRate rate,
            LeftAside aside,
            FaultInjection faults) {
        this.aside = aside;
        this.rate = rate;
        this.inForce = inForce;
        this.waits = waits;
        this.cluster = cluster;
        this.writer = writer;
        this.faults = faults;
    }

    /** Returns how many were launched. */
    int launch(Plan plan, List<Node> nodes, World world, Instant now) {
        List<Step> intents = plan.launches().stream()
                .flatMap(launch -> aside
                        .unlessItFails(
                                new Suspect(Suspect.Kind.WAITING, launch.job().value()),
                                "launch",
                                () -> intent(launch, nodes, world, now),
                                world,
                                now)
                        .stream())
                .toList();
        if (intents.isEmpty()) {
            return 0;
        }
        plan.launches().forEach(launch -> world.promise(launch.job(), launch.promise()));
        Map<JobId, WaitStore.Wait> forgotten = intents.stream()
                .map(Step::job)
                .filter(world.remembered()::contains)
                .collect(Collectors.toMap(id -> id, id -> WaitStore.Wait.NONE));
        faults.passes(FaultPoint.LAUNCH_BEFORE_INTENT);
        List<JobId> committed = writer
                .write(intents, world, now, () -> {
                    waits.write(forgotten);
                    faults.passes(FaultPoint.LAUNCH_INTENT_UNCOMMITTED);
                })
                .stream()
                .map(Step::job)
                .toList();
        plan.launches().stream()
                .map(Decision.Launch::job)
                .filter(id -> world.attempt(id).isEmpty())
                .forEach(world::forgetPromise);
        committed.forEach(
                id -> rate.launched(attempt(id, world).id(), world.job(id).orElseThrow(), now));
        faults.passes(FaultPoint.LAUNCH_INTENT_COMMITTED);
        tell(committed, world, now);
        faults.passes(FaultPoint.LAUNCH_LAUNCHED);
        return committed.size();
    }

    /** Tells the cluster of these jobs' attempts, which are LAUNCHING; of some perhaps again. */
    void tell(List<JobId> ids, World world, Instant now) {
        Duration leastGrace = inForce.leastGrace();
        Map<JobId, RuntimeException> troubles = Telling.all(
                ids,
                cluster.atOnce(),
                id -> LeftAside.alone(
                        () -> cluster.launch(Gangs.of(world.job(id).orElseThrow(), attempt(id, world))
                                .withLeastGrace(leastGrace))),
                () -> faults.passes(FaultPoint.LAUNCH_HALF_LAUNCHED));
        List<Step> refused = new ArrayList<>();
        troubles.forEach((id, trouble) -> {
            Attempt attempt = attempt(id, world);
            if (trouble instanceof ClusterUnavailable) {
                unheard.add(id);
                LOG.warnf("act=launch-again-later attempt=%s why=\"%s\"", attempt.id(), trouble.getMessage());
                return;
            }
            Failure failure = trouble instanceof LeftAside.Single
                    ? new Failure(
                            Category.PLATFORM, null, null, "Muster failed to launch the gang: " + trouble.getMessage())
                    : new Failure(Category.CONFIG, null, null, "the cluster refused the gang: " + trouble.getMessage());
            Steps.of(
                            new Verdict.Failed(failure, null, now),
                            world.job(id).orElseThrow(),
                            attempt,
                            null,
                            List.of(),
                            inForce.mostMemory(),
                            now)
                    .ifPresent(refused::add);
        });
        writer.write(refused, world, now, () -> {});
        troubles.forEach((id, trouble) -> {
            if (trouble instanceof LeftAside.Single single) {
                aside.leave(new Suspect(Suspect.Kind.WAITING, id.value()), "launch", single.trouble(), world, now);
            }
        });
    }

    private static Attempt attempt(JobId id, World world) {
        return world.attempt(id).orElseThrow();
    }

    /** Tells the cluster again of what it could not hear; what has moved on meanwhile is forgotten. */
    void again(World world, Instant now) {
        List<JobId> ids = unheard.stream()
                .filter(id -> world.attempt(id)
                        .filter(attempt -> attempt.state() == AttemptState.LAUNCHING)
                        .isPresent())
                .filter(id -> world.job(id)
                        .filter(job -> job.state() == JobState.LAUNCHING)
                        .isPresent())
                .toList();
        unheard.clear();
        if (!ids.isEmpty()) {
            tell(ids, world, now);
        }
    }

    private static Duration longest(List<Permit> permits) {
        return permits.stream()
                .map(Permit::deadline)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Where the plan put all pods of a gang that wants one zone; null for one that does not, and where nodes tell no zone. */
    private static @Nullable String zone(Job job, Decision.Launch launch, List<Node> nodes) {
        if (!job.spec().oneZone() || launch.promise().isEmpty()) {
            return null;
        }
        // Pods whose nodes are still to come stand last: where all do, the nodes of one offering come.
        NodeName first = launch.promise().get(0).node();
        if (first == null) {
            return launch.permits().stream()
                    .map(permit -> permit.offering().zone())
                    .filter(zone -> !zone.isEmpty())
                    .findFirst()
                    .orElse(null);
        }
        return nodes.stream()
                .filter(node -> node.name().equals(first))
                .flatMap(node -> Stream.ofNullable(node.labels().get(RoomBuilder.ZONE)))
                .findFirst()
                .orElse(null);
    }

    private static Optional<Step> intent(Decision.Launch launch, List<Node> nodes, World world, Instant now) {
        return world.job(launch.job())
                .filter(job -> job.state() == JobState.QUEUED
                        && world.attempt(job.id()).isEmpty())
                .map(job -> {
                    Attempt attempt = Attempt.launching(
                                    new AttemptId(job.id(), job.attempt() + 1),
                                    launch.pools(),
                                    launch.permits(),
                                    now,
                                    now.plus(longest(launch.permits()))
                                            .plus(job.spec().startDeadline()))
                            .in(zone(job, launch, nodes));
                    return Steps.launch(job, attempt, Why.of(launch.reason()), now);
                });
    }
}
