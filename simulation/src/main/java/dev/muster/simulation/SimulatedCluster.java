package dev.muster.simulation;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A cluster in memory: pools that are declared, gangs bound whole as Volcano would bind them, pods that run for the time
 * their annotations say. Safe for any number of threads.
 */
public final class SimulatedCluster implements Cluster, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SimulatedCluster.class.getName());

    private final SimulationSettings settings;
    private final World world;
    private final List<Consumer<Optional<AttemptId>>> listeners = new CopyOnWriteArrayList<>();
    private final Timer timer;
    private boolean closed;

    private SimulatedCluster(SimulationSettings settings) {
        this.settings = settings;
        this.world = new World(settings.binpack());
        this.timer = new Timer(this::tick);
        change(() -> null);
    }

    /** Opens the cluster as its directory remembers it, or an empty one. */
    public static SimulatedCluster open(SimulationSettings settings) {
        return new SimulatedCluster(settings);
    }

    /**
     * Says which pools there are. Nodes that are no longer declared go, and their pods are lost; changed nodes keep their
     * pods. The same pools again change nothing.
     *
     * @throws IllegalArgumentException where two pools have one name
     */
    public void declare(List<SimulatedPool> pools) {
        if (pools.stream().map(SimulatedPool::name).distinct().count() < pools.size()) {
            throw new IllegalArgumentException("A pool is declared twice among "
                    + pools.stream().map(SimulatedPool::name).toList());
        }
        change(() -> {
            if (!world.pools().equals(pools)) {
                commit(new Fact.Declared(world.now(), List.copyOf(pools)));
            }
            return null;
        });
    }

    @Override
    public List<Node> nodes() {
        return read(world::nodes);
    }

    @Override
    public void launch(Gang gang) {
        change(() -> {
            if (!world.gangs().containsKey(gang.id())) {
                commit(new Fact.Launched(world.now(), gang));
            }
            return null;
        });
    }

    @Override
    public void release(AttemptId attempt) {
        change(() -> {
            SimulatedGang gang = world.gangs().get(attempt);
            if (gang != null && gang.releasedAt() == null) {
                commit(new Fact.Released(world.now(), attempt));
            }
            return null;
        });
    }

    @Override
    public Set<AttemptId> attempts() {
        return read(() -> Set.copyOf(world.gangs().keySet()));
    }

    @Override
    public Optional<GangStatus> status(AttemptId attempt) {
        return read(() -> world.status(attempt));
    }

    @Override
    public void onChange(Consumer<Optional<AttemptId>> listener) {
        listeners.add(listener);
    }

    @Override
    public LogChunk log(PodRef pod, long offset, int limit) {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "Output of %s from byte %d, %d bytes: expected an offset of 0 or more and a limit of 1 or more"
                            .formatted(pod, offset, limit));
        }
        return read(() -> {
            SimulatedPod known = world.pod(pod);
            if (known == null) {
                return new LogChunk(offset, new byte[0], false);
            }
            byte[] all = Narrative.of(known);
            int from = (int) Math.min(offset, all.length);
            int to = (int) Math.min(all.length, from + (long) limit);
            return new LogChunk(offset, Arrays.copyOfRange(all, from, to), known.ended() && to == all.length);
        });
    }

    @Override
    public Instant now() {
        return settings.clock().instant();
    }

    /** When the next thing is due; empty where nothing more happens by itself. */
    public Optional<Instant> nextEvent() {
        return read(world::nextEvent);
    }

    /**
     * Moves the virtual clock to the next event and lets everything happen that is due then; false where nothing is to come.
     *
     * @throws IllegalStateException where the clock is not a {@link VirtualClock}
     */
    public boolean advance() {
        Optional<Instant> next = nextEvent();
        next.ifPresent(this::advanceTo);
        return next.isPresent();
    }

    /**
     * Moves the virtual clock to {@code instant}, and lets everything happen that is due until then, in order and each at its
     * own time.
     *
     * @throws IllegalStateException where the clock is not a {@link VirtualClock}
     * @throws IllegalArgumentException where {@code instant} lies in the past
     */
    public void advanceTo(Instant instant) {
        if (!(settings.clock() instanceof VirtualClock clock)) {
            throw new IllegalStateException("The cluster runs on a real clock: its time cannot be advanced");
        }
        clock.advanceTo(instant);
        change(() -> null);
    }

    /** The node takes no new pods until {@link #nodeReady}; its pods go on. An unknown node: nothing happens. */
    public void nodeNotReady(NodeName node) {
        mark(node, NodeCondition.NOT_READY, Duration.ZERO);
    }

    /** The node is ready again, also one that was lost. A node that is not declared: nothing happens. */
    public void nodeReady(NodeName node) {
        mark(node, NodeCondition.READY, Duration.ZERO);
    }

    /** The node is gone for good and its pods are lost, until {@link #nodeReady}. An unknown node: nothing happens. */
    public void nodeLost(NodeName node) {
        mark(node, NodeCondition.LOST, Duration.ZERO);
    }

    /** The provider takes the node back: no new pods from now, after {@code notice} its pods end and it is gone. */
    public void spotInterruption(NodeName node, Duration notice) {
        mark(node, NodeCondition.INTERRUPTED, notice);
    }

    private void mark(NodeName node, NodeCondition condition, Duration notice) {
        change(() -> {
            if (world.condition(node) != condition && world.isDeclared(node)) {
                commit(new Fact.Marked(world.now(), node, condition, notice));
            }
            return null;
        });
    }

    /** Stops the cluster's threads. What was launched goes on when it is opened again. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        timer.close();
    }

    private void commit(Fact fact) {
        world.apply(fact);
    }

    private synchronized <T> T read(Supplier<T> question) {
        return question.get();
    }

    /** What was due happens first, then {@code act}, then whatever follows at once; then listeners hear of it. */
    private void change(Supplier<?> act) {
        Changes.Taken changes;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("The cluster is closed");
            }
            settle();
            act.get();
            settle();
            changes = world.changes().take();
            if (!(settings.clock() instanceof VirtualClock)) {
                world.nextEvent().ifPresent(next -> timer.wakeAt(next, now()));
            }
        }
        tell(changes);
    }

    /** Lets pass the time until now: event by event, so that room which comes is given away when it comes. */
    private void settle() {
        Instant until = now();
        world.bindWaiting(this::commit);
        for (Optional<Instant> next = world.nextEvent();
                next.isPresent() && !next.get().isAfter(until);
                next = world.nextEvent()) {
            world.passTo(next.get());
            world.bindWaiting(this::commit);
        }
        world.passTo(until);
    }

    private void tell(Changes.Taken changes) {
        for (Consumer<Optional<AttemptId>> listener : listeners) {
            changes.attempts().forEach(attempt -> tell(listener, Optional.of(attempt)));
            if (changes.nodes()) {
                tell(listener, Optional.empty());
            }
        }
    }

    private static void tell(Consumer<Optional<AttemptId>> listener, Optional<AttemptId> what) {
        try {
            listener.accept(what);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A listener failed on the change of " + what, e);
        }
    }

    private void tick() {
        change(() -> null);
    }
}
