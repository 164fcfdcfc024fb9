package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptRules;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.plan.Forerunners;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Step 4, nodes that are asked for before others are gone. Nothing of it is written down: as long as a node is being taken back it is
 * asked again, and the cluster takes away what it made for it.
 */
@ApplicationScoped
public class AskingAhead {
    private static final Logger LOG = Logger.getLogger(AskingAhead.class);

    private final Cluster cluster;
    private final OfferingBook offerings;
    private final InForce inForce;
    private final LeftAside aside;

    AskingAhead(Cluster cluster, OfferingBook offerings, InForce inForce, LeftAside aside) {
        this.cluster = cluster;
        this.offerings = offerings;
        this.inForce = inForce;
        this.aside = aside;
    }

    void look(World world, Instant now) {
        Set<NodeName> going = cluster.takenBack();
        if (going.isEmpty() || !inForce.planSettings().permits().atNotice()) {
            return;
        }
        Map<PodRef, Forerunners.Loss> losses = new LinkedHashMap<>();
        world.attempts().forEach(attempt -> world.job(attempt.id().job())
                .ifPresent(job -> losses(job, attempt, going).forEach(pod -> offerings
                        .of(pod.pool())
                        .ifPresent(offering -> losses.put(
                                pod.pod(),
                                new Forerunners.Loss(attempt.id(), pod.pod().role(), offering, node(pod), 1))))));
        Set<Forerunners.Loss> allowed = new LinkedHashSet<>(Forerunners.allowed(
                List.copyOf(losses.values()),
                offering -> offerings.staying(offering, going),
                offerings.expansions(world, now),
                inForce.planSettings()));
        Map<Attempt, Set<PodRef>> asked = new LinkedHashMap<>();
        losses.forEach((pod, loss) -> {
            if (allowed.contains(loss)) {
                world.attempt(pod.attempt().job())
                        .ifPresent(attempt -> asked.computeIfAbsent(attempt, a -> new LinkedHashSet<>())
                                .add(pod));
            }
        });
        asked.forEach((attempt, pods) -> ask(attempt, pods, world, now));
    }

    private static NodeName node(PodStatus pod) {
        return Objects.requireNonNull(pod.node());
    }

    private List<PodStatus> losses(Job job, Attempt attempt, Set<NodeName> going) {
        boolean runs = attempt.state() == AttemptState.RUNNING || attempt.state() == AttemptState.RECOVERING;
        GangStatus seen = runs ? cluster.status(attempt.id()).orElse(null) : null;
        return seen == null ? List.of() : AttemptRules.missedWithout(going, job.spec(), seen);
    }

    private void ask(Attempt attempt, Set<PodRef> pods, World world, Instant now) {
        aside.unlessItFails(
                new Suspect(Suspect.Kind.RUNNING, attempt.id().job().value()),
                "ask for nodes ahead",
                () -> {
                    world.job(attempt.id().job()).ifPresent(job -> cluster.askAhead(Gangs.of(job, attempt), pods));
                    LOG.debugf("act=asked-ahead attempt=%s pods=%s", attempt.id(), pods);
                    return Optional.empty();
                },
                world,
                now);
    }
}
