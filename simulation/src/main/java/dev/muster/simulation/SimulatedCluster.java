package dev.muster.simulation;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PageAnswer;
import dev.muster.cluster.PageRequest;
import dev.muster.cluster.PodDoor;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import dev.muster.simulation.process.ProcessReports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in memory: pools that are declared, gangs bound whole as Volcano would bind them, pods that run for the time
 * their annotations say. Safe for any number of threads.
 */
public final class SimulatedCluster implements Cluster, AutoCloseable {
    private final SimulationSettings settings;
    private final World world;
    private final Wishes wishes;
    private final Listeners listeners = new Listeners();
    private final Timer timer = new Timer(() -> change(() -> {}));
    private final Memory memory;
    private final LocalPods localPods;
    private final Set<PodRef> askedAhead = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private SimulatedCluster(SimulationSettings settings) {
        this.settings = settings;
        this.world = new World(settings.binpack());
        this.wishes = new Wishes(world);
        Path directory = settings.directory();
        this.memory = directory == null ? new Memory() : new Memory(directory, world);
        this.localPods = new LocalPods(settings, new Reports());
    }

    /**
     * Opens the cluster as its directory remembers it, or an empty one. A virtual clock that is behind it is moved on to the
     * last time that it remembers; by a real clock what was due meanwhile has happened.
     *
     * @throws dev.muster.simulation.journal.JournalLocked where another process has the directory open
     * @throws dev.muster.simulation.journal.JournalDamaged where the directory's journal is not as it was written
     * @throws dev.muster.simulation.journal.JournalUnwritable where the directory cannot be used
     */
    public static SimulatedCluster open(SimulationSettings settings) {
        SimulatedCluster cluster = new SimulatedCluster(settings);
        try {
            cluster.resume();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void resume() {
        if (settings.clock() instanceof VirtualClock clock && clock.instant().isBefore(world.now())) {
            clock.advanceTo(world.now());
        }
        world.changes().take();
        world.changes().takeStarts();
        List<SimulatedPod> local = world.gangs().values().stream()
                .flatMap(SimulatedGang::allCrews)
                .flatMap(crew -> crew.pods().stream())
                .filter(pod -> pod.local() && !pod.ended())
                .toList();
        localPods.endAllBut(local);
        change(() -> local.forEach(world.changes()::start));
        local.stream().filter(pod -> pod.crew().leaves()).forEach(localPods::stop);
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
        wish(() -> wishes.declared(pools));
    }

    @Override
    public List<Node> nodes() {
        return read(world::nodes);
    }

    @Override
    public void launch(Gang gang) {
        wish(() -> wishes.launched(gang));
    }

    @Override
    public void grow(Gang gang, List<ElasticPod> pods) {
        wish(() -> wishes.grown(gang, pods));
    }

    @Override
    public void replace(Gang gang, Set<PodRef> lost) {
        wish(() -> wishes.replaced(gang, lost));
    }

    @Override
    public void shrink(AttemptId attempt, Set<PodRef> pods) {
        wish(() -> wishes.shrunk(attempt, pods));
    }

    @Override
    public void release(AttemptId attempt) {
        wish(() -> wishes.released(attempt));
    }

    @Override
    public Set<NodeName> takenBack() {
        return read(() -> world.fleet().interrupted());
    }

    /** Only noted down, for whoever makes nodes: pools have as many as they were declared with. */
    @Override
    public void askAhead(Gang gang, Set<PodRef> pods) {
        askedAhead.addAll(pods);
    }

    /** Pods for which a node was asked ahead, since this cluster was opened. */
    public Set<PodRef> askedAhead() {
        return Set.copyOf(askedAhead);
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
        Output output = read(() -> Output.of(world.pod(pod)));
        return localPods.log(pod, output, offset, limit);
    }

    /** Pods that are simulated have nothing to say. */
    @Override
    public Optional<String> lastWord(PodRef pod) {
        return localPods.lastWord(pod);
    }

    /** Pods that are simulated serve none. */
    @Override
    public Optional<PageAnswer> page(PodRef pod, PageRequest request) {
        return localPods.page(pod, request);
    }

    @Override
    public Optional<PodDoor> door(PodRef pod, int port) {
        return localPods.door(pod);
    }

    /** By the settings' clock, but never before what has happened already, should that clock be put back. */
    @Override
    public Instant now() {
        return read(this::present);
    }

    private Instant present() {
        Instant now = settings.clock().instant();
        return now.isBefore(world.now()) ? world.now() : now;
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
        change(() -> {});
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
        wish(() -> wishes.marked(node, condition, notice));
    }

    /** Stops the cluster's threads. Local processes go on, and are found when it is opened again. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            memory.close();
        }
        timer.close();
        localPods.close();
    }

    private void wish(Supplier<Optional<Fact>> fact) {
        change(() -> fact.get().ifPresent(this::commit));
    }

    private void commit(Fact fact) {
        memory.keep(fact);
        world.apply(fact);
    }

    private synchronized <T> T read(Supplier<T> question) {
        checkOpen();
        memory.flush();
        return question.get();
    }

    /** What was due happens first, then {@code act}, then whatever follows at once; then listeners hear of it. */
    private void change(Runnable act) {
        Changes.Taken changes;
        List<SimulatedPod> starts;
        synchronized (this) {
            checkOpen();
            try {
                memory.flush();
                settle();
                act.run();
                settle();
                refuseProcesses();
                memory.flush();
                memory.rewriteIfGrown(world);
                wakeAtNextEvent();
            } catch (ClusterUnavailable e) {
                if (!settings.isVirtual()) {
                    timer.wakeAfterFailure();
                }
                throw e;
            }
            changes = world.changes().take();
            starts = world.changes().takeStarts();
        }
        starts.forEach(this::start);
        changes.gone().forEach(localPods::retire);
        changes.toStop().forEach(localPods::stop);
        listeners.tell(changes);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("The cluster is closed");
        }
    }

    /** Lets pass the time until now: event by event, so that room which comes is given away when it comes. */
    private void settle() {
        Instant until = present();
        boolean happened = false;
        world.bindWaiting(this::commit);
        for (Optional<Instant> next = world.nextEvent();
                next.isPresent() && !next.get().isAfter(until);
                next = world.nextEvent()) {
            happened |= world.passTo(next.get());
            world.bindWaiting(this::commit);
        }
        if (happened && memory.latest().isBefore(world.now())) {
            commit(new Fact.Passed(world.now()));
        }
        world.passTo(until);
    }

    /** Where processes may not run, pods that would be some fail, and say why. */
    private void refuseProcesses() {
        String why = localPods.refusal().orElse(null);
        if (why == null) {
            return;
        }
        for (List<SimulatedPod> starts = world.changes().takeStarts();
                !starts.isEmpty();
                starts = world.changes().takeStarts()) {
            for (SimulatedPod pod : starts) {
                commit(new Fact.Finished(world.now(), pod.ref(), PodPhase.FAILED, null, null, PodEnd.CONFIG, why));
            }
            settle();
        }
    }

    Memory memory() {
        return memory;
    }

    /** Rewrites the journal to what is needed, which happens by itself when it has grown. */
    synchronized void compactNow() {
        memory.rewrite(world);
    }

    private void wakeAtNextEvent() {
        if (!settings.isVirtual()) {
            world.nextEvent()
                    .ifPresent(next -> timer.wakeAt(next, settings.clock().instant()));
        }
    }

    private void start(SimulatedPod pod) {
        localPods.start(pod);
        // A release may have come between the binding and here, and found nothing to stop.
        if (read(() -> pod.ended() || pod.crew().leaves())) {
            localPods.stop(pod);
        }
    }

    /** What processes do becomes facts, unless the cluster is closed: then the next one to open it finds them. */
    private final class Reports implements ProcessReports {
        @Override
        public void began(PodRef pod, Instant at) {
            report(() -> new Fact.Began(world.now(), pod));
        }

        @Override
        public void ended(PodRef pod, @Nullable Integer exitCode, PodEnd cause, String message) {
            boolean succeeded = cause == PodEnd.EXITED && exitCode != null && exitCode == 0;
            PodPhase phase = succeeded ? PodPhase.SUCCEEDED : PodPhase.FAILED;
            report(() -> new Fact.Finished(world.now(), pod, phase, null, exitCode, cause, message));
        }

        private void report(Supplier<Fact> fact) {
            try {
                change(() -> commit(fact.get()));
            } catch (IllegalStateException e) {
                if (!isClosed()) {
                    throw e;
                }
            }
        }
    }
}
