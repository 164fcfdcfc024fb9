package dev.muster.operation;

import dev.muster.Settings;
import dev.muster.cluster.Autoscaling;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.pool.Pool;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.OfferingStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks out for idle nodes that an autoscaler keeps because nodes of another group do not come. Each replica looks for itself; the
 * leader tells it as an event when it begins and when it is over.
 */
@ApplicationScoped
public class IdleNodes {
    /** What mends it. */
    public static final String MEND =
            "Start Cluster Autoscaler with --scale-down-delay-type-local=true: then a group that asks for nodes keeps only its own.";

    private static final String ACTOR = "muster";
    private static final Logger LOG = Logger.getLogger(IdleNodes.class);

    private final Cluster cluster;
    private final PoolStore pools;
    private final OfferingStore offerings;
    private final EventStore events;
    private final Settings.Kubernetes settings;
    private final InstantSource clock;
    private volatile Optional<Autoscaling.HeldNodes> held = Optional.empty();
    private boolean told;

    IdleNodes(
            Cluster cluster,
            PoolStore pools,
            OfferingStore offerings,
            EventStore events,
            Settings settings,
            InstantSource clock) {
        this.cluster = cluster;
        this.pools = pools;
        this.offerings = offerings;
        this.events = events;
        this.settings = settings.kubernetes();
        this.clock = clock;
    }

    /** What this replica found at its last look. */
    public Optional<Autoscaling.HeldNodes> held() {
        return held;
    }

    /** {@code leads}: it is this replica that tells it. */
    public void look(boolean leads) {
        try {
            Autoscaling seen = cluster.autoscaling();
            Instant now = clock.instant();
            List<Pool> declared = pools.all().stream().map(Versioned::value).toList();
            held = seen.idle().isEmpty()
                    ? Optional.empty()
                    : seen.and(failing(declared, now))
                            .held(removable(declared, cluster.nodes()), settings.idleNodesGoAfter(), now);
            if (leads && held.isPresent() != told) {
                tell(held.orElse(null), now);
            }
            told = leads && held.isPresent();
        } catch (ClusterUnavailable e) {
            LOG.debugf("act=idle-nodes-not-looked-at why=\"%s\"", e.getMessage());
        }
    }

    /** Pools whose nodes did not come although a gang asked for them. */
    private List<Autoscaling.BackOff> failing(List<Pool> declared, Instant now) {
        Map<?, OfferingStore.State> states = offerings.states();
        return declared.stream()
                .flatMap(pool -> Optional.ofNullable(states.get(pool.offering()))
                        .filter(state -> state.breaker().failures() > 0
                                && state.breaker().state(now) != BreakerState.CLOSED)
                        .map(state -> new Autoscaling.BackOff(
                                "pool " + pool.name(),
                                pool.name(),
                                Objects.requireNonNullElse(state.record().lastFailure(), state.at()),
                                state.breaker().why()))
                        .stream())
                .toList();
    }

    /** Nodes above those that are there anyway; none of pools that do not grow. */
    private static Map<PoolName, Integer> removable(List<Pool> declared, List<Node> nodes) {
        Map<PoolName, Long> there = nodes.stream().collect(Collectors.groupingBy(Node::pool, Collectors.counting()));
        Map<PoolName, Integer> removable = new TreeMap<>();
        declared.stream().filter(pool -> pool.maxNodes() > pool.nodes()).forEach(pool -> {
            long count = there.getOrDefault(pool.name(), 0L) - pool.nodes();
            removable.put(pool.name(), (int) Math.max(0, count));
        });
        return removable;
    }

    private void tell(Autoscaling.@Nullable HeldNodes now, Instant at) {
        String message = now == null ? "idle nodes go again" : sentence(now);
        LOG.warnf("act=idle-nodes-%s why=\"%s\"", now == null ? "go" : "held", message);
        Why why = new Why("IDLE_NODES_HELD", message, now == null ? null : MEND, Map.of());
        events.append(List.of(new Event(
                at,
                EventType.IDLE_NODES_HELD,
                ACTOR,
                null,
                null,
                now == null ? "cluster" : now.cause().group(),
                null,
                now == null ? "HELD" : null,
                now == null ? null : "HELD",
                why)));
    }

    /** The same for people. */
    public static String sentence(Autoscaling.HeldNodes held) {
        String pools = held.nodes().entrySet().stream()
                .map(pool -> pool.getValue() + " of " + pool.getKey())
                .collect(Collectors.joining(", "));
        String why = held.cause().why().isEmpty() ? "" : " (" + held.cause().why() + ")";
        return "%d idle nodes (%s) are kept, the longest since %s, while nodes of %s do not come%s"
                .formatted(held.count(), pools, held.since(), held.cause().group(), why);
    }
}
